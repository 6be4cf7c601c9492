"""Rows of the marts `status` and `target_status` of one indicator, from its observations."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING, Any

import numpy as np

from warehouse.build.status_of_targets import TargetOf, judged, standing_of
from warehouse.build.status_series import read_lines
from warehouse.status.arrays import choose, has_word, printed, reals, words
from warehouse.status.control_chart import assurance
from warehouse.status.direction import Measure, direct
from warehouse.status.reliability import rely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from warehouse.build.status_series import Comparable, Lines
    from warehouse.status.arrays import Flags, Words
    from warehouse.status.direction import Directions
    from warehouse.status.intervals import Basis
    from warehouse.status.reliability import Reliability

Row = dict[str, Any]
Columns = dict[str, "NDArray[Any]"]

COUNTED = frozenset({"number", "inhabitants"})  # units of variables that may be counts
RATES = frozenset({"weighted_mean", "none"})


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


def status_columns(subject: Subject, observations: Columns) -> tuple[Columns, list[Row]]:
    """Return the columns of `status`, a row per territory, and the rows of `target_status`.

    `observations` have a value, are sorted by territory and period's start, and carry `level` and
    `residents`.
    """
    lines = read_lines(observations, subject.breaks)
    last = lines.of_last()
    basis, (floor, spread, floor_from) = _basis(subject, lines), _floor(subject, last)
    reliability = rely(
        last,
        basis,
        is_rate=subject.aggregate in RATES,
        complete_coverage=subject.complete_coverage,
    )
    is_partial = lines.columns["coverage"] < subject.complete_coverage
    reason = _reasons(subject, last, reliability, is_partial[lines.last])
    is_final = (lines.columns["obs_status"] != "P") & ~is_partial
    comparable = lines.comparable(is_final)
    sizes = np.ones(len(is_final)) if subject.aggregate == "sum" else lines.columns["denominator"]
    measure = Measure(subject.decimals, subject.multiplier, basis)
    directions = direct(lines.readings(comparable, sizes), measure, floor, last["residents"])
    goals, standings = _standings(subject, lines, reason)
    count = len(lines.last)
    columns = {
        "indicator": np.full(count, subject.indicator, dtype=object),
        "territory": last["territory"],
        **_direction_columns(subject, directions, reason),
        **_ends(subject, lines, comparable, directions),
        **_limits_columns(directions, goals),
        **_target_columns(goals),
        **_reliability_columns(reliability, last),
        "floor": np.full(count, floor),
        "floor_from": np.full(count, floor_from, dtype=object),
        "spread": np.full(count, np.nan if spread is None else spread),
        "break_period": lines.since,
    }
    return columns, standings


def _basis(subject: Subject, lines: Lines) -> Basis | None:
    """Say whether the numerators are counts, and of a proportion or not."""
    if subject.aggregate not in {"ratio", "sum"} or subject.unit not in COUNTED:
        return None
    numerator, denominator = lines.columns["numerator"], lines.columns["denominator"]
    if not _are_whole(numerator).all():
        return None
    if not subject.is_share:
        return "count"
    is_share = _are_whole(denominator) & (numerator <= denominator)
    return "proportion" if is_share.all() else "count"


def _are_whole(values: NDArray[np.float64]) -> Flags:
    are_whole: Flags = (values >= 0) & (values == np.rint(values))
    return are_whole


def _floor(subject: Subject, last: Mapping[str, NDArray[Any]]) -> tuple[float, float | None, str]:
    """Return the floor a year, the zones' spread, and what the floor comes from."""
    values = last["value"][last["level"] == "zone"].tolist()
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


def _reasons(
    subject: Subject,
    last: Mapping[str, NDArray[Any]],
    reliability: Reliability,
    is_partial: Flags,
) -> Words:
    """Say why last values have no verdict, whatever their series."""
    return choose(
        len(is_partial),
        (reliability.level == "small", "small"),
        (last["obs_status"] == "P", "provisional"),
        (is_partial, "partial"),
        (subject.nominal, "nominal"),
    )


def _standings(
    subject: Subject, lines: Lines, reason: Words
) -> tuple[list[Mapping[str, Any] | None], list[Row]]:
    """Return for each territory the standing that gives its sign, and all standings."""
    count = len(lines.last)
    if not subject.targets:
        return [None] * count, []
    last = lines.of_last()
    baselines = {goal.baseline: lines.values_in(goal.baseline) for goal in subject.targets}
    goals, rows = [], []
    for line in range(count):
        names = ("territory", "period", "value", "level")
        row = {name: last[name][line] for name in names} | {"value": float(last["value"][line])}
        standings = [
            {"indicator": subject.indicator, "territory": row["territory"]}
            | standing_of(
                goal, row, baselines[goal.baseline].get(line), reason[line], subject.decimals
            )
            for goal in subject.targets
            if goal.concerns(row["territory"])
        ]
        goals.append(judged(standings))
        rows += [{k: v for k, v in s.items() if not k.startswith("_")} for s in standings]
    return goals, rows


def _direction_columns(subject: Subject, directions: Directions, reason: Words) -> Columns:
    movement = directions.movement.copy()
    movement[has_word(reason)] = None
    count, is_good = len(reason), "rising" if subject.better == "higher" else "falling"
    is_judged = subject.better != "neither"
    is_moving = (movement == "rising") | (movement == "falling")
    return {
        "direction": choose(
            count,
            (reason == "small", "small"),
            (not is_judged, "none"),
            (movement == "stable", "stable"),
            (movement == is_good, "better"),
            (is_moving, "worse"),
            (True, "none"),
        ),
        "movement": movement,
        "rule": directions.rule,
        "reason": choose(
            count,
            *((reason == word, word) for word in sorted(set(reason) - {None})),
            *((directions.doubt == word, word) for word in sorted(set(directions.doubt) - {None})),
            (not is_judged, "neither"),
        ),
        "points": directions.points,
        "slope": directions.slope,
        "statistic": directions.statistic,
        "leave_one_out": directions.holds,
        "least_step": directions.least_step,
        "largest_step": directions.largest_step,
    }


def _ends(
    subject: Subject, lines: Lines, comparable: Comparable, directions: Directions
) -> Columns:
    """Return the periods and values of the first and the last point that the rule used."""
    rows, counts = comparable
    stop = np.cumsum(counts)
    first, last = rows[stop - directions.points], rows[stop - 1]
    period, value = lines.columns["period"], lines.columns["value"]
    before, after = (printed(value[end], subject.decimals) for end in (first, last))
    return {
        "first_period": period[first],
        "first_value": value[first],
        "last_period": period[last],
        "last_value": value[last],
        "change": printed(after - before, subject.decimals),
    }


def _limits_columns(directions: Directions, goals: list[Mapping[str, Any] | None]) -> Columns:
    count = len(goals)
    aims = [goal if goal and goal["_kind"] != "between" else None for goal in goals]
    target = np.array([aim["_value"] if aim else np.nan for aim in aims])
    at_least = np.array([aim is not None and aim["_kind"] == "at_least" for aim in aims])
    has_aim = ~np.isnan(target)
    sure = words(count)
    low, high = directions.low[has_aim], directions.high[has_aim]
    sure[has_aim] = assurance(low, high, target[has_aim], at_least=at_least[has_aim])
    return {
        "centre": directions.centre,
        "limit_low": directions.low,
        "limit_high": directions.high,
        "signal": directions.signal,
        "assurance": sure,
    }


def _target_columns(goals: list[Mapping[str, Any] | None]) -> Columns:
    count = len(goals)
    columns: Columns = {name: reals(count) for name in ("pace", "needed", "distance")}
    columns |= {"target": words(count), "target_sign": words(count)}
    for line, goal in enumerate(goals):
        if goal:
            for name in ("target", "pace", "needed", "distance"):
                columns[name][line] = goal[name]
            columns["target_sign"][line] = goal["sign"]
    return columns


def _reliability_columns(reliability: Reliability, last: Mapping[str, NDArray[Any]]) -> Columns:
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
