"""Rows and signs of slides that several pages have: indicators of a place, projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import status_words
from dashboard.pages.common import changes
from dashboard.slides import Judgement, Mark, Row
from warehouse.formatting import MISSING, NBSP

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from dashboard.status import Status
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.targets import Target


def indicator_row(
    context: Context, indicator: Indicator, territory: str, label: str | None = None
) -> Row:
    """Return the last value of an indicator in a territory; `label` is its title by default."""
    line = context.data.series(indicator.id, territory)
    title = context.translate(indicator.short)
    period = context.format.period(line.last_period if line else None)
    return Row(
        label=label or title,
        note=f"{title}, {period}" if label else period,
        value=context.format.value(line.last_value if line else None, indicator),
        unit=context.format.unit(indicator),
        movement=changes.movement(context, line, context.data.change(line)) if line else "",
        amount=line.last_value if line else None,
        decimals=indicator.decimals,
        signs=indicator_signs(context, indicator, territory),
    )


def indicator_signs(
    context: Context, indicator: Indicator, territory: str
) -> tuple[Judgement, ...]:
    """Return direction, target and reliability of the last value, each with its word."""
    line = context.data.series(indicator.id, territory)
    status = context.data.status(indicator.id, territory)
    if line is None or status is None:
        return ()
    text = context.text
    movement = changes.movement(context, line, context.data.change(line))
    direction = Judgement("direction", status.direction, text(f"direction.{status.direction}"),
                          movement)  # fmt: skip
    reliability = text(f"slide.reliability_{status.reliability}")
    return (
        direction,
        *_target_sign(context, indicator, status),
        Judgement("reliability", status.reliability, reliability),
    )


def _target_sign(context: Context, indicator: Indicator, status: Status) -> tuple[Judgement, ...]:
    """Return the standing against the target that judges the place; nothing without one."""
    if not status.target or not status.target_sign:
        return ()
    goal = indicator.targets[int(status.target) - 1]
    word = context.text(
        "slide.target",
        name=target_name(context, indicator, goal),
        word=context.text(f"target.{status.target_sign}"),
    )
    distance = context.format.number(abs(status.distance or 0), indicator.decimals)
    unit = status_words.unit_of_change(context, indicator)
    key = "far" if status.target_sign == "missed" else "to_go"
    is_reached = status.target_sign == "reached" or status.distance is None
    why = "" if is_reached else context.text(f"slide.{key}", distance=distance, unit=unit)
    return (Judgement("target", status.target_sign, word, why),)


def target_name(context: Context, indicator: Indicator, goal: Target) -> str:
    """Name a target with its value: `obiettivo 65 % (2030)`, `di legge 65 %`."""
    name = context.text(f"target.line_{goal.flag}")
    ends = [goal.value] if goal.high is None else [goal.value, goal.high]
    value = "\N{EN DASH}".join(_plain(context, indicator, end) for end in ends)
    unit = context.format.unit(indicator)
    period = "" if goal.flag == "legal_minimum" else f" ({context.format.period(goal.period)})"
    return f"{name} {value}{'' if unit.startswith('/') else NBSP}{unit}{period}".strip()


def _plain(context: Context, indicator: Indicator, value: float) -> str:
    """Write a declared value, without decimals where it has none."""
    return context.format.number(value, 0 if value == int(value) else indicator.decimals)


def target_marks(context: Context, indicator: Indicator, territory: str) -> tuple[Mark, ...]:
    """Return the line of the target that judges a place; without one, that of the first target.

    A sum cannot be compared with its parts, so it has none.
    """
    if indicator.aggregate == "sum" or not indicator.targets:
        return ()
    status = context.data.status(indicator.id, territory)
    number = int(status.target) if status and status.target else 1
    goal = indicator.targets[number - 1]
    return (Mark(target_name(context, indicator, goal), goal.value, "target"),)


def project_row(context: Context, project: ProjectProgress) -> Row:
    """Return the physical progress of a project against the plan, and its state."""
    return Row(
        label=project.short,
        note=planned_share(context, project),
        value=MISSING if project.physical is None else str(project.physical),
        unit="%",
        amount=project.physical,
        planned=project.planned,
        signs=(project_sign(project),),
    )


def project_sign(project: ProjectProgress) -> Judgement:
    """Return the state of a project with its reason."""
    return Judgement("state", project.sign, project.word, project.why.rstrip("."))


def planned_share(context: Context, project: ProjectProgress) -> str:
    """Say how far the project should be by now."""
    planned = None if project.planned is None else project.planned / 100
    return context.text("slide.planned", share=context.format.percent(planned))
