"""Days and SDMX time periods as providers and people write them."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

PERIOD = re.compile(r"\d{4}(-(Q[1-4]|S[12]|(0[1-9]|1[0-2])(-\d{2})?))?")
DAY_LENGTH = len("2024-01-31")
YEARS = (1900, 2200)  # a day outside them is a typing error: 0202-03-07


def is_period(text: str) -> bool:
    """Return whether `text` is a year, half-year, quarter, month or existing day."""
    if not PERIOD.fullmatch(text):
        return False
    try:
        return len(text) < DAY_LENGTH or bool(date.fromisoformat(text))
    except ValueError:
        return False


def days(texts: pd.Series[str], pattern: str = "%Y-%m-%d") -> pd.Series[pd.Timestamp]:
    """Return the days of a column written as `pattern`; NaT for other texts and years."""
    parsed = pd.to_datetime(texts, format=pattern, errors="coerce")
    return parsed.where(parsed.dt.year.between(*YEARS))
