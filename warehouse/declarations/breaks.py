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
    """Return the indicators with the breaks of their variables beside their own, by period.

    A break that an indicator declares itself replaces that of its variables in the same period.
    """
    return {
        name: indicator.model_copy(update={"breaks": _breaks(indicator, datasets)})
        for name, indicator in indicators.items()
    }


def _breaks(indicator: Indicator, datasets: Mapping[str, Dataset]) -> dict[str, Text]:
    breaks: dict[str, Text] = {}
    for reference in indicator.variables:
        dataset, _, variable = reference.partition(".")
        declared = datasets[dataset].variables.get(variable) if dataset in datasets else None
        breaks |= declared.breaks if declared else {}
    return dict(sorted((breaks | indicator.breaks).items()))
