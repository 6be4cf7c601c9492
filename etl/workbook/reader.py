"""A filled workbook → a frame a sheet, and the refused cells with sheet, row and column."""

from __future__ import annotations

from io import BytesIO
from math import isinf
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pandas as pd

from etl.quarantine import reject
from etl.workbook.choices import OTHER
from etl.workbook.convert import WrongCellError, choices, convert, plain, within
from etl.workbook.schema import SEVERAL, Column, Sheet, Workbook, lettered, words
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.parsing.layout import Lists
    from warehouse.errors import Rejection

HEADERS = 3  # the header stands in one of the first rows
Row = tuple[Any, ...]


class Filled(NamedTuple):
    """A frame for every sheet, with `line`; what was refused; the workbook as it is written.

    Its sheets know where the columns stand.
    """

    frames: dict[str, pd.DataFrame]
    refused: list[Rejection]
    book: Workbook


def read(content: bytes, book: Workbook, lists: Lists) -> Filled:
    """Read every sheet; `lists` are those of `understood`.

    A cell that is refused is empty; a row that lacks a needed cell, or repeats a key, is left
    out, and so is one with a refused cell where the sheet is read by `whole` rows. Raises
    `SourceError` when it is no workbook, lacks a sheet or a column of the template, or has no
    row on its first sheet: read as it is, it would take away what was loaded before.
    """
    titles, found = _opened(content, book)
    book = book.as_written(titles)
    if not found:
        raise SourceError(reject("workbook_sheets", titles))
    absent = [sheet.called for name, sheet in sorted(book.sheets.items()) if name not in found]
    if absent:
        raise SourceError(*(reject("workbook_no_sheet", t, sheet=t) for t in absent))
    readers = {name: _Reader(sheet, lists) for name, sheet in book.sheets.items()}
    frames = {name: reader.frame(found[name]) for name, reader in readers.items()}
    refused = [one for reader in readers.values() for one in reader.refused]
    lacking = [r for r in refused if r.rule == "workbook_sheet_header"]
    if lacking:
        raise SourceError(*lacking)
    first = next(iter(book.sheets))
    if frames[first].empty:
        empty = reject("workbook_empty", book.sheets[first].called)
        raise SourceError(empty, *refused)
    sheets = {name: reader.sheet for name, reader in readers.items()}
    return Filled(frames, refused, book.model_copy(update={"sheets": sheets}))


def _opened(content: bytes, book: Workbook) -> tuple[list[str], dict[str, list[Row]]]:
    """Return the titles of all sheets, and the rows of those that `book` declares."""
    try:
        opened = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        found = {name: _rows_of(opened, sheet, name) for name, sheet in book.sheets.items()}
    except Exception as error:  # damaged bytes: what openpyxl, lxml and zlib raise has no end
        raise SourceError(reject("workbook_file")) from error
    return opened.sheetnames, {name: rows for name, rows in found.items() if rows is not None}


def _rows_of(opened: Any, sheet: Sheet, name: str) -> list[Row] | None:  # noqa: ANN401  # openpyxl's
    known = {name.casefold(), sheet.title.it.casefold(), sheet.title.en.casefold()}
    title = next((t for t in opened.sheetnames if t.strip().casefold() in known), None)
    return None if title is None else list(opened[title].iter_rows(values_only=True))


class _Reader:
    """Reads the rows of one sheet; `refused` is what it refuses, `sheet` knows its columns."""

    def __init__(self, sheet: Sheet, lists: Lists) -> None:
        self.sheet, self._lists = sheet, lists
        self.refused: list[Rejection] = []
        self._chosen: dict[str, dict[str, str]] = {}

    def frame(self, rows: list[Row]) -> pd.DataFrame:
        start = self._header(rows)
        found = list(self._rows(rows, start)) if start is not None else []
        frame = pd.DataFrame(found, columns=["line", *self.sheet.columns], dtype=object)
        return self._unique(frame)

    def _header(self, rows: list[Row]) -> int | None:
        """Find the columns by their ids, else by their titles; return where the rows begin."""
        for by, titles in ((_by_id, 2), (_by_title, 1)):
            for number, row in enumerate(rows[:HEADERS]):
                at: dict[str, int] = {}
                for position, cell in enumerate(row):
                    if (name := by(plain(cell), self.sheet)) is not None:
                        at.setdefault(name, position)
                if set(self.sheet.key) <= at.keys():
                    self.sheet = self.sheet.model_copy(update={"at": at})
                    for name in self.sheet.columns.keys() - at.keys():
                        self._note("sheet_header", number + 1, name, "")
                    self._added(rows, number, titles)
                    return number + 1
        self._note("sheet_header", 1, self.sheet.key[0], "")
        return None

    def _added(self, rows: list[Row], header: int, titles: int) -> None:
        """Tell the columns that hold something and that the template does not have.

        Their titles stand in the first rows from `header` on, so many as `titles`.
        """
        width = max(map(len, rows))
        others = [n for n in range(width) if n not in self.sheet.at.values()]
        held = {n: [plain(row[n]) for row in rows[header:] if n < len(row)] for n in others}
        named = [
            lettered(n, next(filter(None, texts[:titles]), ""))
            for n, texts in held.items()
            if any(texts)
        ]
        if named:
            self.refused.append(reject("workbook_added", named, sheet=self.sheet.called))

    def _rows(self, rows: list[Row], start: int) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(rows[start:], start=start + 1):
            given = {n: row[at] if at < len(row) else None for n, at in self.sheet.at.items()}
            if not any(plain(cell) for cell in given.values()) or self._is_shown(given):
                continue
            before = len(self.refused)
            values = {n: self._cell(n, number, cell) for n, cell in given.items()}
            is_wrong = len(self.refused) > before
            lacking = [
                n for n, c in self.sheet.columns.items() if c.needed and not _is(values.get(n))
            ]
            for name in lacking:
                if not plain(given.get(name)):  # a wrong cell is told already
                    self._note("needed", number, name, "")
            if is_wrong and (lacking or self.sheet.whole):
                self._left_out(number, plain(given[self.sheet.key[0]]))
            elif not lacking:
                yield {"line": number, **values}

    def _is_shown(self, given: dict[str, Any]) -> bool:
        """Say whether this is the row of titles under the hidden ids, or the template's example."""
        known = {name: self.sheet.columns[name] for name in self.sheet.key}
        columns = {name: column for name, column in known.items() if column.needed}
        texts = {name: plain(given[name]) for name in columns}
        titles = all(_by_title(text, self.sheet) == name for name, text in texts.items())
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
        column = self.sheet.columns[name]
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
        offered = dict(words(column, self._lists, "it"))
        if column.choices:
            english = words(column, self._lists, "en")
            offered |= {f"{k}{OTHER}": v for k, v in english.items()}
        return offered

    def _unique(self, frame: pd.DataFrame) -> pd.DataFrame:
        again = frame.duplicated(list(self.sheet.key))
        for row in frame[again].to_dict("records"):
            what = " ".join(str(row[k]) for k in self.sheet.key)
            self._note("repeated", row["line"], self.sheet.key[-1], what)
        return frame[~again]

    def _left_out(self, line: int, name: str) -> None:
        """Tell a row that is left out; its place is the row, as its cells are told already."""
        where = self.sheet.called
        self.refused.append(reject("workbook_row", name, line=line, value=name, sheet=where))

    def _note(self, rule: str, line: int, name: str, value: str) -> None:
        self.refused.append(
            reject(
                *(f"workbook_{rule}", value or self.sheet.titled(name)),
                bounds=_between(*self.sheet.columns[name].bounds),
                line=line,
                column=self.sheet.label(name),
                value=value,
                sheet=self.sheet.called,
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
