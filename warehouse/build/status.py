"""Rows of the marts `status` and `target_status` of one indicator, from its observations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import isnan
from operator import itemgetter
from statistics import quantiles
from typing import TYPE_CHECKING, Any, Literal

from warehouse.build.status_of_targets import TargetOf, judged, standing_of
from warehouse.periods import Period
from warehouse.status.control_chart import assurance
from warehouse.status.direction import Direction, Measure, Reading, direct
from warehouse.status.reliability import Reliability, rely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warehouse.status.intervals import Basis

Row = dict[str, Any]
Reason = Literal["provisional", "partial", "nominal", "small"]

COUNTED = frozenset({"number", "inhabitants"})  # units of variables that may be counts
RATES = frozenset({"weighted_mean", "none"})
DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator's declaration, as far as judging needs it; `unit` is the numerator's."""

    indicator: str
    better: str
    decimals: int
    multiplier: float
    aggregate: str
    unit: str | None
    is_share: bool
    nominal: bool
    floor: float | None
    breaks: tuple[str, ...]
    targets: tuple[TargetOf, ...]
    complete_coverage: float


def status_rows(subject: Subject, observations: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return one row per territory, and one per territory and target.

    `observations` are sorted by territory and period's start and carry `level` and `residents`.
    """
    rows = [row for row in observations if row["value"] is not None and not isnan(row["value"])]
    series = [_same_kind(list(group)) for _, group in groupby(rows, key=itemgetter("territory"))]
    judge = _Judge(subject, _basis(subject, rows), *_floor(subject, series))
    statuses, standings = [], []
    for line in series:
        status, goals = judge.line(line)
        statuses.append(status)
        standings += goals
    return statuses, standings


@dataclass(frozen=True, slots=True)
class _Judge:
    subject: Subject
    basis: Basis | None
    floor: float
    spread: float | None
    floor_from: str

    def line(self, line: Sequence[Row]) -> tuple[Row, list[Row]]:
        """Judge the observations of one territory, oldest first."""
        subject, last = self.subject, line[-1]
        key = {"indicator": subject.indicator, "territory": last["territory"]}
        since = _method_since(subject.breaks, last["period"])
        points = [row for row in line if not since or _start(row) >= _year(since)]
        reliability = rely(
            last,
            self.basis,
            is_rate=subject.aggregate in RATES,
            complete_coverage=subject.complete_coverage,
        )
        reason = _reason(subject, last, reliability)
        measure = Measure(subject.decimals, subject.multiplier, self.basis)
        comparable = [r for r in points if r is last or self._is_final(r)]
        readings = [self._reading(row) for row in comparable]
        direction = direct(readings, measure, self.floor, last["residents"])
        standings = [
            key | standing_of(goal, line, reason, subject.decimals)
            for goal in subject.targets
            if goal.concerns(last["territory"])
        ]
        goal = judged(standings)
        row = key | _direction_row(subject, direction, reason) | _limits_row(direction, goal)
        row |= {"break_period": since, "spread": self.spread, "floor_from": self.floor_from}
        row |= _target_row(goal) | _reliability_row(reliability, last)
        return row, [{k: v for k, v in s.items() if not k.startswith("_")} for s in standings]

    def _is_final(self, row: Row) -> bool:
        return row["obs_status"] != "P" and not _is_partial(self.subject, row)

    def _reading(self, row: Row) -> Reading:
        denominator = 1.0 if self.subject.aggregate == "sum" else row["denominator"]
        return Reading(row["period"], _start(row), row["value"], row["numerator"], denominator)


def _basis(subject: Subject, rows: Sequence[Row]) -> Basis | None:
    """Say whether the numerators are counts, and of a proportion or not."""
    if subject.aggregate not in {"ratio", "sum"} or subject.unit not in COUNTED:
        return None
    if not all(_is_whole(row["numerator"]) for row in rows):
        return None
    if not subject.is_share:
        return "count"
    whole = all(_is_whole(r["denominator"]) and r["numerator"] <= r["denominator"] for r in rows)
    return "proportion" if whole else "count"


def _is_whole(value: float | None) -> bool:
    return value is not None and value >= 0 and value == round(value)


def _floor(subject: Subject, series: Sequence[Sequence[Row]]) -> tuple[float, float | None, str]:
    """Return the floor a year, the zones' spread, and what the floor comes from."""
    values = [line[-1]["value"] for line in series if line[-1]["level"] == "zone"]
    spread = None
    if len(values) > 1:
        low, _, high = quantiles(values, n=4, method="inclusive")
        spread = high - low
    if subject.floor is not None:
        return subject.floor, spread, "declared"
    unit = 10.0**-subject.decimals
    if spread is not None and spread / 10 > unit:
        return spread / 10, spread, "spread"
    return unit, spread, "decimal"


def _same_kind(line: list[Row]) -> list[Row]:
    """Leave out readings of another kind of period than the last one's."""
    kind = Period.parse(line[-1]["period"]).kind
    return [row for row in line if Period.parse(row["period"]).kind == kind]


def _method_since(breaks: Iterable[str], last: str) -> str | None:
    """Return the last declared break up to the last period."""
    end = Period.parse(last).start
    past = [period for period in breaks if Period.parse(period).start <= end]
    return max(past, key=lambda period: Period.parse(period).start, default=None)


@lru_cache(maxsize=20_000)
def _year(period: str) -> float:
    return Period.parse(period).start.toordinal() / DAYS


def _start(row: Row) -> float:
    return _year(row["period"])


def _is_partial(subject: Subject, row: Row) -> bool:
    coverage = row["coverage"]
    return coverage is not None and coverage < subject.complete_coverage


def _reason(subject: Subject, last: Row, reliability: Reliability) -> Reason | None:
    """Say why the last value has no verdict, whatever its series."""
    if reliability.level == "small":
        return "small"
    if last["obs_status"] == "P":
        return "provisional"
    if _is_partial(subject, last):
        return "partial"
    return "nominal" if subject.nominal else None


def _direction_row(subject: Subject, direction: Direction, reason: Reason | None) -> Row:
    first, last = direction.readings[0], direction.readings[-1]
    movement = None if reason else direction.movement
    trend = direction.trend
    steps = direction.steps
    return {
        "direction": "small" if reason == "small" else _sign(subject.better, movement),
        "movement": movement,
        "rule": direction.rule,
        "reason": reason or direction.doubt or ("neither" if subject.better == "neither" else None),
        "points": len(direction.readings),
        "first_period": first.period,
        "first_value": first.value,
        "last_period": last.period,
        "last_value": last.value,
        "change": round(
            round(last.value, subject.decimals) - round(first.value, subject.decimals),
            subject.decimals,
        ),
        "slope": direction.slope,
        "statistic": trend.statistic if trend else direction.ends,
        "leave_one_out": trend.holds if trend else None,
        "least_step": min(steps) if steps else None,
        "largest_step": max(steps) if steps else None,
        "floor": direction.floor,
    }


def _sign(better: str, movement: str | None) -> str:
    if movement is None or better == "neither":
        return "none"
    if movement == "stable":
        return "stable"
    return "better" if (movement == "rising") == (better == "higher") else "worse"


def _limits_row(direction: Direction, goal: Mapping[str, Any] | None) -> Row:
    limits = direction.limits
    known = limits is not None and goal is not None and goal["_kind"] != "between"
    return {
        "centre": limits.centre if limits else None,
        "limit_low": limits.low if limits else None,
        "limit_high": limits.high if limits else None,
        "signal": direction.signal,
        "assurance": assurance(limits, goal["_value"], at_least=goal["_kind"] == "at_least")
        if known and limits and goal
        else None,
    }


def _target_row(goal: Mapping[str, Any] | None) -> Row:
    names = ("target", "pace", "needed", "distance")
    row = {name: goal[name] if goal else None for name in names}
    return row | {"target_sign": goal["sign"] if goal else None}


def _reliability_row(reliability: Reliability, last: Row) -> Row:
    return {
        "reliability": reliability.level,
        "caution": reliability.caution,
        "numerator": reliability.count,
        "coverage": last["coverage"],
        "obs_status": last["obs_status"],
        "interval_low": reliability.low,
        "interval_high": reliability.high,
        "relative_width": reliability.relative_width,
    }
