"""SDMX time periods and days as providers and people write them."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

PERIOD = re.compile(r"\d{4}(-(Q[1-4]|S[12]|(0[1-9]|1[0-2])(-\d{2})?))?")
DAY = len("2024-01-31")
YEARS = (1900, 2200)  # a day of another one is a slip: 0202-03-07


def is_period(text: str) -> bool:
    """Say whether `text` is a year, half-year, quarter, month or day that exists."""
    if not PERIOD.fullmatch(text):
        return False
    try:
        return len(text) < DAY or bool(date.fromisoformat(text))
    except ValueError:
        return False


def days(said: pd.Series[str], written: str = "%Y-%m-%d") -> pd.Series[pd.Timestamp]:
    """Return the days of a column `written` in one way; NaT where there is none of `YEARS`."""
    found = pd.to_datetime(said, format=written, errors="coerce")
    return found.where(found.dt.year.between(*YEARS))
