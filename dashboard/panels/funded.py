"""The page of one funded work: real money, payments and place, and what the source leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import numbers
from dashboard.figures.locator import locator
from dashboard.panels.progress import project_of, projects_rows

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.page import Page


def where(page: Page) -> Html:
    """Show the work on the map, with its official title and its municipalities."""
    shapes = page.facts.shapes
    places = projects_rows(page, "project_places")
    drawn = [p for p in places if p["territory"] in shapes.paths]
    return page.html(
        "where.html",
        "where card",
        project=project_of(page),
        places=places,
        map=locator(
            [(p["territory"], p["name"], page.href(f"/territori/{p['territory']}")) for p in drawn],
            shapes=f"/shapes/{page.facts.store.release}.svg",
            size=(shapes.width, shapes.height),
            outlines=[f"zone-{z}" for z in shapes.zones],
            chosen=[p["territory"] for p in drawn],
            title=", ".join(p["name"] for p in drawn),
        ),
    )


def payments(page: Page) -> Html:
    """Draw what was paid at each extraction of the source, over what is funded."""
    rows = projects_rows(page, "project_payments", today=page.today)
    funding = _funding(page)
    return page.html(
        "payments.html",
        "spending card",
        rows=[(numbers.period(r["period"], page.lang), r["amount"]) for r in rows],
        funding=funding,
        most=max([funding, *(r["amount"] or 0 for r in rows)]) or 1,
    )


def _funding(page: Page) -> float:
    return sum(r["amount"] or 0 for r in projects_rows(page, "project_funding"))


def sheet(page: Page) -> Html:
    """Give the work's codes, measure and sector, and the day of its data."""
    project = project_of(page)
    names = ("cup", "local_code", "measure_code", "measure", "sector")
    known = [(n, project[n]) for n in names if project[n] and n != "measure_code"]
    return page.html(
        "work_sheet.html",
        "milestones card",
        project=project,
        facts=known,
        day=numbers.day(project["extracted"], page.lang),
        source=page.say(page.catalog.datasets[project["dataset"]].attribution),
    )


def onward(page: Page) -> Html:
    """Lead to the works beside this one: same municipality, same measure, same policy area."""
    project = project_of(page)
    area = next((n for n in page.catalog.areas if n.id == project["area"]), None)
    return page.html(
        "onward.html",
        "links card",
        project=project,
        places=projects_rows(page, "project_places")[:3],
        area=area,
    )


def title(page: Page) -> dict[str, Any]:
    """Say where the work is, for how much money, and how much of it is paid."""
    project = project_of(page)
    places = projects_rows(page, "project_places")
    place = places[0]["name"] if places else page.words("projects.whole")
    if len(places) > 1:
        place = page.words("projects.several", n=len(places))
    funding = _funding(page)
    rows = projects_rows(page, "project_payments", today=page.today)
    paid = rows[-1]["amount"] if rows else None
    share = page.percent(paid / funding if funding and paid is not None else None)
    said = page.words(
        "project.title_funded", place=place, funding=page.millions(funding), paid=share
    )
    return {
        "title": said,
        "tab": project[f"title_{page.lang}"],
        "figures": [
            (page.words("projects.funding"), f"{page.millions(funding)} M€", ""),
            (page.words("projects.paid_amount"), f"{page.millions(paid)} M€", ""),
            (page.words("projects.paid_share"), share, ""),
        ],
    }
