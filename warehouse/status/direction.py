"""Direction of series: a ladder by the number of comparable points.

The series of an indicator are judged together: those on the same rung with as many points are
the rows of one array.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from warehouse.status.arrays import choose, has_word, printed, reals, words
from warehouse.status.control_chart import BASE, RUN, chart, special_causes
from warehouse.status.critical import LEAST_RESIDENTS, Z_OF_ENDS
from warehouse.status.intervals import standard_error
from warehouse.status.trends import change_of_ends, theil_sen, weighted_slope

if TYPE_CHECKING:
    from warehouse.status.arrays import Flags, Integers, Reals, Words
    from warehouse.status.intervals import Basis
    from warehouse.status.trends import Trend

Rule = Literal["single", "pair", "steps", "slope", "theil_sen", "xmr"]

WINDOW = 5  # points of the slope test
LONG_WINDOW = 10  # points of Theil and Sen's slope
PAIR, FEW = 2, 4
SUB_ANNUAL = 0.9  # years between two readings, at most
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Readings:
    """Comparable points of several series, one series after another, each oldest first.

    `year` is the start of a period, in years; `counts` says how many points each series has.
    """

    counts: Integers
    year: Reals
    value: Reals
    numerator: Reals
    denominator: Reals

    def window(self, series: Integers, points: int) -> Readings:
        """Return the last points of some series as arrays with a row per series."""
        where = np.cumsum(self.counts)[series][:, None] + np.arange(-points, 0)
        columns = (self.year, self.value, self.numerator, self.denominator)
        return Readings(np.full(len(series), points), *(column[where] for column in columns))

    def first(self, series: Integers, points: int) -> Reals:
        """Return the first values of some series."""
        start = (np.cumsum(self.counts) - self.counts)[series]
        values: Reals = self.value[start[:, None] + np.arange(points)]
        return values


@dataclass(frozen=True, slots=True)
class Measure:
    """How values are written and made: `basis` is that of counts, if they are known."""

    decimals: int
    multiplier: float = 1
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Directions:
    """The movement of each series, by which rule, and every number that it rests on.

    `movement` is None where there is no verdict; `doubt` is the reason. `points`: how many the
    rule used. `slope` is that of a year, in the indicator's unit; `holds`: 1 where it keeps its
    sign without any one point, 0 where not.
    """

    rule: Words
    points: Integers
    movement: Words
    doubt: Words
    slope: Reals
    statistic: Reals
    holds: Reals
    least_step: Reals
    largest_step: Reals
    centre: Reals
    low: Reals
    high: Reals
    signal: Words


def direct(readings: Readings, measure: Measure, floor: float, residents: Reals) -> Directions:
    """Judge each series by the highest rung that its points reach."""
    count = len(readings.counts)
    rule = _rules(readings, measure)
    limit = choose(count, (rule == "slope", "slope"), (rule == "theil_sen", "theil_sen"))
    points = np.where(limit == "slope", WINDOW, readings.counts)
    points = np.where(limit == "theil_sen", np.minimum(points, LONG_WINDOW), points)
    result = _undecided(rule, points)
    result.doubt[:] = choose(count, (rule == "single", "single"), (rule == "pair", "pair"))
    for name, length in sorted(set(zip(rule.tolist(), points.tolist(), strict=True))):
        rows = np.flatnonzero((rule == name) & (points == length))
        if name in {"pair", "steps"}:
            _by_steps(result, rows, readings.window(rows, length), measure, (floor, residents))
        elif name == "slope":
            _by_slope(result, rows, readings.window(rows, length), measure, floor)
        elif name == "theil_sen":
            window = readings.window(rows, length)
            _by_trend(result, rows, theil_sen(window.year, window.value), floor)
        elif name == "xmr":
            _by_chart(result, rows, readings, floor)
    return result


def _undecided(rule: Words, points: Integers) -> Directions:
    count = len(rule)
    return Directions(
        rule=rule,
        points=points,
        movement=words(count),
        doubt=words(count),
        slope=reals(count),
        statistic=reals(count),
        holds=reals(count),
        least_step=reals(count),
        largest_step=reals(count),
        centre=reals(count),
        low=reals(count),
        high=reals(count),
        signal=words(count),
    )


def _rules(readings: Readings, measure: Measure) -> Words:
    counts = readings.counts
    stop = np.cumsum(counts)
    years = readings.year[stop - 1] - readings.year[stop - counts]
    is_sub_annual = years / np.maximum(counts - 1, 1) <= SUB_ANNUAL
    long = np.flatnonzero(counts >= WINDOW)
    is_counted = np.zeros(len(counts), dtype=bool)
    if measure.basis:
        is_counted[long] = _has_sizes(readings.window(long, WINDOW))
    return choose(
        len(counts),
        (counts == 1, "single"),
        (counts == PAIR, "pair"),
        (counts <= FEW, "steps"),
        ((counts >= BASE) & is_sub_annual, "xmr"),
        (is_counted, "slope"),
        (counts > 0, "theil_sen"),
    )


def _has_sizes(window: Readings) -> Flags:
    """Say whether the denominators of all points are known, and not zero."""
    is_known: Flags = (~np.isnan(window.denominator) & (window.denominator != 0)).all(axis=1)
    return is_known


def _by_steps(
    result: Directions,
    rows: Integers,
    window: Readings,
    measure: Measure,
    bounds: tuple[float, Reals],
) -> None:
    """Judge three or four points: all steps one way, beyond the floor and beyond chance."""
    floor, residents = bounds
    steps = printed(np.diff(printed(window.value, measure.decimals), axis=1), measure.decimals)
    result.least_step[rows], result.largest_step[rows] = steps.min(axis=1), steps.max(axis=1)
    if steps.shape[1] < PAIR:
        return
    change = printed(steps.cumsum(axis=1)[:, -1], measure.decimals)
    slope = change / (window.year[:, -1] - window.year[:, 0])
    ends = reals(len(rows))
    if measure.basis:
        is_sized = _has_sizes(window)
        errors = _errors(window, measure, measure.basis)[is_sized]
        ends[is_sized] = change_of_ends(window.value[is_sized], errors)
    movement = _of_slope(slope, floor)
    moves, agree = movement != "stable", (steps > 0).all(axis=1) | (steps < 0).all(axis=1)
    is_small = np.isnan(ends) & (residents[rows] < LEAST_RESIDENTS)
    doubt = choose(
        len(rows),
        (~moves, None),
        (~agree, "steps"),
        (ends <= Z_OF_ENDS, "chance"),
        (is_small, "size"),
    )
    movement[has_word(doubt)] = None
    result.movement[rows], result.doubt[rows] = movement, doubt
    result.slope[rows], result.statistic[rows] = slope, ends


def _by_slope(
    result: Directions, rows: Integers, window: Readings, measure: Measure, floor: float
) -> None:
    if measure.basis is None:
        return
    trend = weighted_slope(window.value, _errors(window, measure, measure.basis))
    years = (window.year[:, -1] - window.year[:, 0]) / (window.year.shape[1] - 1)
    _by_trend(result, rows, trend, floor, years)


def _by_trend(
    result: Directions, rows: Integers, trend: Trend, floor: float, years: Reals | float = 1.0
) -> None:
    """Record a trend whose slope is that of a step of `years`."""
    slope = trend.slope / years
    movement = _of_slope(slope, floor)
    movement[~trend.is_real] = "stable"
    result.movement[rows], result.slope[rows] = movement, slope
    result.statistic[rows], result.holds[rows] = trend.statistic, trend.holds


def _by_chart(result: Directions, rows: Integers, readings: Readings, floor: float) -> None:
    drawn = chart(readings.first(rows, BASE))
    causes = special_causes(readings.window(rows, RUN).value, drawn)
    real = [c.is_real(drawn) & (np.abs(c.shift) >= floor - TINY) for c in causes]
    shift = np.select(real, [c.shift for c in causes], 0.0)
    result.movement[rows] = choose(len(rows), (shift > 0, "rising"), (shift < 0, "falling"))
    result.movement[rows[~np.any(real, axis=0)]] = "stable"
    result.signal[rows] = choose(
        len(rows),
        *zip(real, [c.signal for c in causes], strict=True),
        *((c.is_broken, c.signal) for c in causes),
    )
    result.centre[rows], result.low[rows], result.high[rows] = drawn.centre, drawn.low, drawn.high


def _of_slope(slope: Reals, floor: float) -> Words:
    is_stable = (slope == 0) | (np.abs(slope) < floor - TINY)
    return choose(len(slope), (is_stable, "stable"), (slope > 0, "rising"), (slope <= 0, "falling"))


def _errors(window: Readings, measure: Measure, basis: Basis) -> Reals:
    size = np.where(window.denominator == 0, 1.0, np.nan_to_num(window.denominator, nan=1.0))
    return measure.multiplier * standard_error(basis, np.nan_to_num(window.numerator), size)
