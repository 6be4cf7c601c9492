"""States of projects beside the direction of their indicators: an association, never a cause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dashboard.pages.common import changes
from dashboard.pages.common.headlines import headline_indicators
from dashboard.pages.projects.selection import selected_projects
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

UNFOLDED = 2  # matches of each group; the others are folded
NOT_BETTER = {"stable", "worse"}


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator and its sign beside a project; without a project where none names it."""

    project: ProjectProgress | None
    indicator: Indicator
    series: Series
    direction: Sign


@dataclass(frozen=True, slots=True)
class MatchGroup:
    """Projects of some states beside indicators of some directions, with a sign."""

    name: str
    sign: str
    matches: list[Match]

    @property
    def unfolded(self) -> list[Match]:
        """The matches that are always visible."""
        return self.matches[:UNFOLDED]

    @property
    def folded(self) -> list[Match]:
        """The matches that the reader unfolds."""
        return self.matches[UNFOLDED:]


@panel("together")
def together(context: Context) -> Html:
    """List where a project's state and an indicator's direction meet in one territory."""
    groups = match_groups(context)
    return context.panel(
        "projects/progress_and_indicators.html",
        "together card",
        has_picture=any(group.matches for group in groups),
        groups=groups,
        movement=partial(movement_of, context),
        territory=_territory(context).short,
    )


def movement_of(context: Context, match: Match) -> str:
    """Say how the indicator of a match changed."""
    return changes.movement(context, match.series, context.data.change(match.series))


def match_groups(
    context: Context, projects: Sequence[ProjectProgress] | None = None
) -> tuple[MatchGroup, ...]:
    """Return late and worse, worse without a project, done and no better, on track and better.

    `projects` are those that the page shows, if they are known already.
    """
    projects = selected_projects(context) if projects is None else projects
    pairs = list(_linked_matches(context, projects))
    area, territory = context.selection.area, _territory(context).territory
    worse = context.once(_unlinked_worse, area, territory)
    return (
        MatchGroup("late_worse", "att", _filter(pairs, {"late", "attention"}, {"worse"})),
        MatchGroup("worse_alone", "att", worse),
        MatchGroup("done_still", "none", _filter(pairs, {"done"}, NOT_BETTER)),
        MatchGroup("well_better", "good", _filter(pairs, {"on_track", "done"}, {"better"})),
    )


def _filter(pairs: list[Match], states: set[str], directions: set[str]) -> list[Match]:
    return [
        match
        for match in pairs
        if match.project and match.project.state in states and match.direction in directions
    ]


def _linked_matches(context: Context, projects: Sequence[ProjectProgress]) -> Iterator[Match]:
    """Yield the indicators that the projects name, where the territory has a value."""
    territory = _territory(context).territory
    indicators = context.data.once(_linked_indicators)
    for project in projects:
        for indicator in indicators.get(project.project, ()):
            yield from _match(context.data, indicator, territory, project)


def _linked_indicators(data: ReleaseData) -> dict[str, list[Indicator]]:
    """Return the indicators that each project names."""
    indicators: dict[str, list[Indicator]] = {}
    for link in data.rows("linked_indicators"):
        if indicator := data.catalog.indicators.get(link["indicator"]):
            indicators.setdefault(link["project"], []).append(indicator)
    return indicators


def _unlinked_worse(context: Context, area: str | None, territory: str) -> list[Match]:
    """Return the worse indicators of the areas that no project names, headlines first."""
    linked = {row["indicator"] for row in context.data.rows("linked_indicators")}
    areas = [node for node in context.catalog.areas if area in {None, node.id}]
    headlines = [i for node in areas for i in headline_indicators(context, node)]
    indicators = [i for node in areas for i in context.catalog.in_area(node.id)]
    unlinked = {i.id: i for i in (*headlines, *indicators) if i.id not in linked}
    matches = (m for i in unlinked.values() for m in _match(context.data, i, territory, None))
    return [match for match in matches if match.direction == "worse"]


def _match(
    data: ReleaseData, indicator: Indicator, territory: str, project: ProjectProgress | None
) -> Iterator[Match]:
    series = data.series(indicator.id, territory)
    if series and data.is_current(series):
        yield Match(project, indicator, series, data.sign(indicator.id, territory))


def _territory(context: Context) -> Territory:
    """Return the last highlighted territory, by default the metropolitan city."""
    names = context.highlighted or (context.catalog.metro.territory,)
    return context.catalog.territories[names[-1]]
