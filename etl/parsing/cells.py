"""Cells of a file: the frame that layouts return, their rejections, the filter by province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.layout import CELL_COLUMNS
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warehouse.errors import Rejection

CODE = r"\d{1,9}(\.0)?"  # 15146, 015146, 03015146, 003015146, 15146.0
PART = r"\d{1,8}(\.0)?"  # of a code in two columns: its province or municipality
A_CODE = r"(\d{4,9})"  # anywhere in a text
A_CODE_IN_IT = r"^\d|\d{5}"


def to_cells(rows: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Return the line of `rows` with the other `CELL_COLUMNS` as passed, status A by default."""
    return pd.DataFrame({"line": rows["line"], "obs_status": "A", **columns})[list(CELL_COLUMNS)]


def no_cells() -> pd.DataFrame:
    """Return the cells of a file without figures."""
    return pd.DataFrame(columns=list(CELL_COLUMNS))


def reject_cells(rows: pd.DataFrame, columns: Iterable[str], rule: str) -> list[Rejection]:
    """Return a rejection by one rule for each of `columns` of each of `rows`."""
    return [
        reject(rule, value, line=int(line), column=column, value=value)
        for column in columns
        for line, value in zip(rows["line"], rows[column], strict=True)
    ]


def in_province(codes: pd.Series[str], province: str | None) -> pd.Series[bool]:
    """Return which codes begin with `province` (three digits, or None for all).

    What is not a code counts as inside, so that it is rejected and not lost.
    """
    is_code = codes.str.strip().str.fullmatch(CODE)
    return six_digits(codes).str.startswith(province or "") | ~is_code


def numbered_in_province(codes: pd.Series[str], province: str | None) -> pd.Series[bool]:
    """Return which codes begin with `province`, where a file has places of other kinds too.

    A text with a code in it, such as `15146*` with its footnote or `'015146`, counts as inside, so
    that it is rejected and not lost; blanks, words and the codes of regions are outside.
    """
    has_code = codes.str.strip().str.contains(A_CODE_IN_IT)
    return in_province(codes, province) & (has_code | (province is None))


def six_digits(codes: pd.Series[str]) -> pd.Series[str]:
    """Return codes of any padding as six digits; a text that is not a code stays unchanged."""
    texts = codes.str.strip()
    padded = texts.str.removesuffix(".0").str.zfill(6).str[-6:]
    return padded.where(texts.str.fullmatch(CODE), texts)


def is_sure(codes: pd.Series[str]) -> pd.Series[bool]:
    """Return which rows a sum may count: not those of a code that another row has with more."""
    texts = codes.str.strip()
    is_code = texts.str.fullmatch(CODE)
    unsure = six_digits(texts[~is_code].str.extract(A_CODE, expand=False).dropna())
    return ~is_code | ~six_digits(codes).isin(list(unsure))


def absent_places(
    codes: pd.Series[str], places: Iterable[str], merged_into: Mapping[str, str]
) -> list[str]:
    """Return the municipalities without a row in a complete file, as municipalities then were.

    Where the file has one of those that merged, the others of the merger are absent rather than
    their successor. Where a row has no code nobody knows who is absent: none.
    """
    if not codes.str.strip().str.fullmatch(CODE).all():
        return []
    present = set(six_digits(codes))
    successors = {merged_into[code] for code in present & merged_into.keys()}
    before = {code for code, successor in merged_into.items() if successor in successors}
    return sorted((set(places) - merged_into.keys() - successors | before) - present)


def joined_code(province: pd.Series[str], municipality: pd.Series[str]) -> pd.Series[str]:
    """Return the six digits of codes in two columns; what is not a number stays in the text."""
    parts = [_three_digits(province), _three_digits(municipality)]
    return parts[0] + parts[1]


def _three_digits(parts: pd.Series[str]) -> pd.Series[str]:
    texts = parts.str.strip()
    padded = texts.str.removesuffix(".0").str.zfill(3).str[-3:]
    return padded.where(texts.str.fullmatch(PART), texts)
