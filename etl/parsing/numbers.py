"""Numbers in text columns: decimal signs, thousands separators, signs to ignore."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

THOUSANDS = ".,'’ \u00a0\u202f"  # signs that may separate thousands


def numbers(values: pd.Series[str], decimal: str = ".", ignored: str = "") -> pd.Series[float]:
    """Return the numbers of a column, NaN where there is none; `ignored` are signs such as `.%`.

    A sign that may separate thousands is ignored only between groups of three digits: elsewhere
    its meaning is unknown. Where the decimal sign is another one, a point is not a number either.
    """
    texts = values.str.strip()
    # percent and currency signs go first: they may follow the last group of digits
    for sign in sorted(ignored, key=lambda sign: sign in THOUSANDS):
        texts = _without(texts, sign, decimal)
    if decimal != ".":
        texts = texts.mask(texts.str.contains(".", regex=False), "")
        texts = texts.str.replace(decimal, ".", regex=False)
    parsed = pd.to_numeric(texts, errors="coerce").astype(float)
    return parsed.where(np.isfinite(parsed))


def figures(
    rows: pd.DataFrame, columns: Iterable[str], decimal: str = ".", ignored: str = ""
) -> pd.DataFrame:
    """Return the `numbers` of some columns, as floats even where there is no row."""
    parsed = {name: numbers(rows[name], decimal, ignored) for name in columns}
    return pd.DataFrame(parsed, index=rows.index, dtype=float)


def _without(values: pd.Series[str], sign: str, decimal: str) -> pd.Series[str]:
    """Remove a sign; a thousands separator in the wrong place makes the text blank."""
    bare = values.str.replace(sign, "", regex=False).str.strip()
    if sign not in THOUSANDS:
        return bare
    mark, fraction = re.escape(sign), "" if sign == decimal else rf"({re.escape(decimal)}\d+)?"
    grouped = values.str.fullmatch(rf"-?\d{{1,3}}({mark}\d{{3}})+{fraction}")
    return bare.mask(values.str.contains(sign, regex=False) & ~grouped, "")
