"""The zone agendas of the plan, its crosswalk to other cycles, and its heading."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.pages.plan.cycle import cycle_rows, selected_cycle
from dashboard.pages.plan.framework import ZONE_AGENDA
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.records import Row


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a zone with its objectives."""

    territory: str
    name: str
    title: str
    objectives: tuple[str, ...]
    address: str | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """A node of one cycle, how it goes on, and the node of the next."""

    before: str
    kind: str
    after: str


@panel("agendas")
def agendas(context: Context) -> Html:
    """List the agenda of every zone: title and objectives, the invented ones marked."""
    rows = cycle_rows(context, "plan_agendas")
    groups = [list(group) for _, group in groupby(rows, lambda row: row["territory"])]
    agendas = [_agenda(context, group) for group in groups]
    return context.panel("plan/agendas.html", "agendas card", agendas=agendas)


def _agenda(context: Context, rows: list[Row]) -> Agenda:
    """Return an agenda from its rows, one for each objective."""
    objectives = (row[f"objective_{context.language}"] for row in rows)
    return Agenda(
        territory=rows[0]["territory"],
        name=rows[0]["name"],
        title=rows[0][f"title_{context.language}"],
        objectives=tuple(objective for objective in objectives if objective),
        address=rows[0]["address"],
        demonstration=any(row["demonstration"] for row in rows),
    )


@panel("crosswalk")
def crosswalk(context: Context) -> Html:
    """Show how the nodes of the cycle came from the one before and go on in the next."""
    steps, is_invented = crosswalk_steps(context)
    return context.panel(
        "plan/crosswalk.html",
        "crosswalk card",
        has_picture=bool(steps),
        steps=steps,
        demonstration=is_invented,
    )


def crosswalk_steps(context: Context) -> tuple[list[tuple[str, str, list[CrosswalkRow]]], bool]:
    """Return the two cycles of each step with their nodes, and whether one is invented."""
    rows = cycle_rows(context, "plan_crosswalk")
    titles = {cycle.id: context.translate(cycle.title) for cycle in context.catalog.plan.cycles}
    steps = [
        (titles[before], titles[after], [_crosswalk_row(context, row) for row in group])
        for (before, after), group in groupby(rows, lambda row: (row["before"], row["after"]))
    ]
    return steps, any(row["demonstration"] for row in rows)


def _crosswalk_row(context: Context, row: Row) -> CrosswalkRow:
    before, after = row[f"before_{context.language}"], row[f"after_{context.language}"]
    return CrosswalkRow(before, context.text(f"plan.goes_{row['kind']}"), after or "–")


@heading("plan")
def plan_heading(context: Context) -> Heading:
    """Name the cycle and count its nodes, its steps and the contributions to it."""
    cycle, crumb = selected_cycle(context), context.text("nav.plan")
    title = context.translate(cycle.title)
    return Heading(
        title=context.text("plan.title", cycle=title, start=cycle.start, end=cycle.end),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        figures=_figures(context),
        actions=True,
    )


def _figures(context: Context) -> tuple[KeyFigure, ...]:
    nodes = [n for n in selected_cycle(context).framework if n.type != ZONE_AGENDA]
    events = cycle_rows(context, "plan_events")
    contributions = cycle_rows(context, "plan_contributions")
    figures = (
        KeyFigure(context.text("plan.nodes"), str(len(nodes))),
        KeyFigure(context.text("plan.steps"), str(len(events))),
    )
    if not contributions:
        return figures
    accepted = sum(1 for row in contributions if row["outcome"] in {"accepted", "partly"})
    note = context.text("plan.taken", n=accepted)
    label = context.text("plan.contributions")
    return (*figures, KeyFigure(label, str(len(contributions)), note))
