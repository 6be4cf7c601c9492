"""Direction of a series: a ladder by its number of comparable points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from warehouse.status.control_chart import BASE, Chart, Signal, chart, special_causes
from warehouse.status.intervals import standard_error
from warehouse.status.trends import Z_OF_ENDS, change_of_ends, theil_sen, weighted_slope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.status.intervals import Basis
    from warehouse.status.trends import Trend

Movement = Literal["rising", "falling", "stable"]
Rule = Literal["single", "pair", "steps", "slope", "theil_sen", "xmr"]
Doubt = Literal["single", "pair", "steps", "chance", "size"]

WINDOW = 5  # points of the slope test
LONG_WINDOW = 10  # points of Theil and Sen's slope
LEAST_RESIDENTS = 150_000  # to judge three or four values whose counts are not known
PAIR, FEW = 2, 4
SUB_ANNUAL = 0.9  # years between two readings, at most
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Reading:
    """A comparable point; `year` is the start of its period, in years."""

    period: str
    year: float
    value: float
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """How values are written and made: `basis` is that of counts, if they are known."""

    decimals: int
    multiplier: float = 1
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """The movement of a series, by which rule, and every number that it rests on.

    `movement` is None where there is no verdict; `doubt` is the reason. `slope` and `floor` are
    those of a year, in the indicator's unit.
    """

    rule: Rule
    readings: tuple[Reading, ...]
    floor: float
    movement: Movement | None = None
    doubt: Doubt | None = None
    slope: float | None = None
    trend: Trend | None = None
    steps: tuple[float, ...] = ()
    ends: float | None = None
    limits: Chart | None = None
    signal: Signal | None = None


def direct(
    readings: Sequence[Reading], measure: Measure, floor: float, residents: float | None = None
) -> Direction:
    """Judge a series by the highest rung that its points reach."""
    points = tuple(readings)
    if len(points) == 1:
        return Direction("single", points, floor, doubt="single")
    if len(points) == PAIR:
        return Direction("pair", points, floor, doubt="pair", steps=_steps(points, measure))
    if len(points) <= FEW:
        return _by_steps(points, measure, floor, residents)
    if len(points) >= BASE and _is_sub_annual(points):
        return _by_chart(points, floor)
    if measure.basis and all(p.denominator for p in points[-WINDOW:]):
        return _by_slope(points[-WINDOW:], measure, measure.basis, floor)
    return _by_theil_sen(points[-LONG_WINDOW:], floor)


def _by_steps(
    points: tuple[Reading, ...], measure: Measure, floor: float, residents: float | None
) -> Direction:
    """Judge three or four points: all steps one way, beyond the floor and beyond chance."""
    steps = _steps(points, measure)
    whole = round(sum(steps), measure.decimals)
    slope = whole / (points[-1].year - points[0].year)
    ends = None
    if measure.basis and all(p.denominator for p in points):
        errors = [_error(p, measure, measure.basis) for p in points]
        ends = change_of_ends([p.value for p in points], errors)
    movement, doubt = _of_slope(slope, floor), None
    agree = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    if movement != "stable":
        by_chance = ends is not None and ends <= Z_OF_ENDS
        is_small = ends is None and residents is not None and residents < LEAST_RESIDENTS
        doubt = _first_doubt(steps=not agree, chance=by_chance, size=is_small)
    return Direction(
        "steps", points, floor, None if doubt else movement, doubt, slope, steps=steps, ends=ends
    )


def _by_slope(
    points: tuple[Reading, ...], measure: Measure, basis: Basis, floor: float
) -> Direction:
    errors = [_error(p, measure, basis) for p in points]
    trend = weighted_slope([p.value for p in points], errors)
    years = (points[-1].year - points[0].year) / (len(points) - 1)
    slope = trend.slope / years
    movement = _of_slope(slope, floor) if trend.is_real else "stable"
    return Direction("slope", points, floor, movement, slope=slope, trend=trend)


def _by_theil_sen(points: tuple[Reading, ...], floor: float) -> Direction:
    trend = theil_sen([p.year for p in points], [p.value for p in points])
    movement = _of_slope(trend.slope, floor) if trend.is_real else "stable"
    return Direction("theil_sen", points, floor, movement, slope=trend.slope, trend=trend)


def _by_chart(points: tuple[Reading, ...], floor: float) -> Direction:
    values = [p.value for p in points]
    limits = chart(values[:BASE])
    causes = special_causes(values, limits)
    real = [c for c in causes if c.is_real(limits) and abs(c.shift) >= floor - TINY]
    movement: Movement = "stable"
    if real:
        movement = "rising" if real[0].shift > 0 else "falling"
    signal = next((c.signal for c in (*real, *causes)), None)
    return Direction("xmr", points, floor, movement, limits=limits, signal=signal)


def _of_slope(slope: float, floor: float) -> Movement:
    if slope == 0 or abs(slope) < floor - TINY:
        return "stable"
    return "rising" if slope > 0 else "falling"


def _first_doubt(**doubts: bool) -> Doubt | None:
    order: tuple[Doubt, ...] = ("steps", "chance", "size")
    return next((doubt for doubt in order if doubts[doubt]), None)


def _steps(points: tuple[Reading, ...], measure: Measure) -> tuple[float, ...]:
    """Return the differences of the values as they are printed."""
    values = [round(p.value, measure.decimals) for p in points]
    return tuple(round(after - before, measure.decimals) for before, after in pairwise(values))


def _error(point: Reading, measure: Measure, basis: Basis) -> float:
    numerator, denominator = point.numerator or 0.0, point.denominator or 1.0
    return measure.multiplier * standard_error(basis, numerator, denominator)


def _is_sub_annual(points: tuple[Reading, ...]) -> bool:
    return (points[-1].year - points[0].year) / (len(points) - 1) <= SUB_ANNUAL
