"""The panels of a project as pictures: milestones, spending, operational projects, indicators."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures import sparkline
from dashboard.figures.gantt import timeline
from dashboard.figures.line_chart import line_drawing
from dashboard.figures.table import Sketch, Table, Value
from dashboard.pages.common import sources
from dashboard.pages.common.pictures import millions, of_projects, progress_table, subtitle
from dashboard.pages.common.progress import progress
from dashboard.pages.common.project import current_project, project_rows
from dashboard.pages.project.links import linked_indicators
from dashboard.pages.project.milestones import milestone_rows, timeline_of
from dashboard.pages.project.panels import participants_of
from dashboard.pages.project.reports import target_row
from dashboard.pages.project.spending import spending_figure, spending_points
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.table import Row


@picture("gantt")
def gantt_picture(context: Context) -> Picture | None:
    """Draw the milestones of the project; nothing where it has none."""
    steps = timeline_of(context)
    if not steps.rows:
        return None
    today = date.fromisoformat(context.today)
    heading = HEADINGS["project"](context)
    rows = [(row.title, row.completed, row.drawing) for row in steps.rows]
    drawing, height = timeline(
        rows, steps.axis, (today, context.format.day(today)), steps.height, WIDTH
    )
    day = context.format.day(today)
    return Picture(
        title=heading.title,
        subtitle=f"{heading.tab} · {context.text('project.gantt')} · {day}",
        drawing=drawing,
        height=height,
        table=_milestones_table(context),
        source=context.text("slide.reports", day=day),
        demonstration=steps.demonstration,
    )


def _milestones_table(context: Context) -> Table:
    text = context.text
    rows = tuple(
        (row.title, row.weight, row.plan, row.end, row.likely, row.completed, row.delay)
        for row in milestone_rows(context)
    )
    columns = (
        text("project.step"),
        text("project.weight"),
        text("project.plan"),
        text("project.actual"),
        text("picture.likely"),
        text("project.done_share"),
        text("project.state"),
    )
    return Table(columns, rows)


@picture("milestones")
def milestones_picture(context: Context) -> Picture | None:
    """Draw the table of the milestones."""
    table = _milestones_table(context)
    return of_projects(
        context, context.text("project.steps"), table, current_project(context).project
    )


@picture("spending")
def spending_picture(context: Context) -> Picture | None:
    """Draw what was paid and was planned to be, up to each period."""
    text, points = context.text, spending_points(context)
    if not points:
        return None
    rows = tuple(
        (
            Value(context.format.period(point.period), day=point.period),
            millions(context, point.amount),
            millions(context, point.planned),
        )
        for point in points
    )
    columns = (
        text("indicator.period"),
        f"{text('project.paid')}, M€",
        f"{text('project.planned')}, M€",
    )
    figure = spending_figure(context, points)
    day = context.format.day(date.fromisoformat(context.today))
    return Picture(
        title=text("project.spending"),
        subtitle=subtitle(context, text("project.spending_sub", period=rows[-1][0].text)),
        table=Table(columns, rows),
        source=text("slide.reports", day=day),
        demonstration=any(point.demonstration for point in points),
        drawing=line_drawing(figure, context.format.number, WIDTH),
        height=figure["layout"]["height"],
    )


@picture("actors")
def actors_picture(context: Context) -> Picture | None:
    """Draw who takes part in the project, and as what."""
    text = context.text
    rows = tuple((p.name, text(f"project.role_{p.role}")) for p in participants_of(context))
    table = Table((text("project.actor"), text("project.role")), rows)
    return of_projects(context, text("project.actors"), table, current_project(context).project)


@picture("children")
def children_picture(context: Context) -> Picture | None:
    """Draw the operational projects of a strategic one, with their weights."""
    project, text = current_project(context), context.text
    children = [p for p in progress(context, "operational") if p.parent == project.project]
    pairs = [(p, context.format.percent(p.weight)) for p in children]
    table = progress_table(context, pairs, text("project.weight"))
    return of_projects(context, text("project.children"), table, children)


@picture("links")
def links_picture(context: Context) -> Picture | None:
    """Draw the indicators beside the project, with their lines."""
    links, text = linked_indicators(context), context.text
    if not links:
        return None
    rows = tuple(
        (
            context.translate(link.indicator.short),
            context.format.unit(link.indicator),
            link.period,
            Value(link.value, link.amount),
            Sketch(link.sparkline, sparkline.WIDTH, sparkline.HEIGHT),
            link.change_text,
            link.since_text,
        )
        for link in links
    )
    columns = (
        text("data.indicator"),
        text("data.unit"),
        text("indicator.period"),
        text("territory.metro_short"),
        "",
        text("territory.change"),
        text("project.since").rstrip(":"),
    )
    return Picture(
        title=text("project.links"),
        subtitle=subtitle(context, text("project.association")),
        table=Table(columns, rows),
        source=sources.short(context, *(link.indicator for link in links)),
    )


@picture("paid_for")
def paid_for_picture(context: Context) -> Picture | None:
    """Draw the budget lines, the tenders with their amounts, and the targets of the project."""
    text, missing = context.text, Value(MISSING)
    budget, tenders, targets = (
        project_rows(context, name)
        for name in ("project_budget_lines", "project_procedures", "project_targets")
    )
    rows: list[Row] = []
    for row in budget:
        code = f"{row['mission']}.{row['programme']}"
        title = row[f"title_{context.language}"]
        rows.append((text("project.budget"), title, code, *[missing] * 5))
    for row in tenders:
        day = Value(context.format.day(row["published"]), day=str(row["published"] or ""))
        amount = millions(context, row["amount"])
        rows.append(
            (text("project.tenders"), row["title"] or "", row["cig"], day, amount, *[missing] * 3)
        )
    for row in targets:
        written = target_row(context, row)
        figures = zip((written.baseline, written.realised, written.target),
                      (row["baseline"], row["realised"], row["target"]), strict=True)  # fmt: skip
        name = ", ".join(filter(None, (written.name, written.unit)))
        rows.append((text("project.target"), name, MISSING, missing, missing,
                     *(Value(label, number) for label, number in figures)))  # fmt: skip
    columns = (
        text("project.paid_for"),
        text("project.subject"),
        text("picture.code"),
        text("project.published"),
        "M€",
        text("project.from"),
        text("project.realised"),
        text("project.target"),
    )
    table = Table(columns, tuple(rows))
    return of_projects(context, text("project.paid_for"), table, current_project(context).project)
