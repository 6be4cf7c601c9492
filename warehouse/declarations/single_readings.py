"""The year in the title of an indicator that has one reading, of 2021 or before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.declarations.base import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator

LAST_DATED = "2021"  # a single reading after it may yet become a series


def with_years(catalog: Catalog, loaded: Iterable[Mapping[str, Any]]) -> Catalog:
    """Return the catalogue with the year in the titles of old single readings.

    `loaded` has the rows of the query `loaded_indicators`.
    """
    single_periods = {row["indicator"]: row["single_period"] for row in loaded}
    return catalog.model_copy(
        update={
            "indicators": {
                name: with_year(indicator, single_periods.get(name))
                for name, indicator in catalog.indicators.items()
            }
        }
    )


def with_year(indicator: Indicator, single_period: str | None) -> Indicator:
    """Return the indicator, with the year of its one reading in a title that does not name it."""
    if single_period is None or single_period[: len(LAST_DATED)] > LAST_DATED:
        return indicator
    year = single_period[: len(LAST_DATED)]
    titles = {
        "title": _dated(indicator.title, year, ", "),
        "short": _dated(indicator.short, year, " "),
    }
    return indicator.model_copy(update=titles)


def _dated(title: Text, year: str, sign: str) -> Text:
    """Return the title with the year in each language that does not have it yet."""
    texts = {
        language: text if year in text else f"{text}{sign}{year}"
        for language, text in title.model_dump().items()
    }
    return Text.model_validate(texts)
