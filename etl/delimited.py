"""Delimited text as a frame of words with line numbers, and the refusals that cells share."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from typing import TYPE_CHECKING

import pandas as pd

from etl.reading import CELLS, Refusal
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GZIP = b"\x1f\x8b"
FAULTS = (
    EOFError,
    OSError,
    UnicodeDecodeError,
    zlib.error,
    pd.errors.EmptyDataError,
    pd.errors.ParserError,
)
NUMBER = {"it": "Qui ci vuole un numero.", "en": "A number is needed here."}
DATE = {"it": "Qui ci vuole una data.", "en": "A date is needed here."}
MEND = {
    "it": "Correggere la cella: finché è rifiutata il valore manca, non è zero.",
    "en": "Mend the cell: as long as it is refused the value is missing, not zero.",
}


def read_rows(
    content: bytes,
    columns: Sequence[str],
    *,
    encoding: str = "utf-8-sig",
    separator: str = ",",
    header: str | None = None,
) -> pd.DataFrame:
    """Return every row as text (blanks stay empty) with `line`, its number in the file.

    Gzipped bytes are unpacked. `header` is the first column's name where titles stand above
    the header, tabs before the rows or notes below them. Raises `SourceError` when the bytes
    are not such a file or one of `columns` is missing.
    """
    above = 0
    try:
        plain = gzip.decompress(content) if content.startswith(GZIP) else content
        text = plain.decode(encoding)
        if header:
            text, above = _without_titles(text, header, separator)
        rows = _table(text, separator)
    except FAULTS as error:
        raise SourceError(f"not a {encoding} text separated by {separator!r}: {error}") from error
    if absent := [name for name in columns if name not in rows.columns]:
        raise SourceError(
            f"columns {absent} are missing; the header has {list(rows.columns)[:12]}: "
            "compare it with the dataset's declaration"
        )
    if rows.empty:
        raise SourceError("there is not one row below the header: fetch it again")
    if _is_cut(text, separator):
        cut = above + len(rows) + 1
        raise SourceError(f"the file ends in the middle of line {cut}: fetch it again")
    return rows.assign(line=range(above + 2, above + len(rows) + 2))


def _without_titles(text: str, header: str, separator: str) -> tuple[str, int]:
    """Return the table without titles, leading tabs and notes, and how many lines stood above.

    A note is a last line with no separator that does not begin with a digit: one that does is
    a row that broke off.
    """
    lines = [line.lstrip("\t") for line in text.splitlines()]
    firsts = [line.split(separator, 1)[0].strip(' "') for line in lines]
    if header not in firsts:
        return text, 0  # the columns that are missing are told
    above = firsts.index(header)
    while lines and separator not in lines[-1] and not lines[-1].strip(' "')[:1].isdigit():
        lines.pop()
    names = separator.join(name.strip() for name in lines[above].split(separator))
    return "\n".join([names, *lines[above + 1 :]]) + "\n", above


def _table(text: str, separator: str) -> pd.DataFrame:
    """Return the rows as words; separators beyond the header's last column are left out."""
    header = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, nrows=0).columns
    return pd.read_csv(
        io.StringIO(text),
        sep=separator,
        dtype=str,
        keep_default_na=False,
        index_col=False,
        usecols=range(len(header)),
    )


def _is_cut(text: str, separator: str) -> bool:
    """Whether the last line has fewer cells than the one before: a download that broke off."""
    lines = text.rstrip("\r\n").rsplit("\n", 2)
    before, last = (next(csv.reader([line], delimiter=separator)) for line in lines[-2:])
    return len(lines) > 2 and len(last) < len(before)  # noqa: PLR2004  # a header and two rows


def numbers(values: pd.Series[str], decimal: str = ".", ignored: str = "") -> pd.Series[float]:
    """Return the figures; NaN where there is no number. `ignored` signs say nothing: `.%`."""
    for sign in ignored:
        values = values.str.replace(sign, "", regex=False)
    plain = values.str.strip().str.replace(decimal, ".", regex=False)
    return pd.to_numeric(plain, errors="coerce").astype(float)


def cells(rows: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Return `rows`' line with the other `CELLS` columns as given, status A by default."""
    return pd.DataFrame({"line": rows["line"], "obs_status": "A", **columns})[list(CELLS)]


def refuse(
    rows: pd.DataFrame, columns: Iterable[str], rule: str, message: dict[str, str]
) -> Iterator[Refusal]:
    """Yield a refusal for each of `columns` of each of `rows`."""
    for column in columns:
        for line, value in zip(rows["line"], rows[column], strict=True):
            yield Refusal(int(line), column, str(value), rule, message, MEND)
