"""Cells of a file: the frame that layouts return, their rejections, the filter by province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.layout import CELL_COLUMNS
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.errors import Rejection

CODE = r"\d{1,8}(\.0)?"


def to_cells(rows: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Return the line of `rows` with the other `CELL_COLUMNS` as passed, status A by default."""
    return pd.DataFrame({"line": rows["line"], "obs_status": "A", **columns})[list(CELL_COLUMNS)]


def no_cells() -> pd.DataFrame:
    """Return the cells of a file without figures."""
    return pd.DataFrame(columns=list(CELL_COLUMNS))


def reject_cells(rows: pd.DataFrame, columns: Iterable[str], rule: str) -> list[Rejection]:
    """Return a rejection by one rule for each of `columns` of each of `rows`."""
    return [
        reject(rule, line=int(line), column=column, value=value)
        for column in columns
        for line, value in zip(rows["line"], rows[column], strict=True)
    ]


def in_province(codes: pd.Series[str], province: str | None) -> pd.Series[bool]:
    """Return which codes begin with `province` (three digits, or None for all).

    What is not a code counts as inside, so that it is rejected and not lost.
    """
    texts = codes.str.strip()
    padded = texts.str.removesuffix(".0").str.zfill(6).str[-6:]
    return padded.str.startswith(province or "") | ~texts.str.fullmatch(CODE)


def numbered_in_province(codes: pd.Series[str], province: str | None) -> pd.Series[bool]:
    """Return which codes begin with `province`, where a file has places of other kinds too.

    A text that begins with a digit and is not a code, such as `15146*` with its footnote, counts
    as inside, so that it is rejected and not lost; blanks and words are outside.
    """
    begins_with_digit = codes.str.strip().str[:1].str.isdigit()
    return in_province(codes, province) & (begins_with_digit | (province is None))
