"""The plan itself: its framework down to the budget, acts, process, agendas, contributions."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard import formatting

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.components.html import Html
    from dashboard.context import Page
    from warehouse.declarations.plan import Cycle

AGENDA = "zone_agenda"
OUTCOMES = ("accepted", "partly", "noted", "rejected", "open")


def cycle(page: Page) -> Cycle:
    """Return the plan cycle that is chosen, by default the current one."""
    plan = page.catalog.plan
    return next((c for c in plan.cycles if c.id == page.selection.cycle), plan.current)


def _rows(page: Page, query: str) -> list[dict[str, Any]]:
    return page.facts.rows(query, cycle=cycle(page).id)


def framework(page: Page) -> Html:
    """Draw the tree: node → strategic project → operational project → budget programme."""
    nodes = [n for n in _rows(page, "plan_nodes") if n["type"] != AGENDA]
    attached = _projects(page)
    kinds = [
        (kind, [n | {"projects": attached.get(n["node"], [])} for n in group])
        for kind, group in groupby(nodes, key=lambda n: n["type"])
    ]
    return page.html(
        "plan/framework.html",
        "framework card",
        cycles=page.catalog.plan.cycles,
        chosen=cycle(page),
        kinds=kinds,
        total=sum(len(found) for found in attached.values()),
    )


def _projects(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Return the projects by node: strategic ones with theirs, and operational ones alone."""
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(page, "plan_attached"):
        project = found.setdefault(row["project"], row | {"programmes": [], "children": []})
        if row["mission"]:
            project["programmes"].append(row)
    by_node: dict[str, list[dict[str, Any]]] = {}
    for project in found.values():
        parent = found.get(project["parent"] or "")
        if parent:
            parent["children"].append(project)
        else:
            by_node.setdefault(project["node"], []).append(project)
    return by_node


def acts(page: Page) -> Html:
    """List the formal acts of the cycle, with what is still to be verified."""
    rows = [r | {"when": _when(page, r["day"])} for r in _rows(page, "plan_acts")]
    return page.html("plan/acts.html", "acts card", rows=rows)


def process(page: Page) -> Html:
    """Draw the steps by which the plan was made, with who took part."""
    rows = [
        r
        | {
            "when": _span(page, r["start"], r["end"]),
            "people": (r[f"participants_{page.lang}"] or "").splitlines(),
        }
        for r in _rows(page, "plan_events")
    ]
    phases = [(p, list(group)) for p, group in groupby(rows, key=lambda r: r["phase"])]
    return page.html("plan/process.html", "process card", phases=phases, total=len(rows))


def agendas(page: Page) -> Html:
    """Give every territory's agenda: title and objectives, the invented ones marked."""
    rows = _rows(page, "plan_agendas")
    found = [
        (territory, list(group)) for territory, group in groupby(rows, lambda r: r["territory"])
    ]
    return page.html("plan/agendas.html", "agendas card", agendas=found)


def contributions(page: Page) -> Html:
    """List observations and proposals: who, on which node, what, with what outcome."""
    rows = [
        r
        | {
            "on": formatting.day(r["received"], page.lang),
            "asked": r[f"text_{page.lang}"],
            "answer": r[f"answer_{page.lang}"],
            "subject": r[f"node_{page.lang}"],
        }
        for r in _rows(page, "plan_contributions")
    ]
    counts = [(o, sum(1 for r in rows if r["outcome"] == o)) for o in OUTCOMES]
    return page.html(
        "plan/contributions.html",
        "contributions card",
        rows=rows,
        counts=[(o, n) for o, n in counts if n],
        demonstration=any(r["demonstration"] for r in rows),
    )


def crosswalk(page: Page) -> Html:
    """Show how the nodes of the cycle came from the one before and go on in the next."""
    rows = _rows(page, "plan_crosswalk")
    steps = [
        (key, list(group)) for key, group in groupby(rows, lambda r: (r["before"], r["after"]))
    ]
    titles = {c.id: page.say(c.title) for c in page.catalog.plan.cycles}
    return page.html(
        "plan/crosswalk.html",
        "crosswalk card",
        steps=[(titles[a], titles[b], found) for (a, b), found in steps],
        demonstration=any(r["demonstration"] for r in rows),
    )


def _when(page: Page, period: str | None) -> str:
    return formatting.period(period, page.lang) if period else page.words("plan.undated")


def _span(page: Page, start: str | None, end: str | None) -> str:
    first = _when(page, start)
    return f"{first} – {formatting.period(end, page.lang)}" if end else first


def _heading(page: Page) -> dict[str, Any]:
    shown = cycle(page)
    nodes = [n for n in shown.framework if n.type != AGENDA]
    crumb = page.words("nav.plan")
    events = _rows(page, "plan_events")
    given = _rows(page, "plan_contributions")
    taken = sum(1 for r in given if r["outcome"] in ("accepted", "partly"))
    figures = [
        (page.words("plan.nodes"), str(len(nodes)), ""),
        (page.words("plan.steps"), str(len(events)), ""),
    ]
    if given:
        note = page.words("plan.taken", n=taken)
        figures.append((page.words("plan.contributions"), str(len(given)), note))
    return {
        "title": page.words(
            "plan.title", cycle=page.say(shown.title), start=shown.start, end=shown.end
        ),
        "tab": crumb,
        "crumbs": [(page.words("nav.overview"), "/"), (crumb, None)],
        "figures": figures,
    }


PANELS: dict[str, Callable[[Page], Component]] = {
    "framework": framework,
    "acts": acts,
    "process": process,
    "agendas": agendas,
    "contributions": contributions,
    "crosswalk": crosswalk,
}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {"plan": _heading}
