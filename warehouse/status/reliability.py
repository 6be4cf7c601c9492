"""Reliability of a value, from its count, its coverage and its status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from warehouse.status.intervals import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.status.intervals import Basis

Level = Literal["solid", "caution", "small"]
Caution = Literal["few", "partial", "provisional", "estimated", "rate"]

SMALL, FEW = 10, 100


@dataclass(frozen=True, slots=True)
class Reliability:
    """A level, its first reason, the count behind the value and the count's limits.

    `low` and `high` are in the indicator's unit; `relative_width` is the width of the interval
    over the value.
    """

    level: Level
    caution: Caution | None = None
    count: float | None = None
    low: float | None = None
    high: float | None = None
    relative_width: float | None = None


def rely(
    row: Mapping[str, Any], basis: Basis | None, *, is_rate: bool, complete_coverage: float
) -> Reliability:
    """Judge one observation; `is_rate`: its counts are not known."""
    caution = _caution(row, complete_coverage) or ("rate" if is_rate else None)
    count = row["numerator"] if basis else None
    if basis is None or count is None:
        return Reliability("caution" if caution else "solid", caution)
    low, high, width = _interval(row, basis)
    if count < SMALL:
        return Reliability("small", "few", count, low, high, width)
    if count < FEW:
        caution = "few"
    return Reliability("caution" if caution else "solid", caution, count, low, high, width)


def _caution(row: Mapping[str, Any], complete_coverage: float) -> Caution | None:
    if row["coverage"] is not None and row["coverage"] < complete_coverage:
        return "partial"
    cautions: dict[str, Caution] = {"P": "provisional", "E": "estimated"}
    return cautions.get(row["obs_status"])


def _interval(
    row: Mapping[str, Any], basis: Basis
) -> tuple[float | None, float | None, float | None]:
    """Return the interval of the value and its relative width."""
    denominator = row["denominator"] or 1.0
    low, high = limits(basis, row["numerator"], denominator)
    if not row["numerator"]:
        return None, None, None  # a value of zero does not show its unit
    unit = row["value"] / (row["numerator"] / denominator)
    return low * unit, high * unit, (high - low) * denominator / row["numerator"]
