"""The page of one funded work: real money, payments and place, and what the source leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.figures.locator import locator
from dashboard.pages.common.progress import project_of, projects_rows

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Page

CENT = 0.01
MILLION = 1e6
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")


def where(page: Page) -> Html:
    """Show the work on the map, with its official title and its municipalities."""
    shapes = page.facts.shapes
    places = projects_rows(page, "project_places")
    drawn = [p for p in places if p["territory"] in shapes.paths]
    shared = any(p["share"] is not None for p in places)
    key = "project.where_single" if len(places) == 1 else "works.where_several"
    if shared and len(places) > 1:
        key = "works.where_shared"
    return page.html(
        "work/where.html",
        "where card",
        project=project_of(page),
        places=places,
        said=page.words(key, n=len(places)),
        facts=_dates(page),
        map=locator(
            [(p["territory"], p["name"], page.href(f"/territori/{p['territory']}")) for p in drawn],
            shapes=f"/shapes/{page.facts.store.release}.svg",
            size=(shapes.width, shapes.height),
            outlines=[f"zone-{z}" for z in shapes.zones],
            chosen=[p["territory"] for p in drawn],
            title=", ".join(p["name"] for p in drawn),
        ),
    )


def _dates(page: Page) -> list[tuple[str, str]]:
    """Return phase and dates as far as a source tells them, in the source's own words."""
    project, phase = project_of(page), _work(page)["phase"]
    facts = []
    if phase:
        facts.append((page.words("works.phase"), page.words(f"works.phase_{phase}")))
    for name in DATES:
        if project[name]:
            said = formatting.day(project[name], page.lang)
            facts.append((page.words(_key(page, name)), said))
    return facts


def _key(page: Page, date: str) -> str:
    """Return the words of a date: `actual_start` is a decree where PA digitale tells it."""
    for told in _extractions(page):
        own = f"works.{date}_{told['dataset']}"
        if own in page.words:
            return own
    return f"works.{date}"


def _work(page: Page) -> dict[str, Any]:
    (row,) = projects_rows(page, "work_state")
    return row


def _extractions(page: Page) -> list[dict[str, Any]]:
    return projects_rows(page, "work_extractions")


def payments(page: Page) -> Html:
    """Draw what was paid at each extraction, and list what each extraction said."""
    rows = projects_rows(page, "project_payments", today=page.today)
    funding = _funding(page)
    told = _extractions(page)
    amounts = {round(e["funding"] / CENT) for e in told if e["funding"] is not None}
    return page.html(
        "work/payments.html",
        "spending card",
        rows=[(formatting.period(r["period"], page.lang), r["amount"]) for r in rows],
        money=lambda euro: _money(page, euro),
        euro=lambda euro: formatting.number(euro, 0, page.lang),
        funding=funding,
        most=max([funding, *(r["amount"] or 0 for r in rows)]) or 1,
        told=[
            {
                **e,
                "day": formatting.day(e["extracted"], page.lang),
                "source": e[f"title_{page.lang}"] or e["dataset"],
                "said": page.words(f"works.phase_{e['phase']}") if e["phase"] else "",
            }
            for e in told
        ],
        differs=len(amounts) > 1,
    )


def _money(page: Page, euro: float | None) -> str:
    """Write millions with a decimal, less than one as whole euro: a small work is not 0.0 M€."""
    if euro is None:
        return formatting.MISSING
    if euro >= MILLION:
        return f"{page.millions(euro)} M€"
    return f"{formatting.number(euro, 0, page.lang)} €"


def _funding(page: Page) -> float:
    return sum(r["amount"] or 0 for r in projects_rows(page, "project_funding"))


def sheet(page: Page) -> Html:
    """Give the work's codes and measure, its tenders and targets, and who says so."""
    project = project_of(page)
    names = ("cup", "local_code", "measure", "sector")
    datasets = dict.fromkeys([project["dataset"], *(e["dataset"] for e in _extractions(page))])
    targets = projects_rows(page, "work_targets")
    return page.html(
        "work/sheet.html",
        "milestones card",
        project=project,
        facts=[(n, project[n]) for n in names if project[n]],
        sample=project["traits"] == "sample",
        day=formatting.day(project["extracted"], page.lang) if project["extracted"] else "",
        tenders=projects_rows(page, "project_procedures"),
        targets=[{**r, "month": formatting.period(r["period"], page.lang)} for r in targets],
        number=lambda n: formatting.number(n, 0 if n == int(n) else 1, page.lang),
        datasets=[page.catalog.datasets[n] for n in datasets if n in page.catalog.datasets],
    )


def onward(page: Page) -> Html:
    """Lead to the works beside this one: same municipality, same measure, same policy area."""
    project = project_of(page)
    area = next((n for n in page.catalog.areas if n.id == project["area"]), None)
    return page.html(
        "work/onward.html",
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
    key = "works.title_unpaid" if funding else "works.title_bare"
    if funding and paid is not None:
        key = "works.title_funded"
    said = page.words(key, place=place, funding=_money(page, funding), paid=share)
    return {
        "title": said,
        "tab": project[f"title_{page.lang}"],
        "figures": [
            (page.words("works.state"), page.words(f"works.state_{_work(page)['state']}"), ""),
            (page.words("projects.funding"), _money(page, funding or None), ""),
            (page.words("projects.paid_amount"), _money(page, paid), ""),
            (page.words("projects.paid_share"), share, ""),
        ],
    }
