"""The rows of a slide as a native table of PowerPoint, with the signs of each row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu

from dashboard.export.pptx_shapes import describe, write
from dashboard.export.pptx_signs import add_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide as Page

    from dashboard.export.pptx_shapes import Run
    from dashboard.slides import Judgement, Row, Slide

COLUMNS = (0.42, 0.0, 0.24, 0.34)  # shares of the width: what, bars, how much, signs
PLANNED_COLUMNS = (0.33, 0.2, 0.12, 0.35)
CHART_COLUMN = 1
SIGN_COLUMN = len(COLUMNS) - 1
AMOUNT_COLUMN = SIGN_COLUMN - 1
POINT = 12_700  # EMU
LEAST_SPACE = 14.5  # points between lines of the smallest text
FEW = 6  # rows that have space for large numbers
SIGN = 185_000
INDENT = 280_000  # of a text beside its sign


@dataclass(frozen=True, slots=True)
class Table:
    """The place of a table on its slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    def column(self, position: int, *, has_plan: bool) -> int:
        """Return where a column begins."""
        shares = PLANNED_COLUMNS if has_plan else COLUMNS
        return self.left + round(self.width * sum(shares[:position]))


def add_table(page: Page, slide: Slide, table: Table) -> None:
    """Add the rows: what, how much, how it is judged."""
    count = len(slide.rows)
    columns = [i for i in range(len(COLUMNS)) if slide.has_plan or COLUMNS[i]]
    place = map(Emu, (table.left, table.top, table.width, table.height))
    shape = page.shapes.add_table(count, len(columns), *place)
    describe(shape, "; ".join(f"{row.label} {row.value} {row.unit}".strip() for row in slide.rows))
    shape.table.first_row = shape.table.horz_banding = False
    edges = [table.column(i, has_plan=slide.has_plan) for i in columns] + [table.left + table.width]
    for column, (start, end) in zip(shape.table.columns, pairwise(edges), strict=True):
        column.width = Emu(end - start)
    height = table.height // count
    for position, row in enumerate(slide.rows):
        shape.table.rows[position].height = Emu(height)
        texts = _texts(row, is_large=count <= FEW)
        for cell, index in zip(shape.table.rows[position].cells, columns, strict=True):
            cell.fill.background()
            cell.margin_top = cell.margin_bottom = Emu(15_000)
            cell.margin_left = Emu(INDENT if index == SIGN_COLUMN and row.signs else 60_000)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            space = None if index == AMOUNT_COLUMN else LEAST_SPACE * (1.3 if count <= FEW else 1)
            align = PP_ALIGN.RIGHT if index == AMOUNT_COLUMN else PP_ALIGN.LEFT
            write(cell.text_frame, texts[index], align, space)
        centre = table.top + position * height + height // 2
        _signs(page, row, edges[-2], centre, is_large=count <= FEW)


def _texts(row: Row, *, is_large: bool) -> list[list[list[Run]]]:
    """Return the lines of the cells of a row."""
    label: list[list[Run]] = [[(row.label, 17 if is_large else 13, True, "head")]]
    if row.note:
        label.append([(row.note, 13 if is_large else 12, False, "ink2")])
    amount: list[Run] = [
        (row.value, 28 if is_large else 16, True, "head"),
        (f" {row.unit}", 13, False, "ink2"),
    ]
    size = 14 if is_large else 12
    judgements = [run for sign in row.signs for run in _lines(sign, size)]
    return [label, [], [amount], judgements or [[(row.movement, size, False, "ink")]]]


def _lines(sign: Judgement, size: float) -> list[list[Run]]:
    """Return a judgement in one line; the state of a project has its reason under it."""
    word, why = (sign.word, size, True, "ink"), (sign.why, size, False, "ink2")
    if sign.kind == "state" and sign.why:
        return [[word], [why]]
    return [[word, (f" {sign.why}" if sign.why else "", size, False, "ink")]]


def _signs(page: Page, row: Row, left: int, centre: int, *, is_large: bool) -> None:
    """Draw each sign at the line of its word; lines are as far apart as in the cell."""
    space = round(LEAST_SPACE * (1.3 if is_large else 1) * POINT)
    lines = [sign for sign in row.signs for _ in _lines(sign, 0)]
    top = centre - space * len(lines) // 2
    before: Sequence[Judgement] = ()
    for position, sign in enumerate(lines):
        if sign not in before:
            middle = top + position * space + space // 2
            add_sign(page, sign, left + 40_000, middle - SIGN // 2, SIGN)
            before = (*before, sign)
