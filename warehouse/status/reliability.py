"""Reliability of values, from their counts, their coverage and their status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from warehouse.status.arrays import choose, has_word, reals
from warehouse.status.critical import FEW, SMALL
from warehouse.status.intervals import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from warehouse.status.arrays import Reals, Words
    from warehouse.status.intervals import Basis


@dataclass(frozen=True, slots=True)
class Reliability:
    """Levels, their first reason, the counts behind the values and the counts' limits.

    `low` and `high` are in the indicator's unit; `relative_width` is the width of the interval
    over the value.
    """

    level: Words
    caution: Words
    count: Reals
    low: Reals
    high: Reals
    relative_width: Reals


def rely(
    last: Mapping[str, NDArray[Any]],
    basis: Basis | None,
    *,
    is_rate: bool,
    complete_coverage: float,
) -> Reliability:
    """Judge observations, by their columns; `is_rate`: their counts are not known."""
    number = len(last["value"])
    count = last["numerator"] if basis else reals(number)
    caution = choose(
        number,
        (count < FEW, "few"),
        (last["coverage"] < complete_coverage, "partial"),
        (last["obs_status"] == "P", "provisional"),
        (last["obs_status"] == "E", "estimated"),
        (is_rate, "rate"),
    )
    level = choose(
        number,
        (count < SMALL, "small"),
        (has_word(caution), "caution"),
        (True, "solid"),
    )
    return Reliability(level, caution, count, *_intervals(last, basis))


def _intervals(last: Mapping[str, NDArray[Any]], basis: Basis | None) -> tuple[Reals, Reals, Reals]:
    """Return the intervals of the values and their relative width; none of a value of zero."""
    low, high, width = (reals(len(last["value"])) for _ in range(3))
    if basis is None:
        return low, high, width
    rows = np.flatnonzero(last["numerator"] > 0)  # a value of zero does not show its unit
    count, size = last["numerator"][rows], np.nan_to_num(last["denominator"][rows], nan=1.0)
    size = np.where(size == 0, 1.0, size)
    unit = last["value"][rows] / (count / size)
    lower, upper = limits(basis, count, size)
    low[rows], high[rows] = lower * unit, upper * unit
    width[rows] = (upper - lower) * size / count
    return low, high, width
