"""How figures are written in a review: as the language has them, with their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    from warehouse.declarations.loader import Catalog

from etl.cli.words import word

NBSP = "\u00a0"
MISSING = "–"
PLAIN = 2  # decimals of a figure whose indicator is not declared any more
COUNT = "number"  # a count needs no symbol


class Written:
    """Writes in one language, with the units and decimals that a catalogue declares."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        """Write Italian (`it`) or English (`en`)."""
        self._catalog = catalog
        self.language = language

    def word(self, key: str) -> str:
        """Return the words of a key of `words.yaml`."""
        return word(key, self.language)

    def title(self, indicator: str) -> str:
        """Return the title of an indicator; its id where it is not declared any more."""
        found = self._catalog.indicators.get(indicator)
        return found.title.in_(self.language) if found else indicator

    def dataset(self, dataset: str) -> str:
        """Return the title of a dataset; its id where it is not declared any more."""
        found = self._catalog.datasets.get(dataset)
        return found.title.in_(self.language) if found else dataset

    def number(self, value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
        """Write a number with a true minus; a missing one is a dash."""
        if value is None or pd.isna(value):
            return MISSING
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        pattern = f"+{digits};\u2212{digits}" if signed else f"{digits};\u2212{digits}"
        rounded = round(float(value), decimals) + 0.0  # -0.0 + 0.0 = 0.0
        plain = signed and rounded == 0
        return format_decimal(rounded, digits if plain else pattern, locale=self.language)

    def value(self, value: float | None, indicator: str, *, signed: bool = False) -> str:
        """Write a value of an indicator with its unit."""
        found = self._catalog.indicators.get(indicator)
        written = self.number(value, found.decimals if found else PLAIN, signed=signed)
        if found is None or found.unit == COUNT or written == MISSING:
            return written
        unit = self._catalog.units[found.unit]
        symbol = unit.symbol.in_(self.language)
        return f"{written}{NBSP}{'p.p.' if signed and unit.change == 'points' else symbol}"

    def share(self, value: float | None, decimals: int = 1) -> str:
        """Write a share of one as a percentage."""
        if value is None or pd.isna(value):
            return MISSING
        digits = "#,##0" + ("." + "0" * decimals if decimals else "") + f"{NBSP}%"
        return format_percent(value, digits, locale=self.language)
