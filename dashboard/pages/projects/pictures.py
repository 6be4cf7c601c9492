"""The panels of the portfolio as pictures: timelines, money, works by zone, areas by zone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures.gantt import timeline
from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.common.pictures import (
    millions,
    month,
    of_projects,
    of_works,
    percent,
    progress_table,
    share,
)
from dashboard.pages.common.progress import progress
from dashboard.pages.projects.portfolio import TIMELINE_HEIGHT, portfolio_rows
from dashboard.pages.projects.progress_and_indicators import match_groups, movement_of
from dashboard.pages.projects.selection import selected_projects
from dashboard.pages.projects.sight import matrix
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING, NBSP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from dashboard.figures.table import Cell, Row
    from dashboard.pages.projects.portfolio import PortfolioRow
    from dashboard.pages.projects.sight import Cell as SightCell


@picture("portfolio")
def portfolio_picture(context: Context) -> Picture | None:
    """Draw the selected projects with their progress; nothing where none is selected."""
    rows, axis = portfolio_rows(context)
    if not rows:
        return None
    today = date.fromisoformat(context.today)
    day = context.format.day(today)
    drawing, height = timeline(
        [
            (
                row.project.title,
                MISSING if row.project.physical is None else f"{row.project.physical}{NBSP}%",
                row.timeline,
            )
            for row in rows
        ],
        axis,
        (today, day),
        TIMELINE_HEIGHT,
        WIDTH,
    )
    return Picture(
        title=HEADINGS["projects"](context).title,
        subtitle=context.text("projects.portfolio_sub", day=day),
        drawing=drawing,
        height=height,
        table=_portfolio_table(context, rows),
        source=context.text("slide.reports", day=day),
        demonstration=context.is_demonstration(rows),
    )


def _portfolio_table(context: Context, rows: Sequence[PortfolioRow]) -> Table:
    text = context.text
    cells: list[tuple[Cell, ...]] = [
        (
            row.project.title,
            row.areas,
            percent(row.project.physical),
            percent(row.project.planned),
            share(context, row.project.financial),
            millions(context, row.project.funding),
            month(context, row.project.baseline_start),
            month(context, row.project.baseline_end),
            month(context, row.project.finish),
            row.project.next or MISSING,
            Value(row.project.word, sign=row.project.sign),
            row.project.why,
        )
        for row in rows
    ]
    columns = (
        text("picture.project"),
        text("project.areas"),
        text("projects.physical"),
        text("projects.planned"),
        text("projects.financial"),
        "M€",
        text("picture.start"),
        text("actors.plan"),
        text("actors.now"),
        text("projects.next"),
        text("projects.state"),
        text("strip.why"),
    )
    return Table(columns, tuple(cells))


@picture("money")
def money_picture(context: Context) -> Picture | None:
    """Draw the funding of the selected projects; the filled part is paid."""
    text = context.text
    projects = [p for p in selected_projects(context) if p.funding]
    projects.sort(key=lambda p: -(p.funding or 0))
    largest = max((p.funding or 0 for p in projects), default=0) or 1
    rows = tuple(
        (
            p.title,
            bar(
                100 * (p.funding or 0) / largest,
                [(100 * min(p.paid or 0, p.funding or 0) / largest, "paid")],
                None if p.paid_planned is None else 100 * p.paid_planned / largest,
            ),
            millions(context, p.funding),
            millions(context, p.paid),
            millions(context, p.paid_planned),
        )
        for p in projects
    )
    columns = (
        text("picture.project"),
        "",
        "M€",
        f"{text('project.paid')}, M€",
        f"{text('project.planned')}, M€",
    )
    return of_projects(context, text("projects.money"), Table(columns, rows), projects)


@picture("works_by_zone")
def by_zone_picture(context: Context) -> Picture | None:
    """Draw the funded works of each zone and the paid share of their money."""
    text = context.text
    rows = tuple(
        (
            row["short"],
            Value(context.format.number(row["projects"], 0), row["projects"]),
            millions(context, row["funding"]),
            bar(100, [(100 * (row["paid_share"] or 0), "paid")]),
            share(context, row["paid_share"]),
        )
        for row in context.data.rows("funded_by_zone")
    )
    columns = (text("indicator.territory"), text("area.count"), "M€", "", text("area.paid"))
    return of_works(context, text("works.by_zone"), Table(columns, rows))


@picture("operational")
def operational_picture(context: Context) -> Picture | None:
    """Draw the operational projects with their progress."""
    projects = progress(context, "operational")
    names = {n.id: context.translate(n.short or n.title) for n in context.catalog.areas}
    pairs = [(project, names.get(project.area or "", "")) for project in projects]
    table = progress_table(context, pairs, context.text("sight.area"))
    title = context.text("projects.operational_title", n=len(projects))
    return of_projects(context, title, table, projects)


@picture("sight")
def sight_picture(context: Context) -> Picture | None:
    """Draw areas by zones: indicators by direction, projects by state."""
    lines, text = matrix(context), context.text
    zones = [zone.short for zone in context.catalog.zones]
    rows = tuple((line.area, *(_sentence(context, cell) for cell in line.cells)) for line in lines)
    table = Table((text("sight.area"), *zones), rows)
    names = [p.project for p in selected_projects(context)]
    return of_projects(context, text("sight.title"), table, names)


def _sentence(context: Context, cell: SightCell) -> str:
    signs = [f"{count} {context.text(f'tally.{kind}', n=count)}" for kind, count in cell.signs]
    states = [f"{count} {context.text(f'sight.projects_{kind}')}" for kind, count in cell.projects]
    return "; ".join(filter(None, (", ".join(signs), ", ".join(states)))) or MISSING


@picture("together")
def together_picture(context: Context) -> Picture | None:
    """Draw where projects and indicators meet, with the change of each indicator."""
    text = context.text
    rows: list[Row] = [
        (
            Value(text(f"together.{group.name}"), sign=group.sign),
            match.project.short if match.project else MISSING,
            context.translate(match.indicator.short),
            movement_of(context, match) or text("together.once"),
            Value(text(f"direction.{match.direction}"), sign=match.direction),
        )
        for group in match_groups(context)
        for match in group.matches
    ]
    columns = (
        "together.title",
        "projects.project",
        "data.indicator",
        "territory.change",
        "strip.direction",
    )
    table = Table(tuple(map(text, columns)), tuple(rows))
    projects = [m.project for group in match_groups(context) for m in group.matches if m.project]
    return of_projects(context, text("together.title"), table, projects)
