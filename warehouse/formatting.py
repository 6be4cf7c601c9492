"""Numbers, amounts, dates and periods as Italian and English write them."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from warehouse.declarations.models import Indicator, Unit

NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "–"


@lru_cache(maxsize=20_000)
def number(value: float | None, decimals: int, lang: str, *, signed: bool = False) -> str:
    """Write `value` half-even on `decimals`, with a true minus; None and NaN are a dash."""
    if value is None or math.isnan(value):
        return MISSING
    rounded = round(value, decimals) + 0.0  # -0.0 + 0.0 = 0.0
    text = f"{abs(rounded):,.{decimals}f}".translate(_symbols(lang))
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


@cache
def _symbols(lang: str) -> dict[int, str]:
    """Return what a language writes for Python's comma and point."""
    return {ord(","): get_group_symbol(lang), ord("."): get_decimal_symbol(lang)}


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


@lru_cache(maxsize=4_000)
def short_period(text: str | None, lang: str) -> str:
    """Write a period where there is little space: a day with two digits of its year."""
    if text and len(text) == len("2023-06-30"):
        return format_date(start(text), "d MMM ’yy", locale=lang)
    return period(text, lang)


def day(moment: date | None, lang: str) -> str:
    """Write a date with a short month: `31 mar 2025`."""
    return MISSING if moment is None else format_date(moment, "d MMM y", locale=lang)


def month(moment: date | None, lang: str) -> str:
    """Write the month and year of a date: `mar 2025`."""
    return MISSING if moment is None else format_date(moment, "LLL y", locale=lang)


@lru_cache(maxsize=20_000)
def start(text: str) -> date:
    """Return the first day of an SDMX time period."""
    return Period.parse(text).start


class Formatter:
    """Writes in one language, with the units that a catalogue declares."""

    def __init__(self, language: str, units: Mapping[str, Unit]) -> None:
        """Write Italian (`it`) or English (`en`)."""
        self.language = language
        self._units = units

    def number(self, value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
        """Write a number; a missing one is a dash."""
        return number(value, decimals, self.language, signed=signed)

    def value(self, value: float | None, indicator: Indicator) -> str:
        """Write a value of an indicator with its decimals, without its unit."""
        return number(value, indicator.decimals, self.language)

    def unit(self, indicator: Indicator) -> str:
        """Return the symbol of an indicator's unit."""
        return self._units[indicator.unit].symbol.in_(self.language)

    def millions(self, euro: float | None) -> str:
        """Write euro as millions with one decimal, without the unit."""
        return millions(euro, self.language)

    def percent(self, share: float | None) -> str:
        """Write a share (0 to 1) as a whole percent."""
        text = number(None if share is None else 100 * share, 0, self.language)
        return text if share is None else f"{text}{NBSP}%"

    def period(self, text: str | None) -> str:
        """Write an SDMX time period."""
        return period(text, self.language)

    def short_period(self, text: str | None) -> str:
        """Write a period where there is little space."""
        return short_period(text, self.language)

    def day(self, moment: date | None) -> str:
        """Write a date with a short month."""
        return day(moment, self.language)

    def month(self, moment: date | None) -> str:
        """Write the month and year of a date."""
        return month(moment, self.language)
