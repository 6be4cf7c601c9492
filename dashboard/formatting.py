"""How numbers, periods and spans are written in Italian and English."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "–"


@lru_cache(maxsize=20_000)
def number(value: float | None, decimals: int, lang: str, *, signed: bool = False) -> str:
    """Write `value` half-even on `decimals`, with a true minus; None and NaN are a dash."""
    if value is None or math.isnan(value):
        return MISSING
    rounded = round(value, decimals) + 0.0  # -0.0 + 0.0 = 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), pattern, locale=lang)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def millions(euro: float | None, lang: str) -> str:
    """Write euro as millions with one decimal, without the unit."""
    return number(None if euro is None else euro / 1e6, 1, lang)


@lru_cache(maxsize=4_000)
def period(text: str | None, lang: str) -> str:
    """Write an SDMX time period: `2023`, `ago 2026`, `31 mar 2025`, `1º sem. 2018`."""
    if not text:
        return MISSING
    if "S" in text or "Q" in text:
        year, part = text.split("-")
        kind = {"it": {"S": "sem.", "Q": "trim."}, "en": {"S": "half", "Q": "quarter"}}[lang]
        order = (
            part[1] + "º"
            if lang == "it"
            else {"1": "1st", "2": "2nd", "3": "3rd"}.get(part[1], part[1] + "th")
        )
        return f"{order} {kind[part[0]]} {year}"
    if len(text) == len("2023"):
        return text
    if len(text) == len("2023-06"):
        return format_date(start(text), "LLL y", locale=lang).replace(".", "")
    return day(start(text), lang)


def day(moment: date | None, lang: str) -> str:
    """Write a date with a short month: `31 mar 2025`."""
    return MISSING if moment is None else format_date(moment, "d MMM y", locale=lang)


def month(moment: date | None, lang: str) -> str:
    """Write the month and year of a date: `mar 2025`."""
    return MISSING if moment is None else format_date(moment, "LLL y", locale=lang)


@lru_cache(maxsize=4_000)
def start(text: str) -> date:
    """Return the first day of an SDMX time period."""
    if "S" in text:
        return date(int(text[:4]), 6 * int(text[-1]) - 5, 1)
    if "Q" in text:
        return date(int(text[:4]), 3 * int(text[-1]) - 2, 1)
    return date(int(text[:4]), int(text[5:7] or 1), int(text[8:10] or 1))
