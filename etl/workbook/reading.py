"""A filled workbook → a frame a sheet, and the refused cells with sheet, row and column."""

from __future__ import annotations

import zipfile
from io import BytesIO
from math import isinf
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from etl.quarantine import refusal
from etl.workbook.cells import WrongCellError, choices, convert, plain, within
from etl.workbook.lists import OTHER
from etl.workbook.sheets import SEVERAL, Column, Lists, Sheet, Workbook, words
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.reading import Refusal

HEADERS = 3  # the header stands in one of the first rows
FAULTS = (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError)


class Filled(NamedTuple):
    """A frame for every sheet, with `line`; what was refused; the workbook as it is written."""

    frames: dict[str, pd.DataFrame]
    refused: list[Refusal]
    book: Workbook


def read(content: bytes, book: Workbook, lists: Lists) -> Filled:
    """Read every sheet; `lists` are those of `understood`.

    A cell that is refused is empty; a row that lacks a needed cell, or repeats a key, is left
    out. Raises `SourceError` when it is no workbook, lacks a sheet or a column of the template,
    or has no row on its first sheet: read as it is, it would take away what was loaded before.
    """
    try:
        opened = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    except FAULTS as error:
        raise SourceError(refusal("workbook_file", error)) from error
    book = book.as_written(opened.sheetnames)
    found = {name: _sheet(opened, sheet, name) for name, sheet in book.sheets.items()}
    if not any(rows is not None for rows in found.values()):
        raise SourceError(refusal("workbook_sheets", opened.sheetnames))
    absent = frozenset(name for name, rows in found.items() if rows is None)
    titles = [book.sheets[name].called for name in sorted(absent)]
    refused = [refusal("workbook_no_sheet", t, line=1, sheet=t) for t in titles]
    if absent:
        raise SourceError(*refused)
    frames: dict[str, pd.DataFrame] = {}
    for name, sheet in book.sheets.items():
        reader = _Reader(sheet, lists, refused)
        frames[name] = reader.frame(found[name] or [])
    lacking = [r for r in refused if r.rule == "workbook_sheet_header"]
    if lacking:
        raise SourceError(*lacking)
    first = next(iter(book.sheets))
    if frames[first].empty:
        empty = refusal("workbook_empty", book.sheets[first].called)
        raise SourceError(empty, *refused)
    return Filled(frames, refused, book)


def _sheet(opened: Any, sheet: Sheet, name: str) -> list[tuple[Any, ...]] | None:  # noqa: ANN401  # openpyxl's
    known = {name.casefold(), sheet.title.it.casefold(), sheet.title.en.casefold()}
    title = next((t for t in opened.sheetnames if t.strip().casefold() in known), None)
    return None if title is None else list(opened[title].iter_rows(values_only=True))


class _Reader:
    """Reads the rows of one sheet and notes what it refuses."""

    def __init__(self, sheet: Sheet, lists: Lists, refused: list[Refusal]) -> None:
        self._sheet, self._lists, self._refused = sheet, lists, refused
        self._at: dict[str, int] = {}
        self._chosen: dict[str, dict[str, str]] = {}

    def frame(self, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
        start = self._header(rows)
        found = list(self._rows(rows, start)) if start is not None else []
        frame = pd.DataFrame(found, columns=["line", *self._sheet.columns], dtype=object)
        return self._unique(frame)

    def _header(self, rows: list[tuple[Any, ...]]) -> int | None:
        """Find the columns by their ids, else by their titles; return where the rows begin."""
        for by in (_by_id, _by_title):
            for number, row in enumerate(rows[:HEADERS]):
                at: dict[str, int] = {}
                for position, cell in enumerate(row):
                    if (name := by(plain(cell), self._sheet)) is not None:
                        at.setdefault(name, position)
                if set(self._sheet.key) <= at.keys():
                    self._at = at
                    for name in self._sheet.columns.keys() - at.keys():
                        self._note("sheet_header", number + 1, name, "")
                    return number + 1
        self._note("sheet_header", 1, self._sheet.key[0], "")
        return None

    def _rows(self, rows: list[tuple[Any, ...]], start: int) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(rows[start:], start=start + 1):
            given = {n: row[at] if at < len(row) else None for n, at in self._at.items()}
            if not any(plain(cell) for cell in given.values()) or self._is_shown(given):
                continue
            values = {n: self._cell(n, number, cell) for n, cell in given.items()}
            lacking = [
                n for n, c in self._sheet.columns.items() if c.needed and not _is(values.get(n))
            ]
            for name in lacking:
                if not plain(given.get(name)):  # a wrong cell is told already
                    self._note("needed", number, name, "")
            if not lacking:
                yield {"line": number, **values}

    def _is_shown(self, given: dict[str, Any]) -> bool:
        """Say whether this is the row of titles under the hidden ids, or the template's example."""
        known = {name: self._sheet.columns[name] for name in self._sheet.key}
        columns = {name: column for name, column in known.items() if column.needed}
        texts = {name: plain(given[name]) for name in columns}
        titles = all(_by_title(text, self._sheet) == name for name, text in texts.items())
        return titles or all(
            column.example is not None and texts[name].casefold() in self._examples(column)
            for name, column in columns.items()
        )

    def _examples(self, column: Column) -> set[str]:
        """Return how the example may stand in its cell: as it is, or in either language."""
        example = column.example or ""
        offered = [words(column, self._lists, language) for language in ("it", "en")]
        said = {words.get(e, "") for words in offered for e in (example, f"{example}{OTHER}")}
        return {example.casefold(), *(word.casefold() for word in said if word)}

    def _cell(self, name: str, line: int, cell: object) -> Any:  # noqa: ANN401  # any kind of value
        column = self._sheet.columns[name]
        if name not in self._chosen:
            self._chosen[name] = choices(self._offered(column))
        parts = plain(cell).split(SEVERAL) if column.several else [cell]
        values = []
        for part in parts:
            try:
                values.append(
                    within(convert(part, column.kind, self._chosen[name]), *column.bounds)
                )
            except WrongCellError as wrong:
                self._note(str(wrong), line, name, plain(part))
        if column.several:
            return [v for v in values if v is not None]
        return values[0] if values else None

    def _offered(self, column: Column) -> dict[str, str]:
        """Return what may be chosen in a column, in both languages."""
        offered = words(column, self._lists, "it")
        if column.choices:
            english = words(column, self._lists, "en")
            offered = offered | {f"{k}{OTHER}": v for k, v in english.items()}
        return offered

    def _unique(self, frame: pd.DataFrame) -> pd.DataFrame:
        again = frame.duplicated(list(self._sheet.key))
        for row in frame[again].to_dict("records"):
            what = " ".join(str(row[k]) for k in self._sheet.key)
            self._note("repeated", row["line"], self._sheet.key[-1], what)
        return frame[~again]

    def _note(self, rule: str, line: int, name: str, value: str) -> None:
        column = self._sheet.label(name, self._at.get(name))
        self._refused.append(
            refusal(
                *(f"workbook_{rule}", value or name),
                bounds=_between(*self._sheet.columns[name].bounds),
                line=line,
                column=column,
                value=value,
                sheet=self._sheet.called,
            )
        )


def _between(least: float, most: float) -> str:
    return f"≥ {least:g}" if isinf(most) else f"{least:g}–{most:g}"


def _by_id(text: str, sheet: Sheet) -> str | None:
    return text if text in sheet.columns else None


def _by_title(text: str, sheet: Sheet) -> str | None:
    wanted = text.rstrip(" *").casefold()
    return next((n for n, c in sheet.columns.items() if wanted in _titles(c)), None)


def _titles(column: Column) -> set[str]:
    return {column.title.it.casefold(), column.title.en.casefold()}


def _is(value: object) -> bool:
    return value is not None and value != []
