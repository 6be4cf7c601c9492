"""Funded works: search and filters, changes between extractions, and the page's heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.pages.common import breadcrumbs
from dashboard.pages.works import filters
from dashboard.pages.works.table import totals
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

LARGEST = 8  # changes that are listed
LEAST = 50_000  # euro, from which a change is written as 0.1 M€
MILLION = 1e6


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A work whose payments changed; amounts in M€."""

    address: str
    title: str
    before: str
    after: str
    change: str
    is_decrease: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two extractions: sums in M€, and numbers of works."""

    first: str
    last: str
    difference: str
    increased: str
    decreased: str
    unchanged: str
    added: str
    added_paid: str
    removed: str
    removed_paid: str


@panel("works_find")
def find(context: Context) -> Html:
    """Filter works by text, menus and columns, and download them."""
    values = filters.form_values(context.selection)
    return context.panel(
        "works/find.html",
        "works-find card",
        menus=filters.menus(context),
        values=values,
        column_texts=filters.COLUMN_TEXTS,
        column_numbers=filters.COLUMN_NUMBERS,
        column_filters=sum(bool(value) for name, value in values.items() if name != "text"),
        without_filters=context.href(**dict.fromkeys(filters.FIELDS)),
        hidden=filters.hidden_values(context),
        query=_download_query(context),
    )


def _download_query(context: Context) -> str:
    """Return what makes a file have the works of the page, in their order."""
    names = ("area", "state", "source", "territory", "sort", *filters.FIELDS)
    values = {name: getattr(context.selection, name) for name in names}
    release = context.data.store.release
    return context.href("/x", **values, release=release, theme="system").partition("?")[2]


@panel("works_moved")
def changes(context: Context) -> Html:
    """Show what changed between the last two extractions, the largest changes first."""
    rows = _movements(context)
    largest = largest_changes(context)
    return context.panel(
        "works/changes.html",
        "works-moved card",
        has_picture=bool(largest),
        changes=_changes(context, rows[0]) if rows else None,
        rows=[_change_row(context, row) for row in largest],
    )


def _movements(context: Context) -> list[dict[str, Any]]:
    return filters.rows(context, "funded_movements", territory=filters.territory_of(context))


def largest_changes(context: Context) -> list[dict[str, Any]]:
    """Return the largest changes between the last two extractions."""
    return [row for row in _movements(context) if abs(row["change"] or 0) >= LEAST][:LARGEST]


def _changes(context: Context, row: dict[str, Any]) -> Changes:
    number, millions, day = context.format.number, context.format.millions, context.format.day
    return Changes(
        first=day(row["first"]),
        last=day(row["last"]),
        difference=number((row["difference"] or 0) / MILLION, 1, signed=True),
        increased=number(row["up"], 0),
        decreased=number(row["down"], 0),
        unchanged=number(row["still"], 0),
        added=number(row["came"], 0),
        added_paid=millions(row["came_paid"] or 0),
        removed=number(row["gone"], 0),
        removed_paid=millions(row["gone_paid"] or 0),
    )


def _change_row(context: Context, row: dict[str, Any]) -> ChangeRow:
    return ChangeRow(
        address=context.href(f"/progetti/{row['project']}"),
        title=context.from_capitals(row["title"]),
        before=context.format.millions(row["before"]),
        after=context.format.millions(row["after"]),
        change=context.format.number(row["change"] / MILLION, 1, signed=True),
        is_decrease=row["change"] < 0,
    )


@heading("works")
def works_heading(context: Context) -> Heading:
    """Say how many works are selected, for how much money, and how much of it is paid."""
    count = totals(context)
    territory = filters.territory_of(context)
    number = context.format.number(count["works"], 0)
    funding, paid = (context.format.millions(count[name] or 0) for name in ("funding", "paid"))
    values = {
        "where": context.catalog.territories[territory].name
        if territory
        else context.text("projects.whole"),
        "n": number,
        "funding": funding,
    }
    crumb = context.text("projects.works")
    return Heading(
        title=context.text(
            "works.title_paid",
            **values,
            paid=context.format.percent(count["paid"] / count["paid_of"]),
        )
        if count["paid_of"]
        else context.text("works.title", **values),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), breadcrumbs.projects(context), Crumb(crumb)),
        figures=(
            KeyFigure(context.text("projects.count"), number),
            KeyFigure(context.text("projects.funding"), f"{funding} M€"),
            KeyFigure(context.text("projects.paid_amount"), f"{paid} M€"),
        ),
    )
