"""A panel on a slide of PowerPoint: its drawing as a picture, a table as a native table."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu

from dashboard.export.pictures import drawing_png
from dashboard.export.pptx_shapes import add_text, describe, write

if TYPE_CHECKING:
    from pptx.slide import Slide as Page

    from dashboard.export.pptx_shapes import Place
    from dashboard.pictures import Picture

SUBTITLE, LETTERS = 330_000, 125  # EMU of a line of the subtitle; letters in one
SMALL = 12  # points of a text of a table
FIRST = 2.2  # width of the first column, in those of the others


def add_figure(page: Page, picture: Picture, place: Place) -> None:
    """Add the subtitle, then the drawing, or the first rows of the table."""
    left, top, width, height = place
    words = SUBTITLE * ceil(len(picture.subtitle) / LETTERS)
    add_text(page, (left, top, width, words), [[(picture.subtitle, 14, False, "ink2")]])
    below = (left, top + words, width, height - words)
    if picture.is_drawn_on_slide:
        _drawing(page, picture, below)
    else:
        _table(page, picture, below)


def _drawing(page: Page, picture: Picture, place: Place) -> None:
    left, top, width, height = place
    _, wide, high = picture.on_slide()
    scale = min(width / wide, height / high)
    size = round(wide * scale), round(high * scale)
    places = (left + (width - size[0]) // 2, top, *size)
    shape = page.shapes.add_picture(BytesIO(drawing_png(picture)), *map(Emu, places))
    describe(shape, f"{picture.title}. {picture.subtitle}")


def _table(page: Page, picture: Picture, place: Place) -> None:
    heads, rows = picture.table.written()
    rows = rows[: picture.rows_on_slide]
    left, top, width, height = place
    line = min(height // (len(rows) + 1), 420_000)
    size = (left, top, width, line * (len(rows) + 1))
    shape = page.shapes.add_table(len(rows) + 1, len(heads), *map(Emu, size))
    describe(shape, f"{picture.title}. {picture.subtitle}")
    shape.table.horz_banding = False
    unit = width / (FIRST + len(heads) - 1)
    for position, column in enumerate(shape.table.columns):
        column.width = Emu(round(unit * (1 if position else FIRST)))
    texts = [[title for title, _ in heads], *([cell.text for cell in row] for row in rows)]
    for position, (line_of, words) in enumerate(zip(shape.table.rows, texts, strict=True)):
        line_of.height = Emu(line)
        for (_, is_number), cell, word in zip(heads, line_of.cells, words, strict=True):
            cell.fill.background()
            cell.margin_top = cell.margin_bottom = Emu(15_000)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            align = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
            write(cell.text_frame, [[(word, SMALL, not position, "ink")]], align)
