"""Links of a project: its indicators, policy areas, territories and public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard import status_words
from dashboard.pages.common import changes
from dashboard.pages.common.project import Project, current_project, places, project_rows
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Change, Series
    from warehouse.declarations.models import Indicator

WEB = ("https://", "http://", "HTTPS://", "HTTP://")  # releases made before may have others
ADDRESS_SHOWN = 60  # characters of the address of the public page


@dataclass(frozen=True, slots=True)
class LinkedIndicator:
    """An indicator that the project names: its last change, and that since the start.

    `since` is None where the project has no start, or no value is known before it.
    """

    indicator: Indicator
    sparkline: str
    amount: float
    value: str
    period: str
    change: Change | None
    change_text: str
    since: Change | None
    since_text: str


@dataclass(frozen=True, slots=True)
class ProjectTarget:
    """A target that the office sets for the project: what it is, where the value is, the act."""

    indicator: Indicator
    sentence: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class AreaLink:
    """A policy area of the project; `primary` is the one it is listed under."""

    area: str
    title: str
    primary: bool


@panel("links")
def links(context: Context) -> Html:
    """Link to the indicators beside the project, its areas, territories and public page."""
    project, territories = current_project(context), places(context)
    indicators = linked_indicators(context)
    return context.panel(
        "project/links.html",
        "links card",
        has_picture=bool(indicators),
        indicators=indicators,
        targets=_targets(context, project),
        areas=_areas(context),
        places=territories,
        invented_places=project.demonstration and any(p.level != "metro" for p in territories),
        address=project.address if (project.address or "").startswith(WEB) else None,
        address_length=ADDRESS_SHOWN,
    )


def _targets(context: Context, project: Project) -> list[ProjectTarget]:
    """Return the project's targets on indicators, with the value of their territory."""
    targets = []
    for indicator in context.catalog.indicators.values():
        for number, goal in enumerate(indicator.targets, start=1):
            if goal.project == project.project:
                place = goal.territory or context.catalog.metro.territory
                standings = context.data.standings(indicator.id, place)
                own = next((s for s in standings if s.target == str(number)), None)
                sentence = status_words.target(context, indicator, goal, own)
                source = context.translate(goal.source)
                targets.append(ProjectTarget(indicator, sentence, source, goal.address))
    return targets


def _areas(context: Context) -> list[AreaLink]:
    areas = {node.id for node in context.catalog.areas}
    return [
        AreaLink(row["node"], row[f"title_{context.language}"], row["role"] == "primary")
        for row in project_rows(context, "project_nodes")
        if row["node"] in areas
    ]


def linked_indicators(context: Context) -> list[LinkedIndicator]:
    """Return the loaded indicators of the project with their last value and both changes."""
    metro, project = context.catalog.metro.territory, current_project(context)
    names = [row["indicator"] for row in project_rows(context, "project_indicators")]
    lines = [context.data.aggregate(name, metro) for name in names]
    return [_linked_indicator(context, project, line) for line in lines if line]


def _linked_indicator(context: Context, project: Project, line: Series) -> LinkedIndicator:
    indicator, change = context.catalog.indicators[line.indicator], context.data.change(line)
    start = project.actual_start or project.planned_start
    before = line.since(start or date.min)
    since = context.data.change(line, before) if before and start else None
    return LinkedIndicator(
        indicator=indicator,
        sparkline=changes.sparkline(context, line),
        amount=line.last_value,
        value=context.format.value(line.last_value, indicator),
        period=context.format.period(line.last_period),
        change=change,
        change_text=changes.movement(context, line, change),
        since=since,
        since_text=changes.movement(context, line, since) if since and since != change else "",
    )
