"""The page of a policy area: its heading, its reading, its projects and works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import narrative
from dashboard.pages.area.other_indicators import shown_indicators
from dashboard.pages.common import breadcrumbs, changes, findings, not_loaded
from dashboard.pages.common.headlines import headline_indicators
from dashboard.pages.common.progress import progress
from dashboard.pages.common.records import Row, record
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from warehouse.declarations.models import Indicator

MAX_MEASURES = 6


@dataclass(frozen=True, slots=True)
class ReadingSentence:
    """What the charts show of one indicator, in words."""

    address: str
    title: str
    extremes: str
    largest_move: str
    limits: str


@dataclass(frozen=True, slots=True)
class MissingIndicator:
    """An indicator without data, and from where they are expected."""

    address: str
    title: str
    expectation: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A funded measure; the bar's width and its paid share are in percent."""

    measure: str | None
    projects: int
    funding: float | None
    paid_share: float | None
    width: float
    paid_width: float


@heading("area")
def area_heading(context: Context) -> Heading:
    """Say the largest news of the metropolitan city among the area's headlines."""
    position = context.position
    name = context.translate(context.area.short or context.area.title)
    headlines = headline_indicators(context, context.area)
    sentence = findings.finding(context, headlines, context.catalog.metro.territory)
    return Heading(
        title=context.text("heading.area", area=name, sentence=sentence),
        tab=name,
        crumbs=(breadcrumbs.home(context), Crumb(context.text("heading.area_label", n=position))),
        actions=True,
    )


@panel("reading")
def reading(context: Context) -> Html:
    """Say in sentences what the charts show, and name what is not loaded."""
    loaded = {i.id for i in context.data.indicators}
    sentences = [_sentence(context, indicator) for indicator in shown_indicators(context)]
    missing = [
        _missing(context, indicator)
        for indicator in context.catalog.in_area(context.area.id)
        if indicator.id not in loaded
    ]
    return context.panel("area/reading.html", "reading card", sentences=sentences, missing=missing)


def _sentence(context: Context, indicator: Indicator) -> ReadingSentence:
    return ReadingSentence(
        address=context.href(f"/indicatori/{indicator.id}"),
        title=context.translate(indicator.short),
        extremes=narrative.extremes(context, indicator, None),
        largest_move=_largest_move(context, indicator),
        limits=context.translate(indicator.limits) if indicator.limits else "",
    )


def _missing(context: Context, indicator: Indicator) -> MissingIndicator:
    return MissingIndicator(
        address=context.href(f"/indicatori/{indicator.id}"),
        title=context.translate(indicator.short),
        expectation=not_loaded.expectation(context, indicator),
    )


def _largest_move(context: Context, indicator: Indicator) -> str:
    """Say in which zone the value changed most."""
    moves = []
    for zone in context.catalog.zones:
        line = context.data.aggregate(indicator.id, zone.territory)
        change = context.data.change(line) if line else None
        if line and change:
            moves.append((zone, change, line))
    if not moves:
        return ""
    zone, change, line = max(moves, key=lambda move: abs(move[1].amount))
    if change.amount == 0:
        return context.text("area.still")
    return context.text(
        "area.move",
        zone=zone.name,
        amount=changes.amount(context, change, indicator),
        span=changes.span(context, change.since, line.last_period),
    )


@panel("area_projects")
def area_projects(context: Context) -> Html:
    """List the strategic projects of the area with their progress."""
    projects = area_projects_of(context, "strategic")
    return context.panel(
        "area/projects.html", "area-projects card", has_picture=bool(projects), projects=projects
    )


@panel("area_operational")
def area_operational(context: Context) -> Html:
    """List the operational projects of the area."""
    projects = area_projects_of(context, "operational")
    return context.panel("area/operational.html", "area-operational card", projects=projects)


def area_projects_of(context: Context, level: str) -> list[ProjectProgress]:
    """Return the projects of the area, those that have it as their primary area first."""
    area = context.area.id
    projects = [project for project in progress(context, level) if area in project.areas]
    return sorted(projects, key=lambda p: (p.area != area, p.number or 0))


@panel("area_works")
def area_works(context: Context) -> Html:
    """Draw the largest funded measures of the area: funded and paid."""
    measures = measures_of(context)
    return context.panel(
        "area/works.html", "area-works card", has_picture=bool(measures), measures=measures
    )


def measures_of(context: Context) -> list[MeasureRow]:
    """Return the largest funded measures of the area."""
    rows = context.data.rows("funded_by_measure", area=context.area.id)
    largest = max([row["funding"] or 0 for row in rows], default=0) or 1
    return [_measure(row, largest) for row in rows[:MAX_MEASURES]]


def _measure(row: Row, largest: float) -> MeasureRow:
    funding, paid = row["funding"], row["paid"]
    return record(
        MeasureRow,
        row,
        width=100 * (funding or 0) / largest,
        paid_width=100 * (paid or 0) / funding if funding else 0,
    )
