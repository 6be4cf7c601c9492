"""Rows of a delimited text file, each with its line number, and the rows that are rejected."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from etl.parsing.text import LINE_END, decode, is_sdmx_ml, split_lines
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from etl.parsing.layout import FileContext

MAX_LISTED = 12  # columns of a header that a message lists
SEPARATORS = {",": ",", ";": ";", "\t": "tab", "|": "|"}  # and their names in messages
CHUNK = 50_000  # rows held as Python lists at a time
MAX_CELL = 2**24  # characters: an unclosed quote makes one endless cell

csv.field_size_limit(MAX_CELL)

NumberedRow = tuple[int, list[str]]  # the line at which a row begins, and its cells


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of a text, the line at which each begins, and the rows of another length."""

    header: list[str]
    rows: pd.DataFrame
    lines: list[int]
    ragged: list[NumberedRow]


def read_rows(
    content: bytes,
    columns: Sequence[str],
    *,
    encoding: str = "utf-8-sig",
    separator: str = ",",
    header: str | None = None,
    names: Sequence[str] = (),
    only: bool = False,
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return every row as text (blanks stay empty) with `line`, its number in the file.

    Also returns the rejections of rows with more or fewer cells than the header. Gzipped bytes
    are unpacked. `header` is the name of the first column where titles precede the header, tabs
    precede the rows or notes follow them; `names` are the columns of a file without header; with
    `only` the other columns are left out; `renamed` has the names of columns in this edition.
    Blanks around the names of a header, and several inside them, make no difference. Raises
    `SourceError` when the bytes are not such a file or one of `columns` is missing.
    """
    text, above = decode(content, encoding), 0
    if header:
        text, above = _without_titles(text, header, separator)
    if names:
        text, above = f"{separator.join(names)}\n{text}", -1
    line, first = next(_numbered_rows(text, separator), (1, [""]))
    if is_sdmx_ml(text):
        raise SourceError(reject("sdmx_ml"))
    first = _column_names(first, columns, renamed)
    _check_header(first, columns, separator, above + line)
    records = _records(text, first, separator, list(columns) if only else None)
    _check_end(records, above)
    rows = records.rows.assign(line=np.array(records.lines, dtype=int) + above)
    return rows, list(_ragged_rows(records, above, separator))


def read_companion(
    context: FileContext,
    name: str,
    columns: Sequence[str],
    **format_options: Any,  # noqa: ANN401  # the keyword arguments of read_rows
) -> pd.DataFrame:
    """Return the rows of a companion file.

    Raises `SourceError`, with the companion's name, when it is missing or faulty.
    """
    content = context.companion(name)
    try:
        return read_rows(content, columns, **format_options)[0]
    except SourceError as error:
        raise faulty_companion(name, error) from error


def faulty_companion(name: str, error: SourceError) -> SourceError:
    """Return the error of a companion file with the companion's name."""
    (fault,) = error.rejections
    return SourceError(reject("companion_faulty", name, fault=fault.message))


def missing_columns(absent: Sequence[str], header: Sequence[str], line: int = 1) -> Rejection:
    """Return the rejection of a table without some columns; it lists those of the header."""
    listed = list(header[:MAX_LISTED])
    return reject(
        "columns_missing", line=line, column=absent[0], columns=list(absent), header=listed
    )


def _without_titles(text: str, header: str, separator: str) -> tuple[str, int]:
    """Return the table without titles, leading tabs and notes, and the number of lines removed.

    A note is a line at the end without separator that does not begin with a digit: one that does
    is a row that was cut off.
    """
    lines = [line.lstrip("\t") for line in LINE_END.split(text)]
    first_cells = [line.split(separator, 1)[0].strip(' "') for line in lines]
    if header not in first_cells:
        return text, 0  # the check of the header reports the missing columns
    above = first_cells.index(header)
    while lines and separator not in lines[-1] and not lines[-1].strip(' "')[:1].isdigit():
        lines.pop()
    names = separator.join(name.strip() for name in lines[above].split(separator))
    return "\n".join([names, *lines[above + 1 :]]) + "\n", above


def _column_names(
    header: Sequence[str], columns: Iterable[str], renamed: Mapping[str, str]
) -> list[str]:
    """Return the names of a header, those of `columns` as they are asked for."""
    known = {_squeezed(name): name for name in columns}
    names = [_squeezed(cell) for cell in header]
    present = set(names)
    for name, new in renamed.items():
        if _squeezed(name) not in present:
            known[_squeezed(new)] = name
    return [known.get(name, name) for name in names]


def _squeezed(text: str) -> str:
    """Return a text without blanks around it and with single ones inside."""
    return " ".join(text.split())


def _check_header(header: list[str], columns: Sequence[str], separator: str, line: int) -> None:
    """Raise `SourceError` where the header lacks a column, or repeats one."""
    absent = [name for name in columns if name not in header]
    separators = [sign for sign in SEPARATORS if sign != separator and sign in header[0]]
    if absent and len(header) == 1 and separators:
        declared, actual = SEPARATORS[separator], SEPARATORS[separators[0]]
        raise SourceError(reject("separator", line=line, declared=declared, found=actual))
    if absent:
        raise SourceError(missing_columns(absent, header, line))
    if repeated := [name for name in columns if header.count(name) > 1]:
        raise SourceError(reject("header_twice", line=line, column=repeated[0]))


def _records(text: str, header: list[str], separator: str, wanted: list[str] | None) -> Records:
    """Return the rows of a text, of the columns `wanted` (all if None); there is at least one."""
    records = _even_records(text, header, separator, wanted)
    records = records or _uneven_records(text, header, separator, wanted)
    if not records.lines and not records.ragged:
        raise SourceError(reject("no_rows"))
    return records


def _even_records(
    text: str, header: list[str], separator: str, wanted: list[str] | None
) -> Records | None:
    """Return the rows of a text without quotes whose lines all have the same number of cells."""
    if '"' in text or len(header) == 1:
        return None
    lines = LINE_END.split(text)
    while not lines[-1]:
        lines.pop()
    if {line.count(separator) for line in lines} != {len(header) - 1}:
        return None
    unique = _unique_names(header)
    rows = pd.read_csv(
        io.StringIO(text),
        sep=separator,
        dtype=str,
        keep_default_na=False,
        index_col=False,
        quoting=csv.QUOTE_NONE,
        header=None,
        skiprows=1,
        names=unique,
        usecols=[name for name in unique if not wanted or name in wanted],
    )
    return Records(header, rows, list(range(2, len(rows) + 2)), [])


def _unique_names(header: Sequence[str]) -> list[str]:
    """Return the names of the columns; a repeated one gets its position as suffix."""
    return [
        name if header.index(name) == index else f"{name}.{index}"
        for index, name in enumerate(header)
    ]


def _uneven_records(
    text: str, header: list[str], separator: str, wanted: list[str] | None
) -> Records:
    """Return the rows of any text.

    Blank cells beyond the header's names are allowed where the header has them too, or where
    every row has them; otherwise such a row is too long: one of its cells was split in two.
    """
    numbered = _numbered_rows(text, separator)
    next(numbered)
    names = _trimmed(header, 1)
    ragged: list[NumberedRow] = []
    rows, lines = _frame(_fitting(numbered, len(names), len(header), ragged), names, wanted)
    if not lines:
        trimmed = [(line, _trimmed(row, len(names))) for line, row in ragged]
        ragged.clear()
        rows, lines = _frame(_fitting(trimmed, len(names), len(names), ragged), names, wanted)
    return Records(names, rows, lines, ragged)


def _fitting(
    rows: Iterable[NumberedRow], width: int, max_width: int, ragged: list[NumberedRow]
) -> Iterator[NumberedRow]:
    """Yield the rows of `width` cells, blank ones up to `max_width` cut; collect the `ragged`.

    Rows are streamed, so the second result is a list that fills while the first is consumed.
    """
    for line, row in rows:
        cut = _trimmed(row, width) if len(row) <= max_width else row
        if len(cut) == width:
            yield line, cut
        else:
            ragged.append((line, row))


def _frame(
    rows: Iterator[NumberedRow], names: list[str], wanted: list[str] | None
) -> tuple[pd.DataFrame, list[int]]:
    """Return rows as a frame, built in chunks."""
    columns = {
        index: unique
        for index, (name, unique) in enumerate(zip(names, _unique_names(names), strict=True))
        if not wanted or name in wanted
    }
    lines: list[int] = []
    parts = [pd.DataFrame(columns=list(columns.values()), dtype="str")]
    while chunk := list(islice(rows, CHUNK)):
        lines += [line for line, _ in chunk]
        texts = {name: [row[index] for _, row in chunk] for index, name in columns.items()}
        parts.append(pd.DataFrame(texts, dtype="str"))
    return pd.concat(parts, ignore_index=True), lines


def _trimmed(row: list[str], least: int) -> list[str]:
    """Return a row without the blank cells at its end, beyond the first `least` ones."""
    while len(row) > least and not row[-1].strip():
        row = row[:-1]
    return row


def _numbered_rows(text: str, separator: str) -> Iterator[NumberedRow]:
    """Yield each row that is not blank with the line at which it begins."""
    reader = csv.reader(split_lines(text), delimiter=separator)
    end, start = 0, 0  # lines: the end of the row before, the start of the last row
    row: list[str] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield end + 1, row
            end, start = reader.line_num, end
    except csv.Error:  # a cell longer than MAX_CELL
        raise SourceError(reject("quote_open", line=end + 1)) from None
    if row and "\n" in row[-1] and not text.rstrip().endswith('"'):
        raise SourceError(reject("quote_open", line=start + 1))


def _ragged_rows(records: Records, above: int, separator: str) -> Iterator[Rejection]:
    expected = len(records.header)
    for line, row in records.ragged:
        text = separator.join(row)
        yield reject("ragged", line=above + line, value=text, found=len(row), expected=expected)


def _check_end(records: Records, above: int) -> None:
    """Raise `SourceError` where the last row was cut off: an incomplete download."""
    if not records.ragged:
        return
    line, row = records.ragged[-1]
    is_last = not records.lines or line > records.lines[-1]
    is_note = len(row) == 1 and not row[0].strip()[:1].isdigit()
    if is_last and len(row) < len(records.header) and not is_note:
        raise SourceError(reject("cut", line=above + line))
