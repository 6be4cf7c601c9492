"""The drivers of a change: a row for each municipality, and their sum."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dashboard.drivers import Drivers, explain
from dashboard.export.delimited import Style, delimited
from dashboard.export.tables import source

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator

COLUMNS = (
    "territory", "name", "indicator", "before", "after", "value_before", "value_after",
    "within", "composition", "contribution",
)  # fmt: skip


def csv(
    data: ReleaseData, indicator: Indicator, result: Drivers, *, style: Style, lang: str
) -> str:
    """Return CSV of the contributions, the largest first, and the territory itself last."""
    origin = source(data, lang, indicator), data.store.release
    between = indicator.id, result.before, result.after
    rows = []
    for part in result.contributions:
        line = data.series(indicator.id, part.place)
        points = [line.point(p) if line else None for p in (result.before, result.after)]
        values = [point.value if point else "" for point in points]
        name = data.catalog.territories[part.place].name
        amounts = part.within, part.composition, part.total
        rows.append((part.place, name, *between, *values, *amounts, *origin))
    values = [result.value_before, result.value_after]
    amounts = result.within, result.composition, result.value_after - result.value_before
    place = data.catalog.territories[result.territory]
    rows.append((place.territory, place.name, *between, *values, *amounts, *origin))
    decimals = dict.fromkeys(("value_before", "value_after"), indicator.decimals)
    return delimited(COLUMNS, rows, style, decimals)


def as_values(result: Drivers) -> dict[str, Any]:
    """Return the drivers as plain values, for JSON."""
    parts = [part._asdict() | {"contribution": part.total} for part in result.contributions]
    return asdict(result) | {"contributions": parts}


def find(
    data: ReleaseData, indicator: Indicator, territory: str, before: str, after: str
) -> Drivers | str:
    """Return the drivers of a change, or why there are none; an unknown place has none."""
    place = data.catalog.territories.get(territory)
    return explain(data, indicator, place, before, after) if place else "not_summed"
