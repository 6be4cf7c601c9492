"""The location and the payments of a funded work as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.common.pictures import (
    of_works,
    place_map,
    share,
    subtitle,
    works_source,
)
from dashboard.pages.common.project import current_project, places, project_rows
from dashboard.pages.common.records import record
from dashboard.pages.work.records import payment_totals, total_funding, write_amount
from dashboard.pages.work.sheet import Tender, codes, write_number
from dashboard.pictures import Picture
from dashboard.registry import picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.table import Row

NO_FIGURES = (Value(MISSING),) * 4  # amount, planned, realised, month


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


@picture("work_sheet")
def sheet_picture(context: Context) -> Picture | None:
    """Draw the codes of the work, its tenders with their amounts, its targets."""
    text, format_ = context.text, context.format
    rows: list[Row] = [
        (text(f"project.{code.name}"), code.value, code.code or MISSING, *NO_FIGURES)
        for code in codes(context, current_project(context))
    ]
    rows += [
        (
            text("works.tenders"),
            tender.title or "",
            tender.cig,
            _euro(context, tender.amount),
            *NO_FIGURES[1:],
        )
        for tender in (record(Tender, row) for row in project_rows(context, "project_procedures"))
    ]
    for row in project_rows(context, "work_targets"):
        planned, realised = (
            Value(write_number(context, row[name]), row[name]) for name in ("planned", "realised")
        )
        title = f"{context.from_capitals(row['title'])}, {context.inside(row['unit'], 'it')}"
        period = Value(format_.period(row["period"]), day=row["period"])
        rows.append(
            (text("works.target"), title, row["target"], NO_FIGURES[0], planned, realised, period)
        )
    if not rows:
        return None
    columns = (
        text("project.sheet"),
        text("project.subject"),
        text("picture.code"),
        f"{text('picture.amount')}, €",
        text("works.planned"),
        text("works.realised"),
        text("works.month"),
    )
    return of_works(context, text("project.sheet"), Table(columns, tuple(rows)))


@picture("work_actors")
def actors_picture(context: Context) -> Picture | None:
    """Draw who takes part in the work, and as what."""
    text = context.text
    rows = tuple(
        (row["name"], text(f"project.role_{row['role']}"))
        for row in project_rows(context, "project_actors")
    )
    columns = (text("project.actor"), text("project.role"))
    return of_works(context, text("project.actors"), Table(columns, rows))


def _euro(context: Context, amount: float | None) -> Value:
    return Value(write_amount(context, amount), amount)
