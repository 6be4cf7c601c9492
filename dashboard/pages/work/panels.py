"""The page of one funded work: real money, payments and place, and what the source leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures.locator import locator
from dashboard.pages.common.progress import project_of, projects_rows
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

CENT = 0.01
MILLION = 1e6
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")


def where(context: Context) -> Html:
    """Show the work on the map, with its official title and its municipalities."""
    shapes = context.data.shapes
    places = projects_rows(context, "project_places")
    drawn = [p for p in places if p["territory"] in shapes.paths]
    shared = any(p["share"] is not None for p in places)
    key = "project.where_single" if len(places) == 1 else "works.where_several"
    if shared and len(places) > 1:
        key = "works.where_shared"
    return context.panel(
        "work/where.html",
        "where card",
        project=project_of(context),
        places=places,
        said=context.text(key, n=len(places)),
        facts=_dates(context),
        map=locator(
            [
                (p["territory"], p["name"], context.href(f"/territori/{p['territory']}"))
                for p in drawn
            ],
            shapes=f"/shapes/{context.data.store.release}.svg",
            size=(shapes.width, shapes.height),
            outlines=[f"zone-{z}" for z in shapes.zones],
            chosen=[p["territory"] for p in drawn],
            title=", ".join(p["name"] for p in drawn),
        ),
    )


def _dates(context: Context) -> list[tuple[str, str]]:
    """Return phase and dates as far as a source tells them, in the source's own words."""
    project, phase = project_of(context), _work(context)["phase"]
    facts = []
    if phase:
        facts.append((context.text("works.phase"), context.text(f"works.phase_{phase}")))
    for name in DATES:
        if project[name]:
            said = context.format.day(project[name])
            facts.append((context.text(_key(context, name)), said))
    return facts


def _key(context: Context, date: str) -> str:
    """Return the words of a date: `actual_start` is a decree where PA digitale tells it."""
    for told in _extractions(context):
        own = f"works.{date}_{told['dataset']}"
        if own in context.text:
            return own
    return f"works.{date}"


def _work(context: Context) -> dict[str, Any]:
    (row,) = projects_rows(context, "work_state")
    return row


def _extractions(context: Context) -> list[dict[str, Any]]:
    return projects_rows(context, "work_extractions")


def payments(context: Context) -> Html:
    """Draw what was paid at each extraction, and list what each extraction said."""
    rows = projects_rows(context, "project_payments", today=context.today)
    funding = _funding(context)
    told = _extractions(context)
    amounts = {round(e["funding"] / CENT) for e in told if e["funding"] is not None}
    return context.panel(
        "work/payments.html",
        "spending card",
        rows=[(context.format.period(r["period"]), r["amount"]) for r in rows],
        money=lambda euro: _money(context, euro),
        euro=lambda euro: context.format.number(euro, 0),
        funding=funding,
        most=max([funding, *(r["amount"] or 0 for r in rows)]) or 1,
        told=[
            {
                **e,
                "day": context.format.day(e["extracted"]),
                "source": e[f"title_{context.language}"] or e["dataset"],
                "said": context.text(f"works.phase_{e['phase']}") if e["phase"] else "",
            }
            for e in told
        ],
        differs=len(amounts) > 1,
    )


def _money(context: Context, euro: float | None) -> str:
    """Write millions with a decimal, less than one as whole euro: a small work is not 0.0 M€."""
    if euro is None:
        return formatting.MISSING
    if euro >= MILLION:
        return f"{context.format.millions(euro)} M€"
    return f"{context.format.number(euro, 0)} €"


def _funding(context: Context) -> float:
    return sum(r["amount"] or 0 for r in projects_rows(context, "project_funding"))


def sheet(context: Context) -> Html:
    """Give the work's codes and measure, its tenders and targets, and who says so."""
    project = project_of(context)
    names = ("cup", "local_code", "measure", "sector")
    datasets = dict.fromkeys([project["dataset"], *(e["dataset"] for e in _extractions(context))])
    targets = projects_rows(context, "work_targets")
    return context.panel(
        "work/sheet.html",
        "milestones card",
        project=project,
        facts=[(n, project[n]) for n in names if project[n]],
        sample=project["traits"] == "sample",
        day=context.format.day(project["extracted"]) if project["extracted"] else "",
        tenders=projects_rows(context, "project_procedures"),
        targets=[{**r, "month": context.format.period(r["period"])} for r in targets],
        number=lambda n: context.format.number(n, 0 if n == int(n) else 1),
        datasets=[context.catalog.datasets[n] for n in datasets if n in context.catalog.datasets],
    )


def onward(context: Context) -> Html:
    """Lead to the works beside this one: same municipality, same measure, same policy area."""
    project = project_of(context)
    area = next((n for n in context.catalog.areas if n.id == project["area"]), None)
    return context.panel(
        "work/onward.html",
        "links card",
        project=project,
        places=projects_rows(context, "project_places")[:3],
        area=area,
    )


def title(context: Context) -> dict[str, Any]:
    """Say where the work is, for how much money, and how much of it is paid."""
    project = project_of(context)
    places = projects_rows(context, "project_places")
    place = places[0]["name"] if places else context.text("projects.whole")
    if len(places) > 1:
        place = context.text("projects.several", n=len(places))
    funding = _funding(context)
    rows = projects_rows(context, "project_payments", today=context.today)
    paid = rows[-1]["amount"] if rows else None
    share = context.format.percent(paid / funding if funding and paid is not None else None)
    key = "works.title_unpaid" if funding else "works.title_bare"
    if funding and paid is not None:
        key = "works.title_funded"
    said = context.text(key, place=place, funding=_money(context, funding), paid=share)
    return {
        "title": said,
        "tab": project[f"title_{context.language}"],
        "figures": [
            (
                context.text("works.state"),
                context.text(f"works.state_{_work(context)['state']}"),
                "",
            ),
            (context.text("projects.funding"), _money(context, funding or None), ""),
            (context.text("projects.paid_amount"), _money(context, paid), ""),
            (context.text("projects.paid_share"), share, ""),
        ],
    }
