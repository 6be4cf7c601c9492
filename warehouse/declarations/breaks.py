"""Breaks of series, declared once on the component and inherited by every indicator made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.declarations.base import Text
    from warehouse.declarations.models import Dataset, Indicator


def inherit_breaks(
    indicators: Mapping[str, Indicator], datasets: Mapping[str, Dataset]
) -> dict[str, Indicator]:
    """Return the indicators with the breaks of their numerator and denominator besides their own.

    A weight has no say: it changes no value of a municipality. A break that an indicator declares
    itself replaces that of its variables in the same period.
    """
    return {
        name: indicator.model_copy(update={"breaks": _breaks(indicator, datasets)})
        for name, indicator in indicators.items()
    }


def _breaks(indicator: Indicator, datasets: Mapping[str, Dataset]) -> dict[str, Text]:
    breaks: dict[str, Text] = {}
    for reference in filter(None, (indicator.numerator, indicator.denominator)):
        name, _, variable = reference.partition(".")
        dataset = datasets.get(name)
        if dataset:
            declared = dataset.variables.get(variable)
            breaks |= dataset.breaks | (declared.breaks if declared else {})
    return dict(sorted((breaks | indicator.breaks).items()))
