"""The cells of a delimited text, row by row, whether its rows are all of one width or not."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.text import LINE_END, split_lines
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def read_records(text: str, header: list[str], separator: str, wanted: list[str] | None) -> Records:
    """Return the rows of a text, of the columns `wanted` (all if None); there is at least one."""
    records = _even_records(text, header, separator, wanted)
    records = records or _uneven_records(text, header, separator, wanted)
    if not records.lines and not records.ragged:
        raise SourceError(reject("no_rows"))
    return records


def numbered_rows(text: str, separator: str) -> Iterator[NumberedRow]:
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


def _even_records(
    text: str, header: list[str], separator: str, wanted: list[str] | None
) -> Records | None:
    """Return the rows of a text without quotes, all of one width; None if it is another text.

    Where that width is not the header's, cells beyond its names are blank.
    """
    if '"' in text or len(header) == 1:
        return None
    first, *lines = LINE_END.split(text)
    while lines and not lines[-1]:
        lines.pop()
    widths = {line.count(separator) + 1 for line in lines}
    if first.count(separator) != len(header) - 1 or len(widths) != 1:
        return None
    (width,) = widths
    names = header if width == len(header) else _trimmed(header, 1)
    unique = _unique_names(names)
    beyond = [f"{separator}{number}" for number in range(len(names), width)]
    if width < len(names):
        return None
    rows = pd.read_csv(
        io.StringIO(text),
        sep=separator,
        dtype=str,
        keep_default_na=False,
        index_col=False,
        quoting=csv.QUOTE_NONE,
        header=None,
        skiprows=1,
        names=[*unique, *beyond],
        usecols=[*(name for name in unique if not wanted or name in wanted), *beyond],
    )
    if any((rows[name].str.strip() != "").any() for name in beyond):
        return None
    rows = rows.drop(columns=beyond)
    return Records(names, rows, list(range(2, len(rows) + 2)), [])


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
    numbered = numbered_rows(text, separator)
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
