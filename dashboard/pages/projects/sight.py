"""Areas by territories: signs of indicators and states of projects, and where they disagree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.pages.common.progress import progress
from dashboard.pages.projects.progress_and_indicators import match_groups
from dashboard.pages.projects.selection import filtered, selected_level, selected_projects
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.plan import Node
    from warehouse.declarations.territories import Territory

FLAGS = ("late_worse", "worse_alone", "done_still")
DIRECTIONS = ("better", "stable", "worse")
STATES = ("good", "att")


@dataclass(frozen=True, slots=True)
class Flag:
    """A disagreement of projects and indicators, how often it is met, and where its rows are."""

    name: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An area in a territory: its indicators by direction, its projects by state, its flags."""

    place: str
    signs: tuple[tuple[str, int], ...]
    projects: tuple[tuple[str, int], ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An area and its cells, one per zone."""

    area: str
    address: str
    cells: tuple[Cell, ...]


@panel("sight")
def sight(context: Context) -> Html:
    """Draw the matrix; each flag opens its rows in the panel of projects and indicators."""
    lines = matrix(context)
    return context.panel(
        "projects/sight.html",
        "sight card",
        zones=context.catalog.zones,
        lines=lines,
        shown=[p.project for p in selected_projects(context)],
    )


def matrix(context: Context) -> tuple[Line, ...]:
    """Return a line for each policy area."""
    projects = progress(context, selected_level(context))
    return tuple(
        Line(
            area=context.translate(area.short or area.title),
            address=context.href(f"/ambiti/{area.id}"),
            cells=tuple(_cell(context, area, zone, projects) for zone in context.catalog.zones),
        )
        for area in context.catalog.areas
    )


def _cell(
    context: Context, area: Node, zone: Territory, projects: Sequence[ProjectProgress]
) -> Cell:
    there = replace(
        context,
        selection=replace(context.selection, area=area.id, territory=(zone.territory,)),
    )
    present = filtered(there, projects)
    rows = {group.name: len(group.matches) for group in match_groups(there, present)}
    address = there.href("/progetti", level=selected_level(context))
    return Cell(
        place=zone.short,
        signs=_counted(context.data.once(_signs, area.id, zone.territory), DIRECTIONS),
        projects=_counted(Counter(p.sign for p in present), STATES),
        flags=tuple(
            Flag(name, rows[name], f"{address}#panel-together") for name in FLAGS if rows[name]
        ),
    )


def _signs(data: ReleaseData, area: str, zone: str) -> Counter[str]:
    """Count the signs of an area's indicators in a zone, without the series that have stopped."""
    signs: Counter[str] = Counter()
    for indicator in data.catalog.in_area(area):
        line = data.aggregate(indicator.id, zone)
        if line and data.is_current(line):
            signs[data.sign(indicator.id, zone)] += 1
    return signs


def _counted(counts: Counter[str], names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((name, counts[name]) for name in names if counts[name])
