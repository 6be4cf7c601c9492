"""Reading of one sheet of a workbook: its rows as a frame, and what is rejected by cell."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from math import isinf
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.names import normalise_name
from etl.quarantine import reject
from etl.workbook.cell_rejection import reject_cell
from etl.workbook.cell_values import ExcelError, UncalculatedFormula
from etl.workbook.choices import MERGED, SYNONYM
from etl.workbook.convert import WrongCellError, cell_text, choices, convert, within
from etl.workbook.schema import SEVERAL, Column, Sheet, column_label, example_of, words
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.parsing.layout import Lists
    from etl.workbook.cell_values import Cells
    from warehouse.config import Years
    from warehouse.errors import Rejection

    Rows = Iterable[tuple[int, Cells]]

HEADER_ROWS = 3  # the header is among the first rows
MOST_ROWS = 100_000  # of a sheet
MOST_EMPTY = 1000  # rows after which a sheet ends
MOST_NAMES = 20  # columns or rows that one message names
Record = dict[str, Any]


class SheetReader:
    """Reads the rows of one sheet; `rejected` fills, `sheet` learns the columns' positions."""

    def __init__(self, sheet: Sheet, lists: Lists, years: Years) -> None:
        """Read a declared sheet; `lists` are what its cells may name."""
        self.sheet, self._lists, self._years = sheet, lists, years
        self.rejected: list[Rejection] = []
        self._accepted: dict[str, dict[str, str]] = {}
        self._examples: dict[str, set[str]] = {}
        self._read: dict[tuple[str, object], Any] = {}
        self._titles: dict[int, str] = {}
        self._added: set[int] = set()
        self._notes: list[tuple[int, str]] = []
        self._needed = [name for name, column in sheet.columns.items() if column.needed]

    def frame(self, rows: Rows) -> pd.DataFrame:
        """Return the good rows, with their `line`."""
        remaining = iter(rows)
        first, data = [], []
        for line, cells in remaining:
            if line > HEADER_ROWS:
                data = [(line, cells)]
                break
            first.append((line, cells))
        start = self._header(first)
        records: list[Record] = []
        if start is not None:
            body = chain((row for row in first if row[0] > start), data, remaining)
            records = list(self._records(self._bounded(body, start)))
            self._report_added_columns()
            self._report_notes()
        return self._unique(frame_of(self.sheet, records))

    def _header(self, rows: list[tuple[int, Cells]]) -> int | None:
        """Find the columns by their ids, else by their titles; return the header's line."""
        for column_of, title_rows in ((_column_by_id, 2), (_column_by_title, 1)):
            for line, cells in rows:
                positions: dict[str, int] = {}
                for position, cell in sorted(cells.items()):
                    if (name := column_of(cell_text(cell), self.sheet)) is not None:
                        positions.setdefault(name, position)
                if set(self.sheet.key) <= positions.keys():
                    self.sheet = self.sheet.model_copy(update={"positions": positions})
                    for name, column in self.sheet.columns.items():
                        if name not in positions and not column.may_be_absent:
                            self._reject("sheet_header", line, name, "")
                    titles = (c for n, c in rows if line <= n < line + title_rows)
                    for position, cell in (pair for c in titles for pair in c.items()):
                        self._titles.setdefault(position, cell_text(cell))
                    self._added = self._titles.keys() - positions.values()
                    return line
        self._reject("sheet_header", 1, self.sheet.key[0], "")
        return None

    def _bounded(self, rows: Rows, start: int) -> Iterator[tuple[int, Cells]]:
        """Yield the rows up to the empty ones that end the sheet; raises `SourceError` if many."""
        last, title = start, self.sheet.current_title
        for count, (line, cells) in enumerate(rows, start=1):
            if line - last > MOST_EMPTY:
                self.rejected.append(
                    reject(
                        "workbook_below", line, line=line, sheet=title, last=last, most=MOST_EMPTY
                    )
                )
                return
            if count > MOST_ROWS:
                raise SourceError(reject("workbook_rows", title, sheet=title, most=MOST_ROWS))
            last = line
            yield line, cells

    def _records(self, rows: Rows) -> Iterator[Record]:
        name_of = {position: name for name, position in self.sheet.positions.items()}
        empty: Record = dict.fromkeys(self.sheet.columns)
        for line, row in rows:
            cells = empty.copy()
            filled = []
            for position, cell in row.items():
                name = name_of.get(position)
                if name is None:
                    self._added.add(position)
                elif cell.__class__ is not str or cell.strip():
                    cells[name] = cell
                    filled.append(name)
            if not filled or self._is_of_template(cells, filled):
                continue
            if len(filled) == 1 and len(self._needed) > 1:
                self._notes.append((line, cell_text(cells[filled[0]])))
                continue
            values = self._values(line, cells)
            if values is not None:
                yield {"line": line, **values}

    def _values(self, line: int, cells: Record) -> Record | None:
        """Return the values of a row, None where it is left out."""
        count = len(self.rejected)
        values = {name: self._value(name, line, cell) for name, cell in cells.items()}
        is_wrong = len(self.rejected) > count
        missing = [name for name in self._needed if not _has_value(values.get(name))]
        if is_wrong and (missing or self.sheet.whole_rows):
            self.rejected[count:] = map(_with_row, self.rejected[count:])
        empty = [name for name in missing if not cell_text(cells.get(name))]
        if empty:
            self._reject_incomplete(line, empty, cell_text(cells[self.sheet.key[0]]))
        return None if missing or (is_wrong and self.sheet.whole_rows) else values

    def _is_of_template(self, cells: Record, filled: list[str]) -> bool:
        """Return whether this is the row of titles below the hidden ids, or the example row.

        The example has nothing but its own cells, some of which may have been emptied.
        """
        first = self.sheet.key[0]
        text = cell_text(cells[first])
        if text.casefold() in self._examples_of(first):
            return all(cell_text(cells[n]).casefold() in self._examples_of(n) for n in filled)
        if _column_by_title(text, self.sheet) != first:
            return False
        needed = [name for name in self.sheet.key if self.sheet.columns[name].needed]
        return all(_column_by_title(cell_text(cells[n]), self.sheet) == n for n in needed)

    def _examples_of(self, name: str) -> set[str]:
        """Return the accepted spellings of the example: its id, or its word in either language."""
        if name not in self._examples:
            column = self.sheet.columns[name]
            example = example_of(column, self._lists)
            spellings = {example.casefold()} if example else set()
            for language in ("it", "en"):
                offered = words(column, self._lists, language)
                for key in (example, f"{example}{SYNONYM}"):
                    if word := offered.get(str(key)):
                        spellings.add(word.casefold())
            self._examples[name] = spellings
        return self._examples[name]

    def _value(self, name: str, line: int, cell: object) -> Any:  # noqa: ANN401  # any kind of value
        column = self.sheet.columns[name]
        if cell is None:
            return [] if column.several else None
        is_text = cell.__class__ is str
        if is_text and (name, cell) in self._read:
            return self._read[name, cell]
        count = len(self.rejected)
        value = self._read_value(column, name, line, cell)
        if is_text and len(self.rejected) == count:
            self._read[name, cell] = value
        return value

    def _read_value(self, column: Column, name: str, line: int, cell: object) -> Any:  # noqa: ANN401  # any kind of value
        if name not in self._accepted:
            self._accepted[name] = choices(self._offered(column))
        is_whole = not column.several or isinstance(cell, (ExcelError, UncalculatedFormula))
        parts = [cell] if is_whole else cell_text(cell).split(SEVERAL)
        values = []
        for part in parts:
            try:
                value = convert(part, column.kind, self._accepted[name], self._years)
                values.append(within(value, *column.bounds))
            except WrongCellError as error:
                self._reject_cell(str(error), line, name, cell_text(part))
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

    def _report_added_columns(self) -> None:
        """Report the columns with content that the template does not have."""
        labels = [column_label(n, self._titles.get(n, "")) for n in sorted(self._added)]
        if labels:
            sheet = self.sheet.current_title
            self.rejected.append(reject("workbook_added", _first(labels), sheet=sheet))

    def _report_notes(self) -> None:
        """Report the rows with a single cell, such as notes under the table, on one line."""
        if self._notes:
            (line, text), sheet = self._notes[0], self.sheet.current_title
            lines = _first([str(number) for number, _ in self._notes])
            self.rejected.append(reject("workbook_note", lines, line=line, value=text, sheet=sheet))

    def _reject_incomplete(self, line: int, empty: list[str], row: str) -> None:
        """Report the needed cells of a row that are empty, on one line."""
        if len(empty) == 1:
            self._reject("needed", line, empty[0], "")
            return
        sheet, titles = self.sheet.current_title, [self.sheet.column_title(n) for n in empty]
        self.rejected.append(
            reject("workbook_incomplete", titles, line=line, value=row, sheet=sheet)
        )

    def _reject_cell(self, rule: str, line: int, name: str, value: str) -> None:
        """Report a cell; a municipality that has merged with what it is part of now."""
        merged = self._lists.get(MERGED, {}) if rule == "choice" else {}
        successor = merged.get(normalise_name(value))
        if successor and self.sheet.columns[name].from_list:
            self._reject("merged", line, name, value, successor=successor)
        else:
            self._reject(rule, line, name, value)

    def _reject(self, rule: str, line: int, name: str, value: str, **more: str) -> None:
        position = self.sheet.positions.get(name)
        title = self.sheet.column_title(name)
        self.rejected.append(
            reject_cell(
                self.sheet,
                name,
                rule,
                line,
                value,
                what=title if not value or rule == "formula" else value,
                bounds=_range_text(*self.sheet.columns[name].bounds),
                years=str(self._years),
                cell=title if position is None else f"{column_label(position, '')}{line}",
                **more,
            )
        )


def frame_of(sheet: Sheet, records: Iterable[Record] = ()) -> pd.DataFrame:
    """Return the rows of a sheet as a frame, with their `line`; by default none."""
    return pd.DataFrame([*records], columns=["line", *sheet.columns], dtype=object)


def _with_row(rejection: Rejection) -> Rejection:
    """Return the rejection of a cell that says that its row is left out."""
    return replace(rejection, values=dict(rejection.values, note={"rule": "workbook_row"}))


def _range_text(least: float, most: float) -> str:
    return f"≥ {least:g}" if isinf(most) else f"{least:g}–{most:g}"


def _first(names: list[str]) -> list[str]:
    """Return the first names, and a sign for those that follow."""
    return names if len(names) <= MOST_NAMES else [*names[:MOST_NAMES], "…"]


def _column_by_id(text: str, sheet: Sheet) -> str | None:
    return text if text in sheet.columns else None


def _column_by_title(text: str, sheet: Sheet) -> str | None:
    return sheet.names_by_title.get(text.rstrip(" *").casefold())


def _has_value(value: object) -> bool:
    return value is not None and value != []
