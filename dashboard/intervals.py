"""95 % intervals of values made of counts: Wilson for proportions, Byar for rates."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.points import Point
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator

Z = 1.959964  # of the normal distribution, for 95 %
COUNT_UNITS = frozenset({"number", "inhabitants"})
SHARE_UNIT = "percent"
RATE_UNITS = frozenset({"per_100", "per_1000", "per_10000", "per_100000"})


def wilson(count: float, of_all: float) -> tuple[float, float]:
    """Return the interval of a proportion, 0 to 1 (Wilson's score)."""
    share, square = count / of_all, Z * Z
    half = Z * sqrt(count * (1 - share) + square / 4)
    low, high = (2 * count + square - 2 * half, 2 * count + square + 2 * half)
    return low / (2 * (of_all + square)), high / (2 * (of_all + square))


def byar(count: float) -> tuple[float, float]:
    """Return the interval of a count of events (Byar's approximation)."""
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(low, 0.0), more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3


def interval(catalog: Catalog, indicator: Indicator, point: Point) -> tuple[float, float] | None:
    """Return the interval of a value; None where it is not a ratio of two counts."""
    count, base = point.numerator, point.denominator
    if not counts(catalog, indicator) or not base or count is None or count < 0:
        return None
    if not (float(count).is_integer() and float(base).is_integer()):
        return None
    if indicator.unit == SHARE_UNIT:
        if count > base:
            return None
        low, high = wilson(count, base)
        return indicator.multiplier * low, indicator.multiplier * high
    low, high = byar(count)
    return indicator.multiplier * low / base, indicator.multiplier * high / base


def counts(catalog: Catalog, indicator: Indicator) -> bool:
    """Say whether an indicator divides a count by another."""
    if indicator.aggregate != "ratio" or indicator.unit not in RATE_UNITS | {SHARE_UNIT}:
        return False
    for reference in (indicator.numerator, indicator.denominator or ""):
        name, _, variable = reference.partition(".")
        dataset = catalog.datasets.get(name)
        if not dataset or dataset.variables[variable].unit not in COUNT_UNITS:
            return False
    return True
