"""The statuses of a release as rows of values: each row of the mart, with names and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.i18n import translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator

SIGNS = ("direction", "target", "reliability")


def of_release(
    data: ReleaseData, area: str | None, territories: Sequence[str], lang: str
) -> list[dict[str, Any]]:
    """Return the rows of an area's indicators in territories; without names, those of all."""
    codes = list(territories) or list(data.catalog.territories)
    known = {i.id for i in data.catalog.indicators.values() if area in (None, i.area)}
    rows = data.store.rows("statuses_among", territories=codes)
    return _described(data, (row for row in rows if row["indicator"] in known), lang)


def of_indicator(data: ReleaseData, indicator: Indicator, lang: str) -> list[dict[str, Any]]:
    """Return the rows of one indicator."""
    return _described(data, data.store.rows("statuses_of", indicator=indicator.id), lang)


def words(row: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the three signs of a row in words; no target of the territory is an empty word."""
    text = translations(lang)
    goal = row["target_sign"]
    return {
        "direction": text(f"direction.{row['direction']}"),
        "target": text(f"target.{goal}") if goal else "",
        "reliability": text(f"reliability.{row['reliability']}"),
    }


def _described(
    data: ReleaseData, rows: Iterable[Mapping[str, Any]], lang: str
) -> list[dict[str, Any]]:
    places = data.catalog.territories
    return [
        {
            **row,
            "area": data.catalog.indicators[row["indicator"]].area,
            "name": places[row["territory"]].name,
            "level": places[row["territory"]].level,
            **{f"{sign}_word": word for sign, word in words(row, lang).items()},
        }
        for row in rows
    ]
