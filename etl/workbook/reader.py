"""Reading of a filled workbook: one frame per sheet, and the rejected cells with their place."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import isinf
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd

from etl.quarantine import reject
from etl.workbook.choices import SYNONYM
from etl.workbook.convert import WrongCellError, cell_text, choices, convert, within
from etl.workbook.schema import SEVERAL, Column, Sheet, Workbook, column_label, example_of, words
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.parsing.layout import Lists
    from warehouse.errors import Rejection

HEADER_ROWS = 3  # the header is among the first rows
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """A frame for every sheet, with `line`; the rejections; the workbook in its language.

    Its sheets know the positions of their columns.
    """

    frames: dict[str, pd.DataFrame]
    rejected: list[Rejection]
    book: Workbook


def read_workbook(content: bytes, book: Workbook, lists: Lists) -> FilledWorkbook:
    """Read every sheet; `lists` are the `accepted_lists` of the catalogue.

    A rejected cell is empty; a row that lacks a needed cell, or repeats a key, is left out, and
    so is one with a rejected cell where the sheet is read by `whole_rows`. Raises `SourceError`
    when the bytes are not a workbook, lack a sheet or a column of the template, or have no row on
    the first sheet: it would remove what was loaded before.
    """
    titles, rows = _opened(content, book)
    book = book.in_language_of(titles)
    if not rows:
        raise SourceError(reject("workbook_sheets", titles))
    missing = [s.current_title for name, s in sorted(book.sheets.items()) if name not in rows]
    if missing:
        raise SourceError(*(reject("workbook_no_sheet", t, sheet=t) for t in missing))
    readers = {name: _SheetReader(sheet, lists) for name, sheet in book.sheets.items()}
    frames = {name: reader.frame(rows[name]) for name, reader in readers.items()}
    rejected = [rejection for reader in readers.values() for rejection in reader.rejected]
    without_header = [r for r in rejected if r.rule == "workbook_sheet_header"]
    if without_header:
        raise SourceError(*without_header)
    first = next(iter(book.sheets))
    if frames[first].empty:
        raise SourceError(reject("workbook_empty", book.sheets[first].current_title), *rejected)
    sheets = {name: reader.sheet for name, reader in readers.items()}
    return FilledWorkbook(frames, rejected, book.model_copy(update={"sheets": sheets}))


def _opened(content: bytes, book: Workbook) -> tuple[list[str], dict[str, list[Row]]]:
    """Return the titles of all sheets, and the rows of those that `book` declares."""
    try:
        file = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = {name: _rows_of(file, sheet, name) for name, sheet in book.sheets.items()}
    except Exception as error:  # openpyxl, lxml and zlib raise many kinds for damaged bytes
        raise SourceError(reject("workbook_file")) from error
    return file.sheetnames, {name: sheet for name, sheet in rows.items() if sheet is not None}


def _rows_of(file: Any, sheet: Sheet, name: str) -> list[Row] | None:  # noqa: ANN401  # openpyxl's
    names = {name.casefold(), sheet.title.it.casefold(), sheet.title.en.casefold()}
    title = next((t for t in file.sheetnames if t.strip().casefold() in names), None)
    return None if title is None else list(file[title].iter_rows(values_only=True))


class _SheetReader:
    """Reads the rows of one sheet; `rejected` fills, `sheet` learns the columns' positions."""

    def __init__(self, sheet: Sheet, lists: Lists) -> None:
        self.sheet, self._lists = sheet, lists
        self.rejected: list[Rejection] = []
        self._accepted: dict[str, dict[str, str]] = {}

    def frame(self, rows: list[Row]) -> pd.DataFrame:
        start = self._header(rows)
        records = list(self._records(rows, start)) if start is not None else []
        frame = pd.DataFrame(records, columns=["line", *self.sheet.columns], dtype=object)
        return self._unique(frame)

    def _header(self, rows: list[Row]) -> int | None:
        """Find the columns by their ids, else by their titles; return the index of the data."""
        for column_of, title_rows in ((_column_by_id, 2), (_column_by_title, 1)):
            for index, row in enumerate(rows[:HEADER_ROWS]):
                positions: dict[str, int] = {}
                for position, cell in enumerate(row):
                    if (name := column_of(cell_text(cell), self.sheet)) is not None:
                        positions.setdefault(name, position)
                if set(self.sheet.key) <= positions.keys():
                    self.sheet = self.sheet.model_copy(update={"positions": positions})
                    for name in self.sheet.columns.keys() - positions.keys():
                        self._reject("sheet_header", index + 1, name, "")
                    self._reject_added_columns(rows[index:], title_rows)
                    return index + 1
        self._reject("sheet_header", 1, self.sheet.key[0], "")
        return None

    def _reject_added_columns(self, rows: list[Row], title_rows: int) -> None:
        """Report the columns with content that the template does not have.

        Their titles are in the first `title_rows`.
        """
        columns = set(range(max(map(len, rows)))) - set(self.sheet.positions.values())
        labels = []
        for column in sorted(columns):
            texts = [cell_text(row[column]) for row in rows if column < len(row)]
            if any(texts):
                title = next(filter(None, texts[:title_rows]), "")
                labels.append(column_label(column, title))
        if labels:
            sheet = self.sheet.current_title
            self.rejected.append(reject("workbook_added", labels, sheet=sheet))

    def _records(self, rows: list[Row], start: int) -> Iterator[dict[str, Any]]:
        for line, row in enumerate(rows[start:], start=start + 1):
            cells = {
                name: row[position] if position < len(row) else None
                for name, position in self.sheet.positions.items()
            }
            if any(map(cell_text, cells.values())) and not self._is_of_template(cells):
                values = self._values(line, cells)
                if values is not None:
                    yield {"line": line, **values}

    def _values(self, line: int, cells: dict[str, Any]) -> dict[str, Any] | None:
        """Return the values of a row, None where it is left out."""
        count = len(self.rejected)
        values = {name: self._value(name, line, cell) for name, cell in cells.items()}
        is_wrong = len(self.rejected) > count
        columns = self.sheet.columns.items()
        missing = [n for n, c in columns if c.needed and not _has_value(values.get(n))]
        for name in missing:
            if not cell_text(cells.get(name)):  # a wrong cell is rejected already
                self._reject("needed", line, name, "")
        if is_wrong and (missing or self.sheet.whole_rows):
            self._reject_row(line, cell_text(cells[self.sheet.key[0]]))
            return None
        return None if missing else values

    def _is_of_template(self, cells: dict[str, Any]) -> bool:
        """Return whether this is the row of titles below the hidden ids, or the example row."""
        key_columns = {name: self.sheet.columns[name] for name in self.sheet.key}
        columns = {name: column for name, column in key_columns.items() if column.needed}
        texts = {name: cell_text(cells[name]) for name in columns}
        has_titles = all(_column_by_title(text, self.sheet) == name for name, text in texts.items())
        return has_titles or all(
            column.example is not None and texts[name].casefold() in self._examples(column)
            for name, column in columns.items()
        )

    def _examples(self, column: Column) -> set[str]:
        """Return the accepted spellings of the example: its id, or its word in either language."""
        example = example_of(column, self._lists) or ""
        spellings = {example.casefold()}
        for language in ("it", "en"):
            offered = words(column, self._lists, language)
            for key in (example, f"{example}{SYNONYM}"):
                if word := offered.get(key):
                    spellings.add(word.casefold())
        return spellings

    def _value(self, name: str, line: int, cell: object) -> Any:  # noqa: ANN401  # any kind of value
        column = self.sheet.columns[name]
        if name not in self._accepted:
            self._accepted[name] = choices(self._offered(column))
        parts = cell_text(cell).split(SEVERAL) if column.several else [cell]
        values = []
        for part in parts:
            try:
                value = convert(part, column.kind, self._accepted[name])
                values.append(within(value, *column.bounds))
            except WrongCellError as error:
                self._reject(str(error), line, name, cell_text(part))
        if column.several:
            return [value for value in values if value is not None]
        return values[0] if values else None

    def _offered(self, column: Column) -> dict[str, str]:
        """Return the choices of a column in both languages."""
        offered = dict(words(column, self._lists, "it"))
        if column.choices:
            english = words(column, self._lists, "en")
            offered |= {f"{name}{SYNONYM}": word for name, word in english.items()}
        return offered

    def _unique(self, frame: pd.DataFrame) -> pd.DataFrame:
        is_repeated = frame.duplicated(list(self.sheet.key))
        for row in frame[is_repeated].to_dict("records"):
            label = " ".join(str(row[name]) for name in self.sheet.key)
            self._reject("repeated", row["line"], self.sheet.key[-1], label)
        return frame[~is_repeated]

    def _reject_row(self, line: int, name: str) -> None:
        """Report a row that is left out; the place is the row, as its cells are reported too."""
        sheet = self.sheet.current_title
        self.rejected.append(reject("workbook_row", name, line=line, value=name, sheet=sheet))

    def _reject(self, rule: str, line: int, name: str, value: str) -> None:
        self.rejected.append(
            reject(
                f"workbook_{rule}",
                value or self.sheet.column_title(name),
                bounds=_range_text(*self.sheet.columns[name].bounds),
                line=line,
                column=self.sheet.label(name),
                value=value,
                sheet=self.sheet.current_title,
            )
        )


def _range_text(least: float, most: float) -> str:
    return f"≥ {least:g}" if isinf(most) else f"{least:g}–{most:g}"


def _column_by_id(text: str, sheet: Sheet) -> str | None:
    return text if text in sheet.columns else None


def _column_by_title(text: str, sheet: Sheet) -> str | None:
    title = text.rstrip(" *").casefold()
    return next((name for name, c in sheet.columns.items() if title in _titles(c)), None)


def _titles(column: Column) -> set[str]:
    return {column.title.it.casefold(), column.title.en.casefold()}


def _has_value(value: object) -> bool:
    return value is not None and value != []
