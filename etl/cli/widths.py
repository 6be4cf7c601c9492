"""Widths of a table's columns that keep words whole where the terminal is wide enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FRAME, MARGIN = 1, 3  # of the table; between two columns, with their blanks


def column_widths(columns: Sequence[Sequence[str]], terminal: int) -> list[int]:
    """Return the widths of columns, each with its header and cells, in a terminal.

    A column is at least as wide as its longest word. Where that is too much the widest ones
    shrink, and their words (paths, addresses) are folded.
    """
    available = max(terminal - FRAME - MARGIN * len(columns), len(columns))
    natural = [max(map(len, _lines(cells)), default=1) for cells in columns]
    widths = [max((len(w) for cell in cells for w in cell.split()), default=1) for cells in columns]
    while sum(widths) > available:
        widths[widths.index(max(widths))] -= 1
    while sum(widths) < min(available, sum(natural)):
        spare = [full / width for full, width in zip(natural, widths, strict=True)]
        widths[spare.index(max(spare))] += 1
    return widths


def _lines(cells: Sequence[str]) -> list[str]:
    return [line for cell in cells for line in cell.splitlines()]
