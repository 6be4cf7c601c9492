"""Pictures that several pages have: progress of projects, money by source, maps of places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.figures.choropleth import choropleth
from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import bar, progress_bar
from dashboard.pages.common.project import funding_lines
from dashboard.pictures import Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING, NBSP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from dashboard.context import Context
    from dashboard.figures.table import Cell
    from dashboard.pages.common.progress import ProjectProgress

MILLION = 1e6
PLOT_WIDTH = 960  # of a drawing of a panel, in a picture
VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def subtitle(context: Context, *parts: str) -> str:
    """Return what is drawn after the name of the page."""
    tab = HEADINGS[context.route.view.name](context).tab
    return " · ".join(filter(None, (tab, *parts)))


def percent(share: float | None) -> Value:
    """Return a whole percent as a cell."""
    return Value(MISSING if share is None else f"{round(share)}{NBSP}%", share)


def share(context: Context, value: float | None) -> Value:
    """Return a share of 1 as a cell, in percent."""
    return Value(context.format.percent(value), None if value is None else 100 * value)


def millions(context: Context, euro: float | None) -> Value:
    """Return euro as a cell, in millions."""
    return Value(context.format.millions(euro), None if euro is None else euro / MILLION)


def month(context: Context, day: date | None) -> Value:
    """Return the month of a day as a cell."""
    return Value(context.format.month(day), day=day.isoformat() if day else "")


def fitted(svg: str) -> tuple[str, float]:
    """Return a drawing of a panel as wide as a picture takes it, and its height."""
    box = VIEW_BOX.search(svg)
    if box is None:
        return "", 0
    height = PLOT_WIDTH * float(box[2]) / float(box[1])
    size = f'<svg width="{PLOT_WIDTH}" height="{height:.0f}" '
    return svg.replace("<svg ", size, 1), height


def progress_table(
    context: Context, projects: Iterable[tuple[ProjectProgress, str]], note: str = ""
) -> Table:
    """Return projects with their progress against the plan; `note` is the title of the remarks."""
    text = context.text
    rows: list[tuple[Cell, ...]] = [
        (
            project.title,
            *([remark] if note else []),
            progress_bar(project.physical, project.planned, project.physical_sign),
            percent(project.physical),
            percent(project.planned if project.physical is not None else None),
            Value(project.word, sign=project.sign),
        )
        for project, remark in projects
    ]
    columns = (
        text("picture.project"),
        *([note] if note else []),
        "",
        text("projects.physical"),
        text("projects.planned"),
        text("projects.state"),
    )
    return Table(columns, tuple(rows))


def of_projects(context: Context, title: str, table: Table, subjects: object) -> Picture | None:
    """Return a panel of projects as a picture; nothing where it has none."""
    if not table.rows:
        return None
    day = context.format.day(context.today_date)
    return Picture(
        title=title,
        subtitle=subtitle(context, day),
        table=table,
        source=context.text("slide.reports", day=day),
        demonstration=context.is_demonstration(subjects),
    )


def of_works(context: Context, title: str, table: Table) -> Picture | None:
    """Return a panel of funded works as a picture; nothing where it has none."""
    if not table.rows:
        return None
    return Picture(title, subtitle(context), table, works_source(context))


def works_source(context: Context) -> str:
    """Return who publishes the funded works, and the licence."""
    return context.text("works.by_source_short").partition(": ")[2]


def place_map(
    context: Context, inside: Sequence[str], outlined: Collection[str]
) -> tuple[str, float]:
    """Return a map of municipalities, those of a place filled, and its height."""
    shapes = context.data.shapes
    territories = context.catalog.territories
    places = [
        (outline, 4 if code in inside else 1, territories[code].name)
        for code, outline in shapes.paths.items()
    ]
    return choropleth(
        places,
        list(shapes.zones.values()),
        [
            outline
            for code in outlined
            if (outline := shapes.paths.get(code) or shapes.zones.get(code))
        ],
        "",
        (shapes.width, shapes.height),
        (),
        ("", 0),
    )


@picture("funding")
def funding_picture(context: Context) -> Picture | None:
    """Draw the money of a project or a work by source."""
    lines = [line for line in funding_lines(context) if line.amount or line.paid]
    largest = max((line.amount or 0 for line in lines), default=0)
    if not largest:
        return None
    text = context.text
    rows = tuple(
        (
            text(f"project.source_{line.source}")
            if line.secured
            else text("project.source_to_be_found"),
            line.programme,
            bar(
                100 * (line.amount or 0) / largest,
                [(100 * (line.amount or 0) * line.paid_share / largest, "paid")],
            ),
            millions(context, line.amount),
            millions(context, line.paid),
        )
        for line in lines
    )
    columns = (
        text("project.funding"),
        text("area.measure"),
        "",
        "M€",
        f"{text('project.paid')}, M€",
    )
    is_invented = any(line.demonstration for line in lines)
    source = text("slide.reports", day=context.format.day(context.today_date))
    if not is_invented:
        source = works_source(context)
    return Picture(
        text("project.funding"), subtitle(context), Table(columns, rows), source, is_invented
    )
