"""The control chart of single values (XmR): limits, special causes, assurance of a target."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Signal = Literal["outside", "trend", "near_limit", "shift"]
Assurance = Literal["met", "missed", "hit_and_miss"]

BASE = 12  # points that the limits are taken from
WIDTH = 2.66
SCREEN = 3.267
DEVIATION = 1.128  # mean moving range of one standard deviation
RUN = 7
NEAR = 3  # points of which two lie beyond the near limit
STRICT = 4.5  # standard errors between the points of a signal and the centre


@dataclass(frozen=True, slots=True)
class Chart:
    """Centre and limits; `low` and `high` are three standard deviations away."""

    centre: float
    reach: float

    @property
    def low(self) -> float:
        """The lower limit."""
        return self.centre - self.reach

    @property
    def high(self) -> float:
        """The upper limit."""
        return self.centre + self.reach

    @property
    def deviation(self) -> float:
        """One standard deviation, from the mean moving range."""
        return self.reach / WIDTH / DEVIATION


@dataclass(frozen=True, slots=True)
class Cause:
    """A special cause at the last point, and how far its points lie from the centre."""

    signal: Signal
    shift: float
    points: int

    def is_real(self, chart: Chart) -> bool:
        """Say whether the shift is more than limits taken from twelve points leave to chance."""
        if self.signal == "trend":  # seven steps one way: chance gives them once in 2,500
            return True
        error = chart.deviation * sqrt(1 / self.points + 1 / BASE)
        return abs(self.shift) > STRICT * error


def chart(values: Sequence[float], *, screen: bool = True) -> Chart:
    """Return centre and limits; large moving ranges are left out once."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    mean = fmean(ranges)
    if screen:
        mean = fmean([r for r in ranges if r < SCREEN * mean] or ranges)
    return Chart(fmean(values), WIDTH * mean)


def special_causes(values: Sequence[float], drawn: Chart) -> list[Cause]:
    """Return the rules that the last point breaks, in the order in which they are named."""
    return [
        _cause(signal, values[-points:], drawn)
        for signal, points, breaks in _RULES
        if len(values) >= points
        and breaks([value - drawn.centre for value in values[-points:]], drawn.reach)
    ]


def _cause(signal: Signal, values: Sequence[float], drawn: Chart) -> Cause:
    if signal == "trend":
        return Cause(signal, values[-1] - values[0], 1)
    points = NEAR - 1 if signal == "near_limit" else len(values)
    beyond = sorted((value - drawn.centre for value in values), key=abs)[-points:]
    return Cause(signal, fmean(beyond), points)


def assurance(drawn: Chart, target: float, *, at_least: bool) -> Assurance:
    """Say whether values between the limits meet a target always, never or now and then."""
    if target <= drawn.low:
        return "met" if at_least else "missed"
    if target >= drawn.high:
        return "missed" if at_least else "met"
    return "hit_and_miss"


def _outside(distances: Sequence[float], reach: float) -> bool:
    return abs(distances[-1]) > reach


def _trend(distances: Sequence[float], _reach: float) -> bool:
    steps = [after - before for before, after in pairwise(distances)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _near_limit(distances: Sequence[float], reach: float) -> bool:
    side = 1 if distances[-1] > 0 else -1
    beyond = [side * distance > reach * 2 / 3 for distance in distances]
    return beyond[-1] and sum(beyond) >= NEAR - 1


def _shift(distances: Sequence[float], _reach: float) -> bool:
    return all(d > 0 for d in distances) or all(d < 0 for d in distances)


_Rule = tuple[Signal, int, "Callable[[Sequence[float], float], bool]"]
_RULES: tuple[_Rule, ...] = (
    ("outside", 1, _outside),
    ("trend", RUN, _trend),
    ("near_limit", NEAR, _near_limit),
    ("shift", RUN, _shift),
)
