"""The values of a chart as CSV, with what it shows, its source and its release in each row."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from dashboard.export.delimited import Style, delimited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.context import Context
    from dashboard.figures.table import Value
    from dashboard.pictures import Picture

ABOUT = ("chart", "about")
FEWEST_DECIMALS, MOST_DECIMALS = 2, 8
DIGITS = 3  # of the smallest number of a column, at least


def csv(context: Context, picture: Picture, style: Style) -> str:
    """Return the table of a picture; days are written as ISO has them."""
    heads, rows = picture.table.written()
    titles = [title for title, _ in heads]
    notes = ["; ".join(_notes(titles, row)) for row in rows]
    has_notes = any(notes)
    origin = (picture.title, picture.subtitle, picture.source, context.data.store.release)
    return delimited(
        [*titles, *(["note"] if has_notes else []), *ABOUT],
        (
            [*map(_cell, row), *([note] if has_notes else []), *origin]
            for row, note in zip(rows, notes, strict=True)
        ),
        style,
        _decimals_of(titles, rows),
    )


def _notes(titles: Sequence[str], row: Sequence[Value]) -> Iterator[str]:
    """Yield the notes of the values of a row, each after the title of its column."""
    pairs = zip(titles, row, strict=True)
    return (f"{title}: {value.note}" for title, value in pairs if value.note)


def _decimals_of(titles: Sequence[str], rows: Sequence[Sequence[Value]]) -> Mapping[str, int]:
    """Return the decimals of the columns that need more than two for their smallest number."""
    decimals = {}
    for i, title in enumerate(titles):
        sizes = [abs(row[i].amount or 0) for row in rows if row[i].amount]
        needed = DIGITS - 1 - floor(log10(min(sizes))) if sizes else 0
        if needed > FEWEST_DECIMALS:
            decimals[title] = min(needed, MOST_DECIMALS)
    return decimals


def _cell(value: Value) -> object:
    if value.amount is not None:
        return float(value.amount)
    return value.day or value.text
