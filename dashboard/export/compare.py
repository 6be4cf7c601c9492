"""The compared values of several indicators and territories, with intervals, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.export.delimited import Style, delimited
from dashboard.export.tables import source
from dashboard.intervals import interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator

COLUMNS = (
    "indicator", "title", "unit", "territory", "name", "period", "value", "low", "high",
    "coverage", "obs_status",
)  # fmt: skip


def csv(
    data: ReleaseData, territories: Sequence[str], names: Sequence[str], style: Style, lang: str
) -> str:
    """Return CSV of every period of the territories and the metropolitan city."""
    loaded = {indicator.id: indicator for indicator in data.indicators}
    indicators = [loaded[name] for name in names if name in loaded]
    codes = [code for code in territories if code in data.catalog.territories]
    codes = list(dict.fromkeys([*codes, data.catalog.metro.territory]))
    rows = (row for i in indicators for code in codes for row in _rows(data, i, code, lang))
    return delimited(COLUMNS, rows, style)


def _rows(
    data: ReleaseData, indicator: Indicator, territory: str, lang: str
) -> Iterator[tuple[object, ...]]:
    line = data.series(indicator.id, territory)
    unit = data.catalog.units[indicator.unit].symbol.in_(lang)
    origin = source(data, lang, indicator), data.store.release
    for point in line.points if line else ():
        low, high = interval(data.catalog, indicator, point) or ("", "")
        yield (
            indicator.id,
            indicator.title.in_(lang),
            unit,
            territory,
            data.catalog.territories[territory].name,
            point.period,
            point.value,
            low,
            high,
            point.coverage,
            point.status,
            *origin,
        )
