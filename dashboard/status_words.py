"""The sentences of a status: why a direction, a target and a reliability are what they are.

Every number in them is a column of the marts `status` and `target_status`, or a threshold of
`warehouse.status`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.sentence import with_period
from warehouse.formatting import NBSP
from warehouse.status.critical import CHI_SQUARE, FEW, LEAST_RESIDENTS, SMALL, Z_OF_ENDS

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.status import Status, TargetStanding
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.targets import Target

OWN_SCOPES = {"territory", "project"}
NO_POINTS = {"small", "provisional", "partial", "nominal", "single", "pair"}


def direction(context: Context, status: Status) -> str:
    """Say by which numbers a series moves, is steady, or is not judged."""
    key = _direction_key(status)
    sentence = context.text(f"because.{key}", **_direction_values(context, status))
    since = status.break_period
    if since and key in {"single", "pair"}:
        sentence += context.text("because.since_break", period=context.format.period(since))
    if status.reason == "neither" and status.movement:
        sentence += context.text(f"because.neither_{status.movement}")
    return sentence


def _direction_key(status: Status) -> str:
    if status.reason in NO_POINTS:
        return str(status.reason)
    if status.rule == "steps" and status.movement is None:
        return f"steps_{status.reason}"
    if status.rule == "xmr":
        return f"xmr_{status.signal or 'none'}"
    return f"{status.rule}_{'stable' if status.movement == 'stable' else 'moving'}"


def _direction_values(context: Context, status: Status) -> dict[str, str]:
    indicator = context.catalog.indicators[status.indicator]
    number, decimals = context.format.number, indicator.decimals

    def write(value: float | None, more: int = 0, *, signed: bool = False) -> str:
        return number(value, decimals + more, signed=signed)

    return {
        "points": number(status.points),
        "first": write(status.first_value),
        "first_period": context.format.period(status.first_period),
        "last": write(status.last_value),
        "last_period": context.format.period(status.last_period),
        "change": write(status.change, signed=True),
        "unit": unit_of_change(context, indicator),
        "slope": write(status.slope, 2, signed=True),
        "statistic": number(status.statistic, 1),
        "floor": write(status.floor, 1),
        "least": write(status.least_step, signed=True),
        "largest": write(status.largest_step, signed=True),
        "centre": write(status.centre, 1),
        "low": write(status.limit_low, 1),
        "high": write(status.limit_high, 1),
        "numerator": number(status.numerator),
        "coverage": number(100 * (status.coverage or 0), 1),
        "chi_square": number(CHI_SQUARE, 2),
        "ends": number(Z_OF_ENDS, 2),
        "residents": number(LEAST_RESIDENTS),
        "few": number(SMALL),
    }


def target(
    context: Context, indicator: Indicator, goal: Target, standing: TargetStanding | None
) -> str:
    """Say what a target is set for, and where the value stands against it."""
    sentence = scope(context, indicator, goal)
    if standing is None:
        return sentence
    standing_text = context.text(
        f"because.standing_{_standing_key(standing)}",
        value=context.format.value(standing.value, indicator),
        period=context.format.period(standing.period),
        distance=context.format.number(abs(standing.distance), indicator.decimals),
        unit=unit_of_change(context, indicator),
        needed=context.format.number(standing.needed, indicator.decimals, signed=True),
        pace=context.format.number(100 * (standing.pace or 0), 0),
    )
    sentence = f"{with_period(sentence)} {standing_text}"
    if standing.reason:
        reason = context.text(f"because.target_{standing.reason}")
        sentence = f"{with_period(sentence)} {reason}"
    return sentence


def _standing_key(standing: TargetStanding) -> str:
    if standing.standing in {"reached", "missed"}:
        return standing.standing
    return "open" if standing.pace is None else "pace"


def scope(context: Context, indicator: Indicator, goal: Target) -> str:
    """Name a target with its value and what it is set for."""
    key: str = goal.scope
    if key in OWN_SCOPES:
        return _own(context, indicator, goal)
    if key == "every_municipality":
        key += "_limit" if goal.kind == "at_most" else "_band" if goal.kind == "between" else ""
    if key in {"nation", "region"} and goal.flag == "reference":
        key += "_reference"
    unit = context.format.unit(indicator)
    return context.text(
        f"because.scope_{key}",
        value=context.format.value(goal.value, indicator).removesuffix(",0").removesuffix(".0")
        + ("" if unit.startswith("/") else NBSP)
        + unit,
        high=context.format.number(goal.high, 0),
        low=context.format.number(goal.value, 0),
        period=context.format.period(goal.period),
        region=_name(context, "region"),
        country=_name(context, "country"),
    )


def _own(context: Context, indicator: Indicator, goal: Target) -> str:
    """Name a target of the office: of which territory or project, what, and since when."""
    unit = context.format.unit(indicator)
    decimals = indicator.decimals
    sentence = context.text(
        f"because.scope_own_{goal.kind}",
        subject=_subject(context, goal),
        value=context.format.number(goal.value, decimals),
        high=context.format.number(goal.high, decimals),
        unit=unit if unit.startswith("/") else NBSP + unit,
        period=context.format.period(goal.period),
    )
    if goal.in_force:
        since = context.format.period(goal.in_force)
        sentence += context.text("because.in_force", period=since)
    return sentence


def _subject(context: Context, goal: Target) -> str:
    """Name the territory of a target, its project, or both."""
    names = [context.catalog.territories[goal.territory].name] if goal.territory else []
    if goal.project:
        rows = context.data.rows("project", project=goal.project)
        title = rows[0][f"title_{context.language}"] if rows else goal.project
        names.append(context.text("because.of_project", title=title))
    return ", ".join(names)


def _name(context: Context, level: str) -> str:
    names = [t.name for t in context.catalog.references if t.level == level]
    return names[0] if names else ""


def reliability(context: Context, status: Status) -> str:
    """Say on how many cases and how much of the territory a value rests."""
    indicator = context.catalog.indicators[status.indicator]
    key = "small" if status.reliability == "small" else status.caution or "solid"
    if key == "solid" and status.numerator is not None:
        key = "solid_cases"
    sentence = context.text(
        f"because.reliability_{key}",
        numerator=context.format.number(status.numerator),
        coverage=context.format.number(100 * (status.coverage or 0), 1),
        small=context.format.number(SMALL),
        few=context.format.number(FEW),
    )
    if status.interval_low is not None and key != "small":
        low, high = (
            context.format.number(v, indicator.decimals)
            for v in (status.interval_low, status.interval_high)
        )
        sentence += context.text("because.interval", low=low, high=high)
    return sentence


def unit_of_change(context: Context, indicator: Indicator) -> str:
    """Return the unit of a difference: points of a percentage, else the indicator's."""
    if indicator.unit == "percent":
        return context.text("change.points")
    return context.format.unit(indicator)
