"""Slides as a PowerPoint file: native charts and tables, editable, with notes and sources."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pptx as powerpoint
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from dashboard.export.pptx_chart import add_bars
from dashboard.export.pptx_shapes import add_rule, add_table, add_text, colour, describe
from warehouse.errors import CruscottoError
from warehouse.messages import message

if TYPE_CHECKING:
    from pathlib import Path

    from pptx.presentation import Presentation as Document
    from pptx.slide import Slide as Page
    from pptx.slide import SlideLayout

    from dashboard.export.pptx_shapes import Run
    from dashboard.presentation import Presentation
    from dashboard.slides import BigNumber, Slide

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)  # 16:9, 13.33 by 7.5 inches
EDGE = Emu(533_400)
BODY_TOP, BODY_HEIGHT = Emu(1_750_000), Emu(4_350_000)
FOOT_TOP = Emu(6_370_000)
NUMBER, LONG_NUMBER, MOST_DIGITS = 72, 54, 6  # points; a long number still fits in one line
# Points of a title by its characters, so that it stays in two lines with any of the usual fonts.
TITLES = ((70, 28), (95, 22), (125, 19))
LONGEST_TITLE = 16  # points of a title that is longer still
LAYOUTS = ("Title Only", "Solo titolo")  # by name, in a template in English or Italian


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot of every slide says: the release, and words for what is marked."""

    release: str
    source: str
    demonstration: str


def slides_file(presentation: Presentation, foot: Foot, template: Path | None = None) -> bytes:
    """Return the file; `template` is the office's own, with a layout that has only a title."""
    document = powerpoint.Presentation(str(template) if template else None)
    if template is None:
        document.slide_width, document.slide_height = WIDTH, HEIGHT
    layout = _layout(document, template)
    if template is None:
        _dress(layout)
    for position, slide in enumerate(presentation.slides, 1):
        _add(document, layout, slide, foot, f"{position} / {len(presentation.slides)}")
    document.core_properties.title = presentation.title
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _layout(document: Document, template: Path | None) -> SlideLayout:
    for layout in document.slide_layouts:
        if layout.name in LAYOUTS:
            return layout
    raise CruscottoError(message("template_layout", file=str(template), layout=LAYOUTS[0]))


def _dress(layout: SlideLayout) -> None:
    """Give the title of the house's layout its place and type."""
    title = next(shape for shape in layout.placeholders if shape.placeholder_format.type == 1)
    title.left, title.top = EDGE, Emu(380_000)
    title.width, title.height = Emu(WIDTH - 2 * EDGE), Emu(1_000_000)
    for shape in list(layout.placeholders):
        if shape.placeholder_format.type != 1:  # date, foot and number are texts of the slide
            shape.element.getparent().remove(shape.element)


def _add(document: Document, layout: SlideLayout, slide: Slide, foot: Foot, count: str) -> None:
    page = document.slides.add_slide(layout)
    _title(page, slide.title)
    if slide.number:
        _number(page, slide.number, is_alone=not slide.bars)
    if slide.bars:
        left = Emu(4_300_000) if slide.number else EDGE
        add_bars(page, slide, (left, BODY_TOP, Emu(WIDTH - EDGE - left), BODY_HEIGHT))
    elif slide.rows:
        add_table(page, slide, (EDGE, BODY_TOP, Emu(WIDTH - 2 * EDGE), BODY_HEIGHT))
    _foot(page, slide, foot, count)
    if slide.notes or slide.source:
        notes = page.notes_slide.notes_text_frame
        notes.text = "\n".join([slide.title, *slide.notes, slide.source, slide.address])


def _title(page: Page, text: str) -> None:
    frame = page.shapes.title.text_frame
    frame.text = text
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(0)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    size = next((points for most, points in TITLES if len(text) <= most), LONGEST_TITLE)
    paragraph.font.size, paragraph.font.bold = Pt(size), True
    paragraph.font.color.rgb = colour("head")
    add_rule(page, EDGE, Emu(1_430_000))


def _number(page: Page, number: BigNumber, *, is_alone: bool) -> None:
    width = Emu(WIDTH - 2 * EDGE if is_alone else 3_700_000)
    size = NUMBER if len(number.value) <= MOST_DIGITS else LONG_NUMBER
    place = (EDGE, Emu(2_650_000), width, Emu(2_000_000))
    unit = number.unit.replace(" ", "\N{NO-BREAK SPACE}")
    lines: list[list[Run]] = [
        [(number.value, size, True, "head"), (f"\N{NO-BREAK SPACE}{unit}", size / 3, True, "head")],
        [(number.place, 18, False, "ink")],
        [(number.movement, 18, False, "ink")],
    ]
    box = add_text(page, place, lines if number.movement else lines[:-1])
    describe(box, f"{number.value} {number.unit} {number.place} {number.movement}".strip())


def _foot(page: Page, slide: Slide, foot: Foot, count: str) -> None:
    source = f"{foot.source}: {slide.source}" if slide.source else ""
    text = " · ".join(filter(None, [source, foot.release]))
    place = (EDGE, FOOT_TOP, Emu(WIDTH - 2 * EDGE - 900_000), Emu(330_000))
    add_text(page, place, [[(text, 12, False, "ink2")]])
    corner = (Emu(WIDTH - EDGE - 900_000), FOOT_TOP, Emu(900_000), Emu(330_000))
    add_text(page, corner, [[(count, 12, True, "ink2")]], align=PP_ALIGN.RIGHT)
    if slide.demonstration:
        mark = (Emu(WIDTH - EDGE - 2_300_000), Emu(150_000), Emu(2_300_000), Emu(320_000))
        words = [[(foot.demonstration, 13, True, "demo")]]
        add_text(page, mark, words, align=PP_ALIGN.CENTER, fill="demot")
