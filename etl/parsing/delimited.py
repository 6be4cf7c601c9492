"""Delimited text as a frame of words with line numbers, and the refusals that cells share."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from etl.parsing.layout import CELL_COLUMNS
from etl.parsing.text import LINE_END, lines_of, plain
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST = 12  # columns of a header that a message lists
SEPARATORS = {",": ",", ";": ";", "\t": "tab", "|": "|"}  # and how a message writes them
PIECE = 50_000  # rows that are held as words
LONGEST_CELL = 2**24  # a quote that is never closed makes one without end
CODE = r"\d{1,8}(\.0)?"
THOUSANDS = ".,'’ \u00a0\u202f"  # signs that may part them

csv.field_size_limit(LONGEST_CELL)


class Records(NamedTuple):
    """The rows of a text, the line at which each begins, and those of another length."""

    header: list[str]
    rows: pd.DataFrame
    lines: list[int]
    ragged: list[tuple[int, list[str]]]


def read_rows(
    content: bytes,
    columns: Sequence[str],
    *,
    encoding: str = "utf-8-sig",
    separator: str = ",",
    header: str | None = None,
    names: Sequence[str] = (),
    only: bool = False,
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return every row as text (blanks stay empty) with `line`, its number in the file.

    Also the refusals of rows with more or fewer cells than the header. Gzipped bytes are
    unpacked. `header` is the first column's name where titles stand above the header, tabs
    before the rows or notes below them; `names` are the columns of a file without header; with
    `only` the other columns are left out. Raises `SourceError` when the bytes are not such a
    file or one of `columns` is missing.
    """
    text, above = plain(content, encoding), 0
    if header:
        text, above = _without_titles(text, header, separator)
    if names:
        text, above = f"{separator.join(names)}\n{text}", -1
    line, first = next(_numbered(text, separator), (1, [""]))
    _check(first, columns, separator, above + line)
    wanted = list(columns) if only else None
    records = _even(text, first, separator, wanted) or _uneven(text, separator, wanted)
    if not records.lines and not records.ragged:
        raise SourceError(reject("no_rows"))
    _check_end(records, above)
    rows = records.rows.assign(line=np.array(records.lines, dtype=int) + above)
    return rows, list(_ragged(records, above, separator))


def rows_beside(
    options: Mapping[str, Any],
    name: str,
    columns: Sequence[str],
    **how: Any,  # noqa: ANN401  # what read_rows takes
) -> pd.DataFrame:
    """Return the rows of the file that completes this one, `options["beside"][name]`.

    Raises `SourceError`, which names that file, when it is missing or faulty.
    """
    if name not in options.get("beside", {}):
        raise SourceError(reject("beside_missing", name))
    try:
        return read_rows(options["beside"][name], columns, **how)[0]
    except SourceError as error:
        (fault,) = error.refusals
        raise SourceError(reject("beside_faulty", name, fault=fault.message)) from error


def _without_titles(text: str, header: str, separator: str) -> tuple[str, int]:
    """Return the table without titles, leading tabs and notes, and how many lines stood above.

    A note is a last line with no separator that does not begin with a digit: one that does is
    a row that broke off.
    """
    lines = [line.lstrip("\t") for line in LINE_END.split(text)]
    firsts = [line.split(separator, 1)[0].strip(' "') for line in lines]
    if header not in firsts:
        return text, 0  # the columns that are missing are told
    above = firsts.index(header)
    while lines and separator not in lines[-1] and not lines[-1].strip(' "')[:1].isdigit():
        lines.pop()
    names = separator.join(name.strip() for name in lines[above].split(separator))
    return "\n".join([names, *lines[above + 1 :]]) + "\n", above


def _check(names: list[str], columns: Sequence[str], separator: str, line: int) -> None:
    """Raise `SourceError` where the header lacks a column, or has one of them twice."""
    absent = [name for name in columns if name not in names]
    others = [sign for sign in SEPARATORS if sign != separator and sign in names[0]]
    if absent and len(names) == 1 and others:
        declared, found = SEPARATORS[separator], SEPARATORS[others[0]]
        raise SourceError(reject("separator", line=line, declared=declared, found=found))
    if absent:
        raise SourceError(
            reject(
                "columns_missing", line=line, column=absent[0], columns=absent, header=names[:MOST]
            )
        )
    if twice := [name for name in columns if names.count(name) > 1]:
        raise SourceError(reject("header_twice", line=line, column=twice[0]))


def _even(text: str, names: list[str], separator: str, wanted: list[str] | None) -> Records | None:
    """Return the rows of a text without quotes whose lines have all the same number of cells."""
    if '"' in text or len(names) == 1:
        return None
    lines = LINE_END.split(text)
    while not lines[-1]:
        lines.pop()
    if {line.count(separator) for line in lines} != {len(names) - 1}:
        return None
    rows = pd.read_csv(
        io.StringIO(text),
        sep=separator,
        dtype=str,
        keep_default_na=False,
        index_col=False,
        quoting=csv.QUOTE_NONE,
        usecols=wanted,
    )
    return Records(names, rows, list(range(2, len(rows) + 2)), [])


def _uneven(text: str, separator: str, wanted: list[str] | None) -> Records:
    """Return the rows of any text.

    Blank cells beyond the header's names may stand where the header has them too, or where no
    row is without; else such a row is too long: one of its cells was split in two.
    """
    lines = _numbered(text, separator)
    header = next(lines)[1]
    names = _trimmed(header, 1)
    others: list[tuple[int, list[str]]] = []
    rows, at = _framed(_fitting(lines, len(names), len(header), others), names, wanted)
    if not at:
        trimmed = [(line, _trimmed(row, len(names))) for line, row in others]
        others.clear()
        rows, at = _framed(_fitting(trimmed, len(names), len(names), others), names, wanted)
    return Records(names, rows, at, others)


def _fitting(
    lines: Iterable[tuple[int, list[str]]],
    cells: int,
    most: int,
    others: list[tuple[int, list[str]]],
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of so many cells, with blank ones up to `most`; add the rest to `others`."""
    for line, row in lines:
        cut = _trimmed(row, cells) if len(row) <= most else row
        if len(cut) == cells:
            yield line, cut
        else:
            others.append((line, row))


def _framed(
    rows: Iterator[tuple[int, list[str]]], names: list[str], wanted: list[str] | None
) -> tuple[pd.DataFrame, list[int]]:
    """Return rows as a frame, made piece by piece; a name that stands twice gets its place."""
    said = {
        at: name if names.index(name) == at else f"{name}.{at}"
        for at, name in enumerate(names)
        if not wanted or name in wanted
    }
    lines: list[int] = []
    parts = [pd.DataFrame(columns=list(said.values()), dtype="str")]
    while piece := list(islice(rows, PIECE)):
        lines += [line for line, _ in piece]
        words = {name: [row[at] for _, row in piece] for at, name in said.items()}
        parts.append(pd.DataFrame(words, dtype="str"))
    return pd.concat(parts, ignore_index=True), lines


def _trimmed(row: list[str], least: int) -> list[str]:
    """Return a row without the blank cells at its end, but for the first `least` ones."""
    while len(row) > least and not row[-1].strip():
        row = row[:-1]
    return row


def _numbered(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with the line at which it begins."""
    reader = csv.reader(lines_of(text), delimiter=separator)
    last, row = 0, []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield last + 1, row
            last, begun = reader.line_num, last
    except csv.Error:  # a cell beyond what csv takes for one
        raise SourceError(reject("quote_open", line=last + 1)) from None
    if row and "\n" in row[-1] and not text.rstrip().endswith('"'):
        raise SourceError(reject("quote_open", line=begun + 1))


def _ragged(records: Records, above: int, separator: str) -> Iterator[Rejection]:
    expected = len(records.header)
    for line, row in records.ragged:
        said = separator.join(row)
        yield reject("ragged", line=above + line, value=said, found=len(row), expected=expected)


def _check_end(records: Records, above: int) -> None:
    """Raise `SourceError` where the last row broke off: a download that did not end."""
    if not records.ragged:
        return
    line, row = records.ragged[-1]
    is_last = not records.lines or line > records.lines[-1]
    is_note = len(row) == 1 and not row[0].strip()[:1].isdigit()
    if is_last and len(row) < len(records.header) and not is_note:
        raise SourceError(reject("cut", line=above + line))


def in_province(codes: pd.Series[str], province: str | None) -> pd.Series[bool]:
    """Return which codes begin with `province` (three digits, or none for all).

    What is no code at all is left in, so that it is refused and not lost.
    """
    said = codes.str.strip()
    own = said.str.removesuffix(".0").str.zfill(6).str[-6:].str.startswith(province or "")
    return own | ~said.str.fullmatch(CODE)


def numbers(values: pd.Series[str], decimal: str = ".", ignored: str = "") -> pd.Series[float]:
    """Return the figures; NaN where there is no number. `ignored` signs say nothing: `.%`.

    One that may part thousands says nothing only between groups of three digits: elsewhere
    nobody knows what it means. Beside another decimal sign a point is no number either.
    """
    plain_ = values.str.strip()
    for sign in sorted(ignored, key=THOUSANDS.__contains__):  # those that stand at an end first
        plain_ = _without(plain_, sign, decimal)
    if decimal != ".":
        plain_ = plain_.mask(plain_.str.contains(".", regex=False), "")
        plain_ = plain_.str.replace(decimal, ".", regex=False)
    found = pd.to_numeric(plain_, errors="coerce").astype(float)
    return found.where(np.isfinite(found))


def _without(values: pd.Series[str], sign: str, decimal: str) -> pd.Series[str]:
    """Take a sign away; blank is what has a thousands' mark that parts no thousands."""
    bare = values.str.replace(sign, "", regex=False).str.strip()
    if sign not in THOUSANDS:
        return bare
    mark, fraction = re.escape(sign), "" if sign == decimal else rf"({re.escape(decimal)}\d+)?"
    grouped = values.str.fullmatch(rf"-?\d{{1,3}}({mark}\d{{3}})+{fraction}")
    return bare.mask(values.str.contains(sign, regex=False) & ~grouped, "")


def figures(
    rows: pd.DataFrame, columns: Iterable[str], decimal: str = ".", ignored: str = ""
) -> pd.DataFrame:
    """Return the `numbers` of some columns, floats even where there is no row."""
    read = {name: numbers(rows[name], decimal, ignored) for name in columns}
    return pd.DataFrame(read, index=rows.index, dtype=float)


def cells(rows: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Return `rows`' line with the other `CELL_COLUMNS` columns as given, status A by default."""
    return pd.DataFrame({"line": rows["line"], "obs_status": "A", **columns})[list(CELL_COLUMNS)]


def refuse(rows: pd.DataFrame, columns: Iterable[str], rule: str) -> Iterator[Rejection]:
    """Yield a refusal, in the words of a rule, for each of `columns` of each of `rows`."""
    for column in columns:
        for line, value in zip(rows["line"], rows[column], strict=True):
            yield reject(rule, line=int(line), column=column, value=value)
