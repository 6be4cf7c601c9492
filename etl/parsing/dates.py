"""Days as providers and people write them."""

from __future__ import annotations

import pandas as pd

YEARS = (1900, 2200)  # a day outside them is a typing error: 0202-03-07


def days(texts: pd.Series[str], pattern: str = "%Y-%m-%d") -> pd.Series[pd.Timestamp]:
    """Return the days of a column written as `pattern`; NaT for other texts and years."""
    parsed = pd.to_datetime(texts, format=pattern, errors="coerce")
    return parsed.where(parsed.dt.year.between(*YEARS))
