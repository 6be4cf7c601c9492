"""The plan itself: its framework down to the budget, acts, process, agendas, contributions."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard.pages.common import breadcrumbs
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.plan import Cycle

AGENDA = "zone_agenda"
OUTCOMES = ("accepted", "partly", "noted", "rejected", "open")


def cycle(context: Context) -> Cycle:
    """Return the plan cycle that is chosen, by default the current one."""
    plan = context.catalog.plan
    return next((c for c in plan.cycles if c.id == context.selection.cycle), plan.current)


def _rows(context: Context, query: str) -> list[dict[str, Any]]:
    return context.data.rows(query, cycle=cycle(context).id)


@panel("framework")
def framework(context: Context) -> Html:
    """Draw the tree: node → strategic project → operational project → budget programme."""
    nodes = [n for n in _rows(context, "plan_nodes") if n["type"] != AGENDA]
    attached = _projects(context)
    kinds = [
        (kind, [n | {"projects": attached.get(n["node"], [])} for n in group])
        for kind, group in groupby(nodes, key=lambda n: n["type"])
    ]
    return context.panel(
        "plan/framework.html",
        "framework card",
        cycles=context.catalog.plan.cycles,
        chosen=cycle(context),
        kinds=kinds,
        total=sum(len(found) for found in attached.values()),
    )


def _projects(context: Context) -> dict[str, list[dict[str, Any]]]:
    """Return the projects by node: strategic ones with theirs, and operational ones alone."""
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(context, "plan_attached"):
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


@panel("acts")
def acts(context: Context) -> Html:
    """List the formal acts of the cycle, with what is still to be verified."""
    rows = [r | {"when": _when(context, r["day"])} for r in _rows(context, "plan_acts")]
    return context.panel("plan/acts.html", "acts card", rows=rows)


@panel("process")
def process(context: Context) -> Html:
    """Draw the steps by which the plan was made, with who took part."""
    rows = [
        r
        | {
            "when": _span(context, r["start"], r["end"]),
            "people": (r[f"participants_{context.language}"] or "").splitlines(),
        }
        for r in _rows(context, "plan_events")
    ]
    phases = [(p, list(group)) for p, group in groupby(rows, key=lambda r: r["phase"])]
    return context.panel("plan/process.html", "process card", phases=phases, total=len(rows))


@panel("agendas")
def agendas(context: Context) -> Html:
    """Give every territory's agenda: title and objectives, the invented ones marked."""
    rows = _rows(context, "plan_agendas")
    found = [
        (territory, list(group)) for territory, group in groupby(rows, lambda r: r["territory"])
    ]
    return context.panel("plan/agendas.html", "agendas card", agendas=found)


@panel("contributions")
def contributions(context: Context) -> Html:
    """List observations and proposals: who, on which node, what, with what outcome."""
    rows = [
        r
        | {
            "on": context.format.day(r["received"]),
            "asked": r[f"text_{context.language}"],
            "answer": r[f"answer_{context.language}"],
            "subject": r[f"node_{context.language}"],
        }
        for r in _rows(context, "plan_contributions")
    ]
    counts = [(o, sum(1 for r in rows if r["outcome"] == o)) for o in OUTCOMES]
    return context.panel(
        "plan/contributions.html",
        "contributions card",
        rows=rows,
        counts=[(o, n) for o, n in counts if n],
        demonstration=any(r["demonstration"] for r in rows),
    )


@panel("crosswalk")
def crosswalk(context: Context) -> Html:
    """Show how the nodes of the cycle came from the one before and go on in the next."""
    rows = _rows(context, "plan_crosswalk")
    steps = [
        (key, list(group)) for key, group in groupby(rows, lambda r: (r["before"], r["after"]))
    ]
    titles = {c.id: context.translate(c.title) for c in context.catalog.plan.cycles}
    return context.panel(
        "plan/crosswalk.html",
        "crosswalk card",
        steps=[(titles[a], titles[b], found) for (a, b), found in steps],
        demonstration=any(r["demonstration"] for r in rows),
    )


def _when(context: Context, period: str | None) -> str:
    return context.format.period(period) if period else context.text("plan.undated")


def _span(context: Context, start: str | None, end: str | None) -> str:
    first = _when(context, start)
    return f"{first} – {context.format.period(end)}" if end else first


@heading("plan")
def _heading(context: Context) -> Heading:
    shown = cycle(context)
    nodes = [n for n in shown.framework if n.type != AGENDA]
    crumb = context.text("nav.plan")
    events = _rows(context, "plan_events")
    given = _rows(context, "plan_contributions")
    taken = sum(1 for r in given if r["outcome"] in ("accepted", "partly"))
    figures = [
        KeyFigure(context.text("plan.nodes"), str(len(nodes))),
        KeyFigure(context.text("plan.steps"), str(len(events))),
    ]
    if given:
        note = context.text("plan.taken", n=taken)
        figures.append(KeyFigure(context.text("plan.contributions"), str(len(given)), note))
    return Heading(
        title=context.text(
            "plan.title", cycle=context.translate(shown.title), start=shown.start, end=shown.end
        ),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        figures=tuple(figures),
    )
