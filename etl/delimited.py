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
) -> pd.DataFrame:
    """Return every row as text (blanks stay empty) with `line`, its number in the file.

    Gzipped bytes are unpacked. Raises `SourceError` when they are not such a file or one of
    `columns` is missing.
    """
    try:
        plain = gzip.decompress(content) if content.startswith(GZIP) else content
        text = plain.decode(encoding)
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
        raise SourceError(f"the file ends in the middle of line {len(rows) + 1}: fetch it again")
    return rows.assign(line=range(2, len(rows) + 2))


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


def numbers(values: pd.Series[str], decimal: str = ".") -> pd.Series[float]:
    """Return the figures; NaN where there is no number."""
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
