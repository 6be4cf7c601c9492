"""Shapes of a PowerPoint slide: texts, tables, rules, and their alternative texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from dashboard.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide as Page
    from pptx.table import _Cell
    from pptx.text.text import TextFrame

    from dashboard.slides import Slide

Place = tuple[Emu, Emu, Emu, Emu]  # left, top, width, height
Run = tuple[str, float, bool, str]  # text, points, bold, colour of the theme
FONT = "Titillium Web"
COLUMNS = (0.46, 0.29, 0.25)  # shares of the width of a table


def colour(token: str) -> RGBColor:
    """Return a colour of the light theme."""
    return RGBColor.from_string(LIGHT[token].removeprefix("#"))


def describe(shape: BaseShape, text: str) -> None:
    """Give a shape its alternative text."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", text)


def add_rule(page: Page, left: Emu, top: Emu) -> None:
    """Draw the short blue rule under the title."""
    rule = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, Emu(610_000), Emu(38_000))
    rule.fill.solid()
    rule.fill.fore_color.rgb = colour("pri")
    rule.line.fill.background()
    describe(rule, "")


def add_text(
    page: Page,
    place: Place,
    lines: Sequence[Sequence[Run]],
    *,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    fill: str | None = None,
) -> BaseShape:
    """Add a box of text, one paragraph a line."""
    box = page.shapes.add_textbox(*place)
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    _fill(frame, lines, align)
    if fill:
        box.fill.solid()
        box.fill.fore_color.rgb = colour(fill)
    return box


def add_table(page: Page, slide: Slide, place: Place) -> None:
    """Add the rows of a slide as a native table: what, how much, how it changed."""
    count = len(slide.rows)
    shape = page.shapes.add_table(count, len(COLUMNS), *place)
    describe(shape, "; ".join(f"{row.label} {row.value} {row.unit}" for row in slide.rows))
    table = shape.table
    table.first_row = table.horz_banding = False
    for column, share in zip(table.columns, COLUMNS, strict=True):
        column.width = Emu(round(place[2] * share))
    large = count <= 6  # noqa: PLR2004  # rows that have space for large numbers
    for position, row in enumerate(slide.rows):
        table.rows[position].height = Emu(round(place[3] / count))
        cells = [table.cell(position, i) for i in range(len(COLUMNS))]
        label = [(row.label, 18 if large else 14, True, "head")]
        amount = [
            (row.value, 28 if large else 18, True, "head"),
            (f" {row.unit}", 13, False, "ink2"),
        ]
        _write(cells[0], [label, [(row.note, 12, False, "ink2")]])
        _write(cells[1], [amount], PP_ALIGN.RIGHT)
        _write(cells[2], [[(row.movement, 16 if large else 13, False, "ink")]])


def _write(cell: _Cell, lines: Sequence[Sequence[Run]], align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    cell.fill.background()
    cell.margin_top = cell.margin_bottom = Emu(20_000)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _fill(cell.text_frame, lines, align)


def _fill(frame: TextFrame, lines: Sequence[Sequence[Run]], align: PP_ALIGN) -> None:
    """Write the lines as paragraphs; an empty text is left out."""
    for i, runs in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment = align
        for text, points, is_bold, token in runs:
            if not text.strip():
                continue
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold, run.font.name = Pt(points), is_bold, FONT
            run.font.color.rgb = colour(token)
