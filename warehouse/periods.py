"""SDMX time periods: years, half-years, quarters, months and days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Kind = Literal["year", "half-year", "quarter", "month", "day"]

PATTERN = r"^\d{4}(-(Q[1-4]|S[12]|(0[1-9]|1[0-2])(-\d{2})?))?$"
MONTHS: dict[Kind, int] = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
LETTERS: dict[str, Kind] = {"S": "half-year", "Q": "quarter"}
YEAR, MONTH = len("2023"), len("2023-06")


@dataclass(frozen=True, slots=True)
class Period:
    """A time period such as 2023, 2023-S2, 2023-Q1, 2023-06 or 2023-06-30, and its days.

    The SQL macros `period_start` and `period_end` give the same days.
    """

    text: str
    kind: Kind
    start: date
    end: date

    @staticmethod
    def parse(text: str) -> Period:
        """Return the period that `text` names; raises `ValueError` if there is none."""
        return _parse(text)

    def next(self) -> Period:
        """Return the period of the same kind that starts on the day after the last."""
        start = self.end + timedelta(days=1)
        if self.kind == "day":
            return _parse(start.isoformat())
        if self.kind == "year":
            return _parse(f"{start.year:04d}")
        if self.kind == "month":
            return _parse(f"{start:%Y-%m}")
        letter = "S" if self.kind == "half-year" else "Q"
        return _parse(f"{start.year:04d}-{letter}{start.month // MONTHS[self.kind] + 1}")

    def follows(self, before: Period) -> bool:
        """Say whether this is the next period of a series after `before`.

        A figure of a day is a reading without a rhythm: it follows no other.
        """
        return self.kind != "day" and self.kind == before.kind and before.next() == self

    def __str__(self) -> str:
        """Return the text of the period."""
        return self.text


def read_day(text: str | None) -> date | None:
    """Return an ISO day; None for any other text."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def is_period(text: str) -> bool:
    """Say whether `text` is a year, half-year, quarter, month or day that exists."""
    try:
        _parse(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=20_000)
def _parse(text: str) -> Period:
    if not re.fullmatch(PATTERN, text):
        raise ValueError(f"{text!r} is not an SDMX time period")
    if len(text) > MONTH:
        day = date.fromisoformat(text)
        return Period(text, "day", day, day)
    kind = _kind(text)
    months = MONTHS[kind]
    position = int(text[YEAR + 1 :].lstrip("SQ") or 1)
    year, last = int(text[:YEAR]), months * position
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period(text, kind, date(year, last - months + 1, 1), end)


def _kind(text: str) -> Kind:
    if len(text) == YEAR:
        return "year"
    return LETTERS.get(text[YEAR + 1], "month")
