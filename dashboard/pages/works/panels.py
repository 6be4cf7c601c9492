"""The funded works: found, on the map, as they moved, and in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.grid import Column, grid
from dashboard.components.html import Html
from dashboard.pages.common import breadcrumbs
from dashboard.pages.works import filters as chosen
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Context

WIDTHS = {"work_title": 400, "body": 220, "place": 160, "measure": 280, "state": 130}
SHOWN = 2000  # rows that a page carries; the file has all
LARGEST = 8  # movements that are listed
LEAST = 50_000  # euro, from which a movement is written as 0.1 M€


def listed(context: Context) -> list[dict[str, Any]]:
    """Return the works that the page shows, largest first."""
    return chosen.rows(context, "funded_works", territory=chosen.place_of(context))


@panel("works_find")
def find(context: Context) -> Html:
    """Choose works by words, area, territory, state and source, and take them as a file."""
    found = listed(context)
    query = context.href("/x", **_choices(context)).partition("?")[2]
    return context.panel(
        "works/find.html",
        "works-find card",
        menus=chosen.menus(context),
        chosen=context.selection,
        count=context.format.number(len(found), 0),
        query=query,
        kept=_kept(context),
    )


def _choices(context: Context) -> dict[str, Any]:
    names = ("area", "state", "source", "text", "territory")
    return {n: getattr(context.selection, n) for n in names} | {
        "release": context.data.store.release,
        "theme": "light",
    }


def _kept(context: Context) -> list[tuple[str, str]]:
    """Return what a search keeps of the address."""
    selection = context.selection
    names = ("release", "area", "state", "source", "level")
    kept = [(n, getattr(selection, n)) for n in names if getattr(selection, n)]
    if context.language != context.config.language:
        kept.append(("lang", context.language))
    if selection.theme != "light":
        kept.append(("theme", selection.theme))
    return [*kept, *([("territory", ",".join(selection.territory))] if selection.territory else [])]


@panel("works_moved")
def moved(context: Context) -> Html:
    """Say what moved between the last two extractions, the largest movements first."""
    rows = chosen.rows(context, "funded_movements", territory=chosen.place_of(context))
    totals = rows[0] if rows else None
    return context.panel(
        "works/moved.html",
        "works-moved card",
        totals=totals,
        first=context.format.day(totals["first"]) if totals else "",
        last=context.format.day(totals["last"]) if totals else "",
        rows=[r for r in rows if abs(r["change"] or 0) >= LEAST][:LARGEST],
        count=lambda n: context.format.number(n, 0),
        signed=lambda euro: context.format.number(euro / 1e6, 1, signed=True),
    )


@panel("works")
def works(context: Context) -> Component:
    """Show the works in a grid that sorts and filters in the browser."""
    found = listed(context)
    count = context.format.number(len(found), 0)
    head = context.render(
        "works/works.html",
        count=count,
        shown=context.format.number(SHOWN, 0) if len(found) > SHOWN else "",
        notes=_notes(context, found),
    )
    body: Component = Html(context.render("works/none.html"), id="works-none")
    if found:
        body = grid(
            _columns(context),
            [_row(context, r) for r in found[:SHOWN]],
            lang=context.language,
            id=f"works-{context.language}",
            label=context.text("projects.works"),
        )
    return html.Section(
        [Html(head), body, Html(_source(context, found))],
        className="panel panel-works card",
        id="works",
    )


def _notes(context: Context, found: list[dict[str, Any]]) -> list[str]:
    counts = {
        "several": sum((r["municipalities"] or 0) > 1 for r in found),
        "without_money": sum(r["funding"] is None for r in found),
        "without_area": sum(r["area"] is None for r in found),
    }
    return [
        context.text(f"works.{name}", n=context.format.number(n, 0))
        for name, n in counts.items()
        if n
    ]


def _source(context: Context, found: list[dict[str, Any]]) -> str:
    """Name every dataset that the rows come from, with its licence and days."""
    names = dict.fromkeys(name for r in found for name in r["datasets"].split())
    datasets = [context.catalog.datasets[n] for n in names if n in context.catalog.datasets]
    days = [r["extracted"] for r in found if r["extracted"]]
    totals = context.data.rows("funded_totals")[0]
    return context.render(
        "works/note.html",
        datasets=datasets,
        first=context.format.day(min(days)) if days else "",
        last=context.format.day(max(days)) if days else "",
        paid=context.format.period(totals["paid_on"]),
    )


def _row(context: Context, found: dict[str, Any]) -> dict[str, Any]:
    several = (found["municipalities"] or 0) > 1
    row = {
        "project": found["project"],
        "work_title": found["title"],
        "body": found["body"],
        "place": context.text("projects.in_several", n=found["municipalities"])
        if several
        else found["place"],
        "measure": found["measure"],
        "state": context.text(
            "works.sample" if found["sample"] else f"works.state_{found['state']}"
        ),
        "funding": found["funding"],
        "paid": found["paid"],
        "share": found["paid_share"],
        "cup": found["cup"],
    }
    return {key: value for key, value in row.items() if value is not None}


def _columns(context: Context) -> list[Column]:
    query = context.href("/progetti").partition("?")[2]
    link = {"path": "/progetti/", "of": "project", "query": f"?{query}" if query else ""}
    titles = {name: f"projects.{name}" for name in WIDTHS} | {"state": "works.state"}
    text = [
        Column(
            name,
            context.text(titles[name]),
            width=width,
            link=link if name == "work_title" else None,
        )
        for name, width in WIDTHS.items()
    ]
    return [
        *text,
        Column("funding", context.text("projects.funding"), kind="millions", width=120),
        Column("paid", context.text("projects.paid_amount"), kind="millions", width=110),
        Column("share", context.text("projects.paid_share"), kind="percent", width=100),
        Column("cup", "CUP", width=170),
    ]


@heading("works")
def works_heading(context: Context) -> Heading:
    """Say how many works are shown, for how much money, and how much of it is paid."""
    found = listed(context)
    funding = sum(r["funding"] or 0 for r in found)
    told = [r for r in found if r["paid"] is not None and r["funding"]]
    paid = sum(r["paid"] for r in told)
    share = context.format.percent(paid / sum(r["funding"] for r in told)) if told else ""
    count = context.format.number(len(found), 0)
    at = chosen.place_of(context)
    said = {
        "where": context.catalog.territories[at].name if at else context.text("projects.whole"),
        "n": count,
        "funding": context.format.millions(funding),
    }
    crumb = context.text("projects.works")
    return Heading(
        title=context.text("works.title_paid", **said, paid=share)
        if told
        else context.text("works.title", **said),
        tab=crumb,
        crumbs=(
            breadcrumbs.home(context),
            breadcrumbs.projects(context),
            Crumb(crumb),
        ),
        figures=(
            KeyFigure(context.text("projects.count"), count),
            KeyFigure(context.text("projects.funding"), f"{context.format.millions(funding)} M€"),
            KeyFigure(context.text("projects.paid_amount"), f"{context.format.millions(paid)} M€"),
        ),
    )
