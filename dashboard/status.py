"""The status of an indicator in a territory, as the release has it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Sign = Literal["better", "stable", "worse", "none", "small"]
SIGNS: tuple[Sign, ...] = ("better", "stable", "worse", "none", "small")


@dataclass(frozen=True, slots=True)
class Status:
    """A row of the mart `status`: direction, target, reliability and their numbers."""

    indicator: str
    territory: str
    direction: Sign
    movement: str | None
    rule: str
    reason: str | None
    points: int
    first_period: str
    first_value: float
    last_period: str
    last_value: float
    change: float
    slope: float | None
    statistic: float | None
    leave_one_out: bool | None
    least_step: float | None
    largest_step: float | None
    floor: float
    floor_from: str
    spread: float | None
    break_period: str | None
    centre: float | None
    limit_low: float | None
    limit_high: float | None
    signal: str | None
    assurance: str | None
    target: str | None
    target_sign: str | None
    pace: float | None
    needed: float | None
    distance: float | None
    reliability: str
    caution: str | None
    numerator: float | None
    coverage: float | None
    obs_status: str
    interval_low: float | None
    interval_high: float | None
    relative_width: float | None


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A row of the mart `target_status`: where a value stands against one target."""

    indicator: str
    territory: str
    target: str
    period: str
    value: float
    sign: str | None
    reason: str | None
    standing: str
    distance: float
    pace: float | None
    needed: float | None


def read_statuses(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Status]:
    """Return statuses by indicator and territory; unknown columns of a later release are left."""
    names = [field.name for field in fields(Status)]
    statuses = (Status(*(row[name] for name in names)) for row in rows)
    return {(status.indicator, status.territory): status for status in statuses}
