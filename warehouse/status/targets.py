"""A value against a target: reached, on the way or not, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Literal

TargetSign = Literal["reached", "missed", "on_track", "slow", "far", "away", "open"]
Kind = Literal["at_least", "at_most", "between"]
ON_TRACK, SLOW = 0.95, 0.6


@dataclass(frozen=True, slots=True)
class Goal:
    """A target's value (and `high` of a band), when it is due, in years, and how it is reached."""

    kind: Kind
    value: float
    year: float
    high: float | None = None
    compound: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value stands; `distance` is signed, `needed` the change a year."""

    sign: TargetSign
    distance: float
    pace: float | None = None
    needed: float | None = None


def stand(
    goal: Goal,
    last: tuple[float, float],
    start: tuple[float, float] | None,
    *,
    decimals: int,
    is_past: bool,
) -> Standing:
    """Compare the last (year, value) with a goal; `start` is the same of the baseline."""
    year, value = last
    distance = _distance(goal, value)
    if _is_reached(goal, distance, decimals):
        return Standing("reached", distance)
    if is_past:
        return Standing("missed", distance)
    needed = -distance / (goal.year - year)
    if start and _is_reached(goal, _distance(goal, start[1]), decimals):
        return Standing("away", distance, None, needed)  # it met the goal and has left it
    pace = _pace(goal, last, start) if start else None
    return Standing(_sign(pace), distance, pace, needed)


def _distance(goal: Goal, value: float) -> float:
    if goal.kind != "between":
        return value - goal.value
    high = goal.high if goal.high is not None else goal.value
    return min(value - goal.value, 0.0) or max(value - high, 0.0)


def _is_reached(goal: Goal, distance: float, decimals: int) -> bool:
    """Say whether a value meets the goal, within half a unit of the last decimal."""
    half: float = 0.5 * 10.0**-decimals + 1e-9
    if goal.kind == "between":
        return abs(distance) <= half
    return distance >= -half if goal.kind == "at_least" else distance <= half


def _pace(goal: Goal, last: tuple[float, float], start: tuple[float, float]) -> float | None:
    """Return the change made a year over the change planned a year; None without a path."""
    (year, value), (first_year, first) = last, start
    if year <= first_year or goal.year <= first_year:
        return None
    aim = value - _distance(goal, value)
    if goal.compound and min(first, value, aim) > 0:
        first, value, aim = log(first), log(value), log(aim)
    planned = (aim - first) / (goal.year - first_year)
    made = (value - first) / (year - first_year)
    return made / planned


def _sign(pace: float | None) -> TargetSign:
    if pace is None:
        return "open"
    if pace >= ON_TRACK:
        return "on_track"
    return "slow" if pace >= SLOW else "far" if pace >= 0 else "away"
