"""The funded works: real projects of the recovery plan in the municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard import numbers
from dashboard.components.grid import Column, grid
from dashboard.components.html import Html
from dashboard.panels.choices import area_menu, territory_menu

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.page import Page

WIDTHS = {"work_title": 420, "body": 230, "place": 170, "measure": 320}


def _found(page: Page) -> list[dict[str, Any]]:
    at = page.highlighted[0] if page.highlighted else None
    return page.facts.rows(
        "funded_works", territory=at, area=page.selection.area, text=page.selection.text
    )


def works(page: Page) -> Component:
    """Show the funded works in a grid that sorts and filters in the browser."""
    found = _found(page)
    single = [r for r in found if r["municipalities"] == 1]
    head = page.markup(
        "works.html",
        count=numbers.number(len(found), 0, page.lang),
        shared=len(found) - len(single),
        chosen=page.selection,
        menus=[area_menu(page), territory_menu(page)],
    )
    day = numbers.day(found[0]["extracted"], page.lang) if found else ""
    body: Component = Html(page.markup("no_works.html"))
    if found:
        body = grid(
            _columns(page),
            [_row(page, r) for r in found],
            lang=page.lang,
            id=f"works-{page.lang}",
            label=page.words("projects.works"),
        )
    datasets = dict.fromkeys(r["dataset"] for r in found)
    note = "".join(
        page.markup("works_note.html", dataset=page.catalog.datasets[name], day=day)
        for name in datasets
    )
    return html.Section(
        [Html(head), body, Html(note)], className="panel panel-works card", id="works"
    )


def _row(page: Page, found: dict[str, Any]) -> dict[str, Any]:
    several = found["municipalities"] > 1
    row = {
        "project": found["project"],
        "work_title": found["title"],
        "body": found["body"],
        "place": page.words("projects.in_several", n=found["municipalities"])
        if several
        else found["place"],
        "measure": found["measure"],
        "funding": found["funding"],
        "paid": found["paid"],
        "share": found["paid_share"],
        "cup": found["cup"],
    }
    return {key: value for key, value in row.items() if value is not None}


def _columns(page: Page) -> list[Column]:
    query = page.href("/progetti").partition("?")[2]
    link = {"path": "/progetti/", "of": "project", "query": f"?{query}" if query else ""}
    text = [
        Column(
            name,
            page.words(f"projects.{name}"),
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
    found = _found(page)
    funding = sum(r["funding"] or 0 for r in found)
    paid = sum(r["paid"] or 0 for r in found)
    crumb = page.words("projects.works")
    count = numbers.number(len(found), 0, page.lang)
    where = territory_menu(page).now or page.words("projects.whole")
    return {
        "title": page.words(
            "projects.works_title",
            where=where,
            n=count,
            funding=page.millions(funding),
            paid=page.percent(paid / funding if funding else None),
        ),
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
