"""Shapes of a PowerPoint slide: texts, rules, and their alternative texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Pt

from dashboard.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide as Page
    from pptx.text.text import TextFrame

Place = tuple[int, int, int, int]  # in EMU: left, top, width, height
Run = tuple[str, float, bool, str]  # text, points, bold, colour of the theme


def colour(token: str) -> RGBColor:
    """Return a colour of the light theme."""
    return RGBColor.from_string(LIGHT[token].removeprefix("#"))


def describe(shape: BaseShape, text: str) -> None:
    """Give a shape its alternative text."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", text)


def add_rule(page: Page, left: int, top: int) -> None:
    """Draw the short blue rule under the title."""
    rule = page.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Emu(left), Emu(top), Emu(610_000), Emu(38_000)
    )
    rule.fill.solid()
    rule.fill.fore_color.rgb = colour("pri")
    rule.line.fill.background()
    rule.shadow.inherit = False
    describe(rule, "")


def add_text(
    page: Page,
    place: Place,
    lines: Sequence[Sequence[Run]],
    *,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    fill: str | None = None,
    space: float | None = None,
) -> BaseShape:
    """Add a box of text, one paragraph a line."""
    box = page.shapes.add_textbox(*map(Emu, place))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    write(frame, lines, align, space)
    if fill:
        box.fill.solid()
        box.fill.fore_color.rgb = colour(fill)
    return box


def write(
    frame: TextFrame,
    lines: Sequence[Sequence[Run]],
    align: PP_ALIGN = PP_ALIGN.LEFT,
    space: float | None = None,
) -> None:
    """Write the lines as paragraphs, `space` points apart; an empty text is left out."""
    for i, runs in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment = align
        if space:
            paragraph.line_spacing = Pt(space)
        for text, points, is_bold, token in runs:
            if not text.strip():
                continue
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold = Pt(points), is_bold
            run.font.color.rgb = colour(token)
