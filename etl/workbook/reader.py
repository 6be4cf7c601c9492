"""Reading of a filled workbook: one frame per sheet, and the rejected cells with their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.quarantine import reject
from etl.workbook.choices import LEVELS
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from etl.parsing.layout import Lists
    from etl.workbook.schema import Sheet, Workbook
    from etl.workbook.sheet_reader import SheetReader
    from warehouse.config import Years
    from warehouse.errors import Rejection

COVERS = {"leggimi", "read me", "elenchi"}  # sheets of the template without rows to fill


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """A frame for every sheet, with `line`; the rejections; the workbook in its language.

    Its sheets know the positions of their columns. `levels`: of each place.
    """

    frames: dict[str, pd.DataFrame]
    rejected: list[Rejection]
    book: Workbook
    levels: Mapping[str, str]


def read_workbook(content: bytes, book: Workbook, lists: Lists, years: Years) -> FilledWorkbook:
    """Read every sheet; `lists` are the `accepted_lists` of the catalogue.

    A rejected cell is empty; a row that lacks a needed cell, or repeats a key, is left out, and
    so is one with a rejected cell where the sheet is read by `whole_rows`. Raises `SourceError`
    when the bytes are not a workbook, lack a sheet or a column of the template, or have no row on
    the first sheet: it would remove what was loaded before.
    """
    from etl.workbook.sheet_reader import SheetReader, frame_of  # noqa: PLC0415  # with openpyxl
    from etl.workbook.spreadsheet import Spreadsheet  # noqa: PLC0415  # the same, slow to import

    file = Spreadsheet(content)
    book = book.in_language_of(file.titles)
    title_of = _titles(file.titles, book)
    readers: dict[str, SheetReader] = {}
    frames: dict[str, pd.DataFrame] = {}
    for name, sheet in book.sheets.items():
        readers[name] = SheetReader(sheet, _with_own_rows(lists, sheet, book, frames), years)
        rows = file.rows(title_of[name]) if name in title_of else None
        frames[name] = frame_of(sheet) if rows is None else readers[name].frame(rows)
    rejected = [rejection for reader in readers.values() for rejection in reader.rejected]
    without_header = [r for r in rejected if r.rule == "workbook_sheet_header"]
    if without_header:
        raise SourceError(*without_header)
    first = next(iter(book.sheets))
    if frames[first].empty and not any(
        sheet.may_stand_alone and not frames[name].empty for name, sheet in book.sheets.items()
    ):
        raise SourceError(reject("workbook_empty", book.sheets[first].current_title), *rejected)
    sheets = {name: reader.sheet for name, reader in readers.items()}
    book = book.model_copy(update={"sheets": sheets})
    return FilledWorkbook(frames, rejected, book, lists.get(LEVELS, {}))


def _with_own_rows(
    lists: Lists, sheet: Sheet, book: Workbook, frames: Mapping[str, pd.DataFrame]
) -> Lists:
    """Return the lists, with the rows of the sheet that a column with a list also refers to."""
    complete = {**lists}
    for column in sheet.columns.values():
        if column.from_list and column.refers:
            frame = frames[column.refers]
            key = book.sheets[column.refers].key[0]
            words = zip(frame[key], frame["title_it"], strict=True)
            own = {k: w for k, w in words if k not in complete[column.from_list]}
            complete[column.from_list] = {**complete[column.from_list], **own}
    return complete


def _titles(titles: Sequence[str], book: Workbook) -> dict[str, str]:
    """Return the title in the file of each sheet; raises `SourceError` for what is missing.

    The sheets that the template does not have are named too: one of them may be the missing one.
    """
    declared = {
        spelling.casefold(): name
        for name, sheet in book.sheets.items()
        for spelling in (name, sheet.title.it, sheet.title.en)
    }
    title_of: dict[str, str] = {}
    others = []
    for title in titles:
        name = declared.get(title.strip().casefold())
        if name is not None:
            title_of.setdefault(name, title)
        elif title.strip().casefold() not in COVERS:
            others.append(title)
    if not title_of:
        raise SourceError(reject("workbook_sheets", titles))
    rule = "workbook_renamed_sheet" if others else "workbook_no_sheet"
    missing = [
        sheet.current_title
        for name, sheet in sorted(book.sheets.items())
        if name not in title_of and not sheet.may_be_absent
    ]
    if missing:
        raise SourceError(*(reject(rule, t, sheet=t, others=others) for t in missing))
    return title_of
