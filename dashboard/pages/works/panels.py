"""The funded works: found, on the map, as they moved, and in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard import formatting
from dashboard.components.grid import Column, grid
from dashboard.components.html import Html
from dashboard.pages.works import filters as chosen

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Page

WIDTHS = {"work_title": 400, "body": 220, "place": 160, "measure": 280, "state": 130}
SHOWN = 2000  # rows that a page carries; the file has all
LARGEST = 8  # movements that are listed
LEAST = 50_000  # euro, from which a movement is written as 0.1 M€


def listed(page: Page) -> list[dict[str, Any]]:
    """Return the works that the page shows, largest first."""
    return chosen.rows(page, "funded_works", territory=chosen.place_of(page))


def find(page: Page) -> Html:
    """Choose works by words, area, territory, state and source, and take them as a file."""
    found = listed(page)
    query = page.href("/x", **_choices(page)).partition("?")[2]
    return page.html(
        "works/find.html",
        "works-find card",
        menus=chosen.menus(page),
        chosen=page.selection,
        count=formatting.number(len(found), 0, page.lang),
        query=query,
        kept=_kept(page),
    )


def _choices(page: Page) -> dict[str, Any]:
    names = ("area", "state", "source", "text", "territory")
    return {n: getattr(page.selection, n) for n in names} | {
        "release": page.facts.store.release,
        "theme": "light",
    }


def _kept(page: Page) -> list[tuple[str, str]]:
    """Return what a search keeps of the address."""
    selection = page.selection
    names = ("release", "area", "state", "source", "level")
    kept = [(n, getattr(selection, n)) for n in names if getattr(selection, n)]
    if page.lang != page.config.language:
        kept.append(("lang", page.lang))
    if selection.theme != "light":
        kept.append(("theme", selection.theme))
    return [*kept, *([("territory", ",".join(selection.territory))] if selection.territory else [])]


def moved(page: Page) -> Html:
    """Say what moved between the last two extractions, the largest movements first."""
    rows = chosen.rows(page, "funded_movements", territory=chosen.place_of(page))
    totals = rows[0] if rows else None
    return page.html(
        "works/moved.html",
        "works-moved card",
        totals=totals,
        first=formatting.day(totals["first"], page.lang) if totals else "",
        last=formatting.day(totals["last"], page.lang) if totals else "",
        rows=[r for r in rows if abs(r["change"] or 0) >= LEAST][:LARGEST],
        count=lambda n: formatting.number(n, 0, page.lang),
        signed=lambda euro: formatting.number(euro / 1e6, 1, page.lang, signed=True),
    )


def works(page: Page) -> Component:
    """Show the works in a grid that sorts and filters in the browser."""
    found = listed(page)
    count = formatting.number(len(found), 0, page.lang)
    head = page.markup(
        "works/works.html",
        count=count,
        shown=formatting.number(SHOWN, 0, page.lang) if len(found) > SHOWN else "",
        notes=_notes(page, found),
    )
    body: Component = Html(page.markup("works/none.html"), id="works-none")
    if found:
        body = grid(
            _columns(page),
            [_row(page, r) for r in found[:SHOWN]],
            lang=page.lang,
            id=f"works-{page.lang}",
            label=page.words("projects.works"),
        )
    return html.Section(
        [Html(head), body, Html(_source(page, found))],
        className="panel panel-works card",
        id="works",
    )


def _notes(page: Page, found: list[dict[str, Any]]) -> list[str]:
    counts = {
        "several": sum((r["municipalities"] or 0) > 1 for r in found),
        "without_money": sum(r["funding"] is None for r in found),
        "without_area": sum(r["area"] is None for r in found),
    }
    return [
        page.words(f"works.{name}", n=formatting.number(n, 0, page.lang))
        for name, n in counts.items()
        if n
    ]


def _source(page: Page, found: list[dict[str, Any]]) -> str:
    """Name every dataset that the rows come from, with its licence and days."""
    names = dict.fromkeys(name for r in found for name in r["datasets"].split())
    datasets = [page.catalog.datasets[n] for n in names if n in page.catalog.datasets]
    days = [r["extracted"] for r in found if r["extracted"]]
    totals = page.facts.rows("funded_totals")[0]
    return page.markup(
        "works/note.html",
        datasets=datasets,
        first=formatting.day(min(days), page.lang) if days else "",
        last=formatting.day(max(days), page.lang) if days else "",
        paid=formatting.period(totals["paid_on"], page.lang),
    )


def _row(page: Page, found: dict[str, Any]) -> dict[str, Any]:
    several = (found["municipalities"] or 0) > 1
    row = {
        "project": found["project"],
        "work_title": found["title"],
        "body": found["body"],
        "place": page.words("projects.in_several", n=found["municipalities"])
        if several
        else found["place"],
        "measure": found["measure"],
        "state": page.words("works.sample" if found["sample"] else f"works.state_{found['state']}"),
        "funding": found["funding"],
        "paid": found["paid"],
        "share": found["paid_share"],
        "cup": found["cup"],
    }
    return {key: value for key, value in row.items() if value is not None}


def _columns(page: Page) -> list[Column]:
    query = page.href("/progetti").partition("?")[2]
    link = {"path": "/progetti/", "of": "project", "query": f"?{query}" if query else ""}
    titles = {name: f"projects.{name}" for name in WIDTHS} | {"state": "works.state"}
    text = [
        Column(
            name,
            page.words(titles[name]),
            width=width,
            link=link if name == "work_title" else None,
        )
        for name, width in WIDTHS.items()
    ]
    return [
        *text,
        Column("funding", page.words("projects.funding"), kind="millions", width=120),
        Column("paid", page.words("projects.paid_amount"), kind="millions", width=110),
        Column("share", page.words("projects.paid_share"), kind="percent", width=100),
        Column("cup", "CUP", width=170),
    ]


def works_heading(page: Page) -> dict[str, Any]:
    """Say how many works are shown, for how much money, and how much of it is paid."""
    found = listed(page)
    funding = sum(r["funding"] or 0 for r in found)
    told = [r for r in found if r["paid"] is not None and r["funding"]]
    paid = sum(r["paid"] for r in told)
    share = page.percent(paid / sum(r["funding"] for r in told)) if told else ""
    count = formatting.number(len(found), 0, page.lang)
    at = chosen.place_of(page)
    said = {
        "where": page.catalog.territories[at].name if at else page.words("projects.whole"),
        "n": count,
        "funding": page.millions(funding),
    }
    crumb = page.words("projects.works")
    return {
        "title": page.words("works.title_paid", **said, paid=share)
        if told
        else page.words("works.title", **said),
        "tab": crumb,
        "crumbs": [
            (page.words("nav.overview"), "/"),
            (page.words("nav.projects"), "/progetti"),
            (crumb, None),
        ],
        "figures": [
            (page.words("projects.count"), count, ""),
            (page.words("projects.funding"), f"{page.millions(funding)} M€", ""),
            (page.words("projects.paid_amount"), f"{page.millions(paid)} M€", ""),
        ],
    }
