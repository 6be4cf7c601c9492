"""The portfolio: the plan's projects with their timeline and money, and the funded works."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard import numbers
from dashboard.figures.gantt import Axis, Bar, axis, row
from dashboard.panels import works as funded
from dashboard.panels.progress import as_date, progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.components.html import Html
    from dashboard.page import Page

LEVELS = ("strategic", "operational")
TIMELINE = 46


def _level(page: Page) -> str:
    return page.selection.level if page.selection.level in LEVELS else LEVELS[0]


def chosen(page: Page) -> list[dict[str, Any]]:
    """Return the projects of the chosen level, policy area and territory."""
    found = progress(page, _level(page))
    area = page.selection.area
    if area:
        found = [r for r in found if area in (r["areas"] or "").split()]
    for territory in page.highlighted:
        concerned = page.facts.rows("projects_of_territory", territory=territory)
        names = {r["project"] for r in concerned}
        found = [r for r in found if r["project"] in names]
    return found


def portfolio(page: Page) -> Html:
    """Draw each project as a sentence: what, how far, how much, when, what next."""
    found = chosen(page)
    today = date.fromisoformat(page.today)
    bars = [_bar(r, today) for r in found]
    days = [today, *(d for b in bars for d in _days(b))]
    on = axis(days)
    return page.html(
        "portfolio.html",
        "portfolio card",
        level=_level(page),
        levels=LEVELS,
        rows=[_row(page, r, b, on, today) for r, b in zip(found, bars, strict=True)],
        axis=on,
        today=numbers.day(today, page.lang),
        today_x=on.x(today),
        **funded.filters(page),
    )


def _bar(found: dict[str, Any], today: date) -> Bar:
    names = ("baseline_start", "baseline_end", "actual_start", "finish")
    start, end, begun, finish = (as_date(found[n]) for n in names)
    done = bool(found["done"])
    return Bar(
        planned=(start, end) if start and end else None,
        start=begun,
        done=(finish if done else today) if begun else None,
        forecast=None if done else finish,
        reached=done,
        late=found["late"],
    )


def _days(bar: Bar) -> list[date]:
    return [d for d in (*(bar.planned or ()), bar.start, bar.done, bar.forecast) if d]


def _row(page: Page, found: dict[str, Any], bar: Bar, on: Axis, today: date) -> dict[str, Any]:
    finish = numbers.month(as_date(found["finish"]), page.lang)
    key = "projects.ended" if bar.reached else "projects.expected"
    return found | {
        "timeline": row(bar, on, today, height=TIMELINE, marks=False),
        "spoken": _spoken(page, bar),
        "nodes": _areas(page, found),
        "finish": page.words(key, month=finish),
    }


def _spoken(page: Page, bar: Bar) -> str:
    """Say the timeline, for whoever does not see it."""
    if not bar.planned:
        return ""
    start, end = (numbers.month(d, page.lang) for d in bar.planned)
    return page.words("projects.spoken", start=start, end=end)


def _areas(page: Page, found: dict[str, Any]) -> str:
    nodes = {n.id: n for n in page.catalog.areas}
    first = nodes.get(found["area"] or "")
    name = page.say(first.short or first.title) if first else ""
    more = len((found["areas"] or "").split()) - 1
    if more < 1:
        return name
    key = "projects.more_areas" if more > 1 else "projects.more_area"
    return f"{name} · {page.words(key, n=more)}"


def money(page: Page) -> Html:
    """Draw what is assigned, paid, and was planned to be paid, project by project."""
    found = [r for r in progress(page, "strategic") if r["funding"]]
    found.sort(key=lambda r: -r["funding"])
    day = max((r["paid_at"] for r in found if r["paid_at"]), default=None)
    return page.html(
        "money.html",
        "money card",
        rows=found,
        most=max((r["funding"] for r in found), default=1),
        day=numbers.period(day, page.lang),
    )


def works_by_zone(page: Page) -> Html:
    """Draw the real funded works of each zone, those of a single municipality."""
    rows = page.facts.rows("funded_by_zone")
    totals = page.facts.rows("funded_totals")[0]
    return page.html(
        "works_by_zone.html",
        "works-by-zone card",
        rows=rows,
        totals={
            k: numbers.number(totals[k], 0, page.lang) for k in ("projects", "single_projects")
        },
        day=numbers.day(totals["extracted"], page.lang),
    )


def operational(page: Page) -> Html:
    """List the operational projects by policy area."""
    found = progress(page, "operational")
    groups = [(n, [r for r in found if r["area"] == n.id]) for n in page.catalog.areas]
    return page.html("operational.html", "operational card", groups=groups, total=len(found))


def _heading(page: Page) -> dict[str, Any]:
    found = progress(page, "strategic")
    late = sum(1 for r in found if r["late"])
    funding = sum(r["funding"] or 0 for r in found)
    paid = sum(r["paid"] or 0 for r in found)
    weighted = sum((r["physical"] or 0) / 100 * (r["funding"] or 0) for r in found)
    of = page.words("projects.of", n=late, total=len(found))
    crumb = page.words("nav.projects")
    share = funding or None
    return {
        "title": page.words("projects.title", late=late, total=len(found)),
        "tab": crumb,
        "crumbs": [(page.words("nav.overview"), "/"), (crumb, None)],
        "demonstration": True,
        "figures": [
            (page.words("projects.late"), of, ""),
            (page.words("projects.weighted"), page.percent(share and weighted / share), ""),
            (page.words("projects.paid"), page.percent(share and paid / share), ""),
            (page.words("projects.funded"), f"{page.millions(funding)} M€", ""),
        ],
    }


PANELS: dict[str, Callable[[Page], Component]] = {
    "portfolio": portfolio,
    "money": money,
    "works_by_zone": works_by_zone,
    "operational": operational,
    "works": funded.works,
}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {
    "projects": _heading,
    "works": funded.works_heading,
}
