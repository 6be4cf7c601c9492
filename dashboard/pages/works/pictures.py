"""The map of the selected funded works, their rows and their changes as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.choropleth import MapClass, choropleth
from dashboard.figures.map_labels import labels_svg
from dashboard.figures.table import Table, Value
from dashboard.pages.common.pictures import millions, of_works, subtitle, works_source
from dashboard.pages.works.map import works_cell, works_values, zone_labels
from dashboard.pages.works.panels import largest_changes
from dashboard.pages.works.table import page_of, page_rows, pager_of, totals, work_row
from dashboard.pictures import Picture
from dashboard.registry import picture

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("works_map")
def map_picture(context: Context) -> Picture | None:
    """Draw the municipalities by money or number of the selected works."""
    content = works_values(context)
    if not content.values:
        return None
    shapes, text = context.data.shapes, context.text
    drawing, height = choropleth(
        [
            (shapes.paths.get(place.territory, ""), *works_cell(context, place, content))
            for place in content.places
        ],
        list(shapes.zones.values()),
        [shapes.paths.get(c) or shapes.zones.get(c, "") for c in context.highlighted],
        labels_svg(zone_labels(context)),
        (shapes.width, shapes.height),
        [MapClass(entry.label, entry.count) for entry in content.legend],
        (text("matrix.no_data"), len(content.places) - len(content.values)),
    )
    rows = tuple(
        (
            place.name,
            Value(context.format.number(row["projects"], 0), row["projects"]),
            millions(context, row["funding"]),
        )
        for place in content.places
        if (row := content.rows.get(place.territory))
    )
    columns = (text("drivers.municipality"), text("area.count"), "M€")
    table = Table(columns, rows)
    return Picture(
        title=content.title,
        subtitle=subtitle(context),
        table=table,
        source=works_source(context),
        drawing=drawing,
        height=height,
    )


@picture("works")
def works_picture(context: Context) -> Picture | None:
    """Draw the selected page of the works."""
    text, works = context.text, totals(context)["works"]
    page, pages = page_of(context, works)
    pager = pager_of(context, page, pages, works)
    rows = tuple(
        (
            line.title,
            line.place,
            line.state,
            millions(context, row["funding"]),
            millions(context, row["paid"]),
        )
        for row in page_rows(context, page)
        if (line := work_row(context, row))
    )
    columns = (
        text("projects.work_title"),
        text("projects.place"),
        text("works.state"),
        text("works.funding_millions"),
        text("works.paid_millions"),
    )
    title = text("projects.works")
    if pager:
        span = text("works.rows", first=pager.first_row, last=pager.last_row, n=pager.rows)
        title = f"{title}, {span}"
    return of_works(context, title, Table(columns, rows))


@picture("works_moved")
def moved_picture(context: Context) -> Picture | None:
    """Draw the largest changes between the last two extractions."""
    text = context.text
    rows = tuple(
        (
            context.from_capitals(row["title"]),
            millions(context, row["before"]),
            millions(context, row["after"]),
            millions(context, row["change"]),
        )
        for row in largest_changes(context)
    )
    columns = (
        text("works.work"),
        f"{text('works.before')}, M€",
        f"{text('works.after')}, M€",
        f"{text('works.change')}, M€",
    )
    return of_works(context, text("works.moved_largest"), Table(columns, rows))
