"""Slides as a PowerPoint file: native charts and tables, editable, with notes and sources."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from dashboard.export.pptx_chart import add_bars, add_progress
from dashboard.export.pptx_figure import add_figure
from dashboard.export.pptx_shapes import add_rule, add_text, colour, describe
from dashboard.export.pptx_signs import add_sign
from dashboard.export.pptx_table import CHART_COLUMN, Table, add_table
from dashboard.export.pptx_template import CORNER, EDGE, FOOT_HEIGHT, FOOT_TOP, open_template

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pptx.presentation import Presentation as Document
    from pptx.slide import Slide as Page
    from pptx.slide import SlideLayout

    from dashboard.export.pptx_shapes import Run
    from dashboard.presentation import Presentation
    from dashboard.slides import BigNumber, Judgement, Slide

BODY_TOP, BODY_HEIGHT = 1_830_000, 4_350_000
FIGURE_HEIGHT = 4_650_000
NUMBER_WIDTH = 3_700_000
NUMBER, LONG_NUMBER, MOST_DIGITS = 72, 54, 6  # points; a long number still fits in one line
SIGN, SIGN_LINE = 230_000, 520_000  # a sign, and two lines of text beside it
# Points of a title by its characters, so that it stays in two lines with any of the usual fonts.
TITLES = ((100, 28), (120, 24), (150, 20))
LINE = 1.15  # of the size: fonts of the same size differ in the space that they take
LONGEST_TITLE = 16  # points of a title that is longer still


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot of every slide says: the release, and words for what is marked."""

    release: str
    source: str
    demonstration: str


def slides_file(presentation: Presentation, foot: Foot, template: Path | None = None) -> bytes:
    """Return the file; `template` is the office's own, with a layout that has only a title."""
    document, layout = open_template(template)
    for position, slide in enumerate(presentation.slides, 1):
        _add(document, layout, slide, foot, f"{position} / {len(presentation.slides)}")
    document.core_properties.title = presentation.title
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Document, layout: SlideLayout, slide: Slide, foot: Foot, count: str) -> None:
    page = document.slides.add_slide(layout)
    width = document.slide_width or 0
    _title(page, slide.title)
    if slide.number:
        _number(page, slide.number, NUMBER_WIDTH if slide.bars else width - 2 * EDGE)
    if slide.bars:
        left = 4_300_000 if slide.number else EDGE
        add_bars(page, slide, (left, BODY_TOP, width - EDGE - left, BODY_HEIGHT))
    elif slide.rows:
        _rows(page, slide, width - 2 * EDGE)
    elif slide.figure:
        add_figure(page, slide.figure, (EDGE, 1_530_000, width - 2 * EDGE, FIGURE_HEIGHT))
    _foot(page, slide, foot, count, width)
    if slide.notes or slide.source:
        notes = page.notes_slide.notes_text_frame
        if notes is not None:
            notes.text = "\n".join([slide.title, *slide.notes, slide.source, slide.address])


def _rows(page: Page, slide: Slide, width: int) -> None:
    """Add the signs of the subject, then the table, with its bars as a native chart over it."""
    shift = _signs(page, slide.signs, (EDGE, 1_530_000), width) if slide.signs else 0
    table = Table(EDGE, BODY_TOP - 150_000 + shift, width, BODY_HEIGHT + 150_000 - shift)
    add_table(page, slide, table)
    if slide.has_plan:
        left, right = (table.column(i, has_plan=True) for i in (CHART_COLUMN, CHART_COLUMN + 1))
        add_progress(page, slide, (left, table.top, right - left, table.height))


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
    paragraph.line_spacing = Pt(size * LINE)
    paragraph.font.color.rgb = colour("head")
    add_rule(page, EDGE, 1_430_000)


def _number(page: Page, number: BigNumber, width: int) -> None:
    size = NUMBER if len(number.value) <= MOST_DIGITS else LONG_NUMBER
    unit = number.unit.replace(" ", "\N{NO-BREAK SPACE}")
    lines: list[list[Run]] = [
        [(number.value, size, True, "head"), (f"\N{NO-BREAK SPACE}{unit}", size / 3, True, "head")],
        [(number.place, 18, False, "ink")],
    ]
    if number.movement and not number.signs:
        lines.append([(number.movement, 18, False, "ink")])
    box = add_text(page, (EDGE, 1_900_000, width, 1_900_000), lines)
    describe(box, f"{number.value} {number.unit} {number.place} {number.movement}".strip())
    _signs(page, number.signs, (EDGE, 4_050_000), width)


def _signs(page: Page, signs: Iterable[Judgement], place: tuple[int, int], width: int) -> int:
    """Add signs under each other, each with its word, and return the height that they take."""
    left, top = place
    height = 0
    for sign in signs:
        add_sign(page, sign, left, top + height + 60_000, SIGN)
        text_left = left + SIGN + 100_000
        box = (text_left, top + height, width - SIGN - 100_000, SIGN_LINE)
        why = f" {sign.why}" if sign.why else ""
        add_text(page, box, [[(sign.word, 16, True, "ink"), (why, 16, False, "ink")]], space=18)
        height += SIGN_LINE
    return height


def _foot(page: Page, slide: Slide, foot: Foot, count: str, width: int) -> None:
    """Write source, release and number, as texts of the slide."""
    source = f"{foot.source}: {slide.source}" if slide.source else ""
    text = " · ".join(filter(None, [source, foot.release]))
    place = (EDGE, FOOT_TOP, width - 2 * EDGE - CORNER, FOOT_HEIGHT)
    corner = (width - EDGE - CORNER, FOOT_TOP, CORNER, FOOT_HEIGHT)
    add_text(page, place, [[(text, 12, False, "ink2")]])
    add_text(page, corner, [[(count, 12, True, "ink2")]], align=PP_ALIGN.RIGHT)
    if slide.demonstration:
        mark = (width - EDGE - 2_300_000, 100_000, 2_300_000, 300_000)
        words = [[(foot.demonstration, 13, True, "demo")]]
        add_text(page, mark, words, align=PP_ALIGN.CENTER, fill="demot")
