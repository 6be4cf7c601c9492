"""Rows that two loaded workbooks state differently, named when the second one is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.workbook.schema import Sheet, Workbook
    from etl.workbook.validate import Frames
    from warehouse.errors import Rejection

MOST_NAMED = 20  # rows of a sheet that are named one by one
DECLARATIONS = "indicators"  # a sheet whose rows are compared when they become declarations


def in_order(names: Mapping[str, Any]) -> list[str]:
    """Return the names of workbooks in the order in which they count."""
    return sorted(names, key=lambda name: Path(name).stem)


def differing_rows(books: Mapping[str, Frames], current: str, book: Workbook) -> list[Rejection]:
    """Return the rows of the workbook `current` that another one states otherwise.

    `books` are the frames of all loaded workbooks, by file name; of two, the first counts.
    """
    rejected: list[Rejection] = []
    order = in_order(books)
    for name, sheet in book.sheets.items():
        if name == DECLARATIONS:
            continue
        rows = [
            _rejection(sheet, row, columns, another, min(current, another, key=order.index))
            for another in order
            if another != current
            for row, columns in _differences(sheet, books[current][name], books[another][name])
        ]
        rejected += rows[:MOST_NAMED]
        if len(rows) > MOST_NAMED:
            more = len(rows) - MOST_NAMED
            rejected.append(reject("workbook_differ_more", more, sheet=sheet.current_title))
    return rejected


def _differences(
    sheet: Sheet, current: pd.DataFrame, another: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield the rows of one key that differ, with the columns in which they do."""
    others = {_key(sheet, row): row for row in another.to_dict("records")}
    for record in current.to_dict("records") if others else ():
        row = {str(name): value for name, value in record.items()}
        other = others.get(_key(sheet, row))
        if other is not None:
            columns = [c for c in sheet.columns if not _is_equal(row[c], other[c])]
            if columns:
                yield row, columns


def _key(sheet: Sheet, row: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in sheet.key)


def _is_equal(first: object, second: object) -> bool:
    if isinstance(first, list) or isinstance(second, list):
        return (first or []) == (second or [])
    return bool(first == second) or (pd.isna(first) and pd.isna(second))  # type: ignore[call-overload]  # one cell


def _rejection(
    sheet: Sheet, row: Mapping[str, Any], columns: list[str], another: str, first: str
) -> Rejection:
    what = " ".join(str(row[name]) for name in sheet.key if not pd.isna(row[name]))
    return reject(
        "workbook_differs",
        what,
        columns=[sheet.column_title(name) for name in columns],
        file=another,
        first=first,
        line=int(row["line"]),
        value=what,
        sheet=sheet.current_title,
    )
