"""Rows of a delimited text file, each with its line number, and the rows that are rejected."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from etl.parsing.records import numbered_rows, read_records
from etl.parsing.text import LINE_END, decode, is_sdmx_ml
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from etl.parsing.layout import FileContext
    from etl.parsing.records import Records

MAX_LISTED = 12  # columns of a header that a message lists
SEPARATORS = {",": ",", ";": ";", "\t": "tab", "|": "|"}  # and their names in messages


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
    line, first = next(numbered_rows(text, separator), (1, [""]))
    if is_sdmx_ml(text):
        raise SourceError(reject("sdmx_ml"))
    first = _column_names(first, columns, renamed)
    _check_header(first, columns, separator, above + line)
    records = read_records(text, first, separator, list(columns) if only else None)
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
