"""Titles and figures of a review, in one language and with their units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse import formatting
from warehouse.formatting import MISSING, NBSP
from warehouse.messages import text

if TYPE_CHECKING:
    from warehouse.declarations.loader import Catalog

UNDECLARED_DECIMALS = 2  # of a figure whose indicator is not declared any more
COUNT = "number"  # a unit without a symbol


class ReviewFormatter:
    """Writes in one language, with the titles, units and decimals that a catalogue declares."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        """Write Italian (`it`) or English (`en`)."""
        self._catalog = catalog
        self.language = language

    def word(self, key: str) -> str:
        """Return a text of `locale/cli.yaml`."""
        return text("cli", key, self.language)

    def title(self, name: str) -> str:
        """Return the title of an indicator; its id where it is not declared any more."""
        indicator = self._catalog.indicators.get(name)
        return indicator.title.in_(self.language) if indicator else name

    def dataset(self, name: str) -> str:
        """Return the title of a dataset; its id where it is not declared any more."""
        dataset = self._catalog.datasets.get(name)
        return dataset.title.in_(self.language) if dataset else name

    def number(self, value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
        """Write a number with a true minus; a missing one is a dash."""
        return formatting.number(value, decimals, self.language, signed=signed)

    def value(self, value: float | None, name: str, *, signed: bool = False) -> str:
        """Write a value of an indicator with its unit."""
        indicator = self._catalog.indicators.get(name)
        if indicator is None:
            return self.number(value, UNDECLARED_DECIMALS, signed=signed)
        number = self.number(value, indicator.decimals, signed=signed)
        if indicator.unit == COUNT or number == MISSING:
            return number
        unit = self._catalog.units[indicator.unit]
        symbol = "p.p." if signed and unit.change == "points" else unit.symbol.in_(self.language)
        return f"{number}{NBSP}{symbol}"

    def share(self, value: float | None, decimals: int = 1) -> str:
        """Write a share of one as a percentage."""
        if value is None:
            return MISSING
        return f"{self.number(100 * value, decimals)}{NBSP}%"
