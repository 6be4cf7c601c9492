"""Values of territories compared with the targets of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.build.status_series import year_of
from warehouse.periods import Period
from warehouse.status.targets import Goal, Kind, stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ORDER = {"target": 0, "legal_minimum": 1}
# Levels that a scope judges; all others see the value as a term of comparison.
JUDGED = {
    "every_municipality": ("municipality", "zone", "metro"),
    "every_part": ("municipality", "zone", "metro", "region", "country"),
    "metro": ("metro",),
    "region": ("region",),
    "nation": ("country",),
}


@dataclass(frozen=True, slots=True)
class TargetOf:
    """A row of the table `target`, as far as standing against it needs it."""

    target: str
    kind: Kind
    value: float
    high: float | None
    period: str
    baseline: str | None
    baseline_value: float | None
    in_force: str | None
    scope: str
    flag: str
    compound: bool
    territory: str | None

    def concerns(self, territory: str) -> bool:
        """Say whether a target is drawn for a territory: one of its own, or of no territory."""
        return self.territory in (None, territory)

    def judges(self, level: str) -> bool:
        """Say whether a territory of this level is bound by it; a reference binds none."""
        if self.flag == "reference":
            return False
        return self.territory is not None or level in JUDGED.get(self.scope, ())


def standing_of(
    goal: TargetOf,
    last: Mapping[str, Any],
    baseline: float | None,
    reason: str | None,
    decimals: int,
) -> dict[str, Any]:
    """Return a row of `target_status` of the last observation and the value of the baseline.

    Keys with an underscore are for `judged` alone.
    """
    due = Period.parse(goal.period)
    standing = stand(
        Goal(goal.kind, goal.value, year_of(goal.period), goal.high, goal.compound),
        (year_of(last["period"]), last["value"]),
        None if baseline is None else (year_of(f"{goal.baseline}"), baseline),
        decimals=decimals,
        is_past=Period.parse(last["period"]).end >= due.end,
    )
    why = reason if reason != "nominal" else None
    if goal.in_force and Period.parse(last["period"]).end < Period.parse(goal.in_force).start:
        why = "not_in_force"
    why = why or (None if goal.judges(last["level"]) else "scope")
    return {
        "target": goal.target,
        "period": last["period"],
        "value": last["value"],
        "sign": None if why else standing.sign,
        "reason": why,
        "standing": standing.sign,
        "distance": standing.distance,
        "pace": standing.pace,
        "needed": standing.needed,
        "_order": (ORDER.get(goal.flag, len(ORDER)), -year_of(goal.period)),
        "_kind": goal.kind,
        "_value": goal.value,
    }


def judged(standings: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the standing that gives the sign: a target before a minimum, the latest first."""
    with_sign = [s for s in standings if s["sign"] is not None]
    return min(with_sign, key=lambda s: s["_order"], default=None)
