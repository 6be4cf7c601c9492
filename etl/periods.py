"""SDMX time periods as providers and people write them."""

from __future__ import annotations

import re
from datetime import date

PERIOD = re.compile(r"\d{4}(-(Q[1-4]|S[12]|(0[1-9]|1[0-2])(-\d{2})?))?")
DAY = len("2024-01-31")


def is_period(text: str) -> bool:
    """Say whether `text` is a year, half-year, quarter, month or day that exists."""
    if not PERIOD.fullmatch(text):
        return False
    try:
        return len(text) < DAY or bool(date.fromisoformat(text))
    except ValueError:
        return False
