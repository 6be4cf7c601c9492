"""Series as an index: each value in percent of that of a common period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.points import Point
from dashboard.series import Series
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.declarations.models import Indicator

DECIMALS = 1  # of an index


def base_period(indicator: Indicator, lines: Iterable[Series]) -> str | None:
    """Return the first period, after the last break, in which every series has a value, not zero.

    None where there is no such period.
    """
    periods = [{p.period for p in line.points if p.value} for line in lines]
    shared = set.intersection(*periods) if periods else set()
    breaks = [formatting.start(period) for period in indicator.breaks]
    last = max((formatting.start(p) for p in shared), default=None)
    passed = [day for day in breaks if last and day <= last]
    after = [p for p in shared if not passed or formatting.start(p) >= max(passed)]
    return min(after, key=formatting.start, default=None)


def indexed(line: Series, base: str | None) -> Series | None:
    """Return the series from the base period on, which is 100; None where it has no value there."""
    reference = line.point(base) if base else None
    if reference is None or not reference.value:
        return None
    start = formatting.start(reference.period)
    points = (
        Point(p.period, 100 * p.value / reference.value, p.coverage, p.status)
        for p in line.points
        if formatting.start(p.period) >= start
    )
    return Series(line.indicator, line.territory, tuple(points))
