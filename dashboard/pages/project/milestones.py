"""The milestones of a project: its timeline and its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures.gantt import Axis, Bar, row, time_axis
from dashboard.pages.common.progress import write_delay, write_likely_end
from dashboard.pages.common.project import project_rows
from dashboard.pages.common.records import Row, record
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

DENSE_FROM = 9  # milestones, from which their rows are closer together
HEIGHT, DENSE_HEIGHT = 56, 42


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the project on the day of the page."""

    title: str
    owner: str
    weight: float | None
    completed: float | None
    baseline_start: date | None
    baseline_end: date | None
    actual_start: date | None
    actual_end: date | None
    planned_end: date | None
    end_low: date | None
    end_high: date | None
    delay: str
    delay_days: int | None
    likely: str
    demonstration: bool

    @property
    def done(self) -> bool:
        """True when the step has ended."""
        return self.actual_end is not None

    @property
    def late(self) -> bool:
        """True when the step ends later than first planned."""
        return (self.delay_days or 0) > 0


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A milestone with its line of the timeline, an SVG drawing."""

    title: str
    owner: str
    completed: str
    drawing: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The milestones, their axis, and the height of a row in pixels."""

    rows: tuple[TimelineRow, ...]
    axis: Axis
    height: int
    demonstration: bool


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A row of the table of milestones, as text."""

    title: str
    weight: str
    plan: str
    end: str
    likely: str
    completed: str
    delay: str
    late: bool


@panel("gantt")
def gantt(context: Context) -> Html:
    """Draw each milestone's first plan, what was done, and when it is expected to end."""
    today = date.fromisoformat(context.today)
    timeline = timeline_of(context)
    return context.panel(
        "project/gantt.html",
        "gantt card",
        has_picture=bool(timeline.rows),
        rows=timeline.rows,
        axis=timeline.axis,
        today=context.format.day(today),
        today_x=timeline.axis.x(today),
        demonstration=timeline.demonstration,
    )


def timeline_of(context: Context) -> Timeline:
    """Return the milestones with their drawings, on one axis."""
    steps, today = _milestones(context), date.fromisoformat(context.today)
    bars = [_bar(step, today) for step in steps]
    scale = time_axis([today, *(day for bar in bars for day in bar.days)])
    height = HEIGHT if len(steps) < DENSE_FROM else DENSE_HEIGHT
    rows = tuple(
        TimelineRow(
            title=step.title,
            owner=step.owner,
            completed=context.format.percent(step.completed),
            drawing=row(bar, scale, today, height=height),
        )
        for step, bar in zip(steps, bars, strict=True)
    )
    return Timeline(rows, scale, height, any(step.demonstration for step in steps))


@panel("milestones")
def milestones(context: Context) -> Html:
    """List the milestones in a table."""
    rows = milestone_rows(context)
    return context.panel(
        "project/milestones.html",
        "milestones card",
        has_picture=bool(rows),
        rows=rows,
        demonstration=any(step.demonstration for step in _milestones(context)),
    )


def milestone_rows(context: Context) -> list[MilestoneRow]:
    """Return the milestones of the project as text, in the order of the plan."""
    return [_table_row(context, step) for step in _milestones(context)]


def _milestones(context: Context) -> list[Milestone]:
    rows = project_rows(context, "project_milestones", today=context.today)
    return [_milestone(context, milestone) for milestone in rows]


def _milestone(context: Context, row: Row) -> Milestone:
    return record(
        Milestone,
        row,
        title=row[f"title_{context.language}"],
        owner=row["owner"] or "",
        delay=write_delay(context, row["delay_days"]),
        likely=_likely_end(context, row),
        demonstration=bool(row["demonstration"]),
    )


def _likely_end(context: Context, row: Row) -> str:
    """Say between which months a step is likely to end, and from how many finished steps."""
    span = write_likely_end(context, row["end_low"], row["end_high"], row["planned_end"])
    if not span:
        return ""
    key = "projects.sample_of_all" if row["of_all_kinds"] else "projects.sample"
    return f"{span} {context.text(key, n=int(row['sample']))}"


def _bar(step: Milestone, today: date) -> Bar:
    return Bar(
        planned=_pair(step.baseline_start, step.baseline_end),
        start=step.actual_start,
        done=step.actual_end or (today if step.actual_start else None),
        forecast=None if step.done else step.planned_end,
        range=_pair(step.end_low, step.end_high),
        reached=step.done,
        late=step.late,
        note="" if step.delay == formatting.MISSING else step.delay,
    )


def _pair(start: date | None, end: date | None) -> tuple[date, date] | None:
    return (start, end) if start and end else None


def _table_row(context: Context, step: Milestone) -> MilestoneRow:
    month = context.format.month
    expected = context.text("project.forecast", month=month(step.planned_end))
    return MilestoneRow(
        title=step.title,
        weight=context.format.percent(step.weight),
        plan=month(step.baseline_end),
        end=month(step.actual_end) if step.done else expected,
        likely=step.likely,
        completed=context.format.percent(step.completed),
        delay=step.delay,
        late=step.late,
    )
