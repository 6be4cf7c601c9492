"""The location and the payments of a funded work as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.common.pictures import place_map, share, subtitle, works_source
from dashboard.pages.common.project import current_project, places
from dashboard.pages.work.records import payment_totals, total_funding, write_amount
from dashboard.pictures import Picture
from dashboard.registry import picture

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("location")
def location_picture(context: Context) -> Picture | None:
    """Draw the municipalities of the work."""
    municipalities, text = places(context), context.text
    outlined = [p.territory for p in municipalities if p.territory in context.data.shapes.paths]
    if not outlined:
        return None
    drawing, height = place_map(context, outlined, outlined if len(outlined) == 1 else ())
    rows = tuple((place.name, share(context, place.share)) for place in municipalities)
    columns = (text("drivers.municipality"), text("picture.share"))
    return Picture(
        title=current_project(context).title,
        subtitle=text("project.where"),
        table=Table(columns, rows),
        source=works_source(context),
        drawing=drawing,
        height=height,
    )


@picture("payments")
def payments_picture(context: Context) -> Picture | None:
    """Draw what was paid up to each period, against the funding."""
    text, totals, funding = context.text, payment_totals(context), total_funding(context)
    if not totals:
        return None
    rows = tuple(
        (
            Value(context.format.period(total.period), day=total.period),
            bar(100, [(100 * min((total.amount or 0) / funding, 1) if funding else 0, "paid")]),
            Value(write_amount(context, total.amount), total.amount),
            Value(write_amount(context, funding), funding),
        )
        for total in totals
    )
    columns = (
        text("indicator.period"),
        "",
        f"{text('works.paid')}, €",
        f"{text('works.funding')}, €",
    )
    table = Table(columns, rows)
    return Picture(text("project.payments"), subtitle(context), table, works_source(context))
