"""Projects and the indicators they name, read together: an association, never a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.pages.common import changes
from dashboard.pages.common.headlines import headline_indicators
from dashboard.pages.projects.portfolio import chosen
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Change
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

SHOWN = 2  # of each group; the others are folded
STILL = {"same", "worse", "broken", "unknown"}  # what may be judged, and is no better


class Read(NamedTuple):
    """An indicator beside a project (None: no project names it), with how it moved."""

    project: dict[str, Any] | None
    indicator: Indicator
    change: Change | None
    text: str

    @property
    def direction(self) -> str:
        """Better, worse, or why it is neither."""
        return self.change.direction if self.change else "unknown"


class Group(NamedTuple):
    """A way in which a project's state and its indicator's direction meet, with its sign."""

    name: str
    sign: str
    reads: list[Read]


@panel("together")
def together(context: Context) -> Html:
    """Say where a project's state and an indicator's direction meet, where one looks."""
    return context.panel(
        "projects/progress_and_indicators.html",
        "together card",
        groups=meetings(context),
        shown=SHOWN,
        place=_place(context).short,
    )


def meetings(context: Context) -> tuple[Group, ...]:
    """Return late and worse, worse with no project, done and no better, on track and better."""
    beside = list(_beside(context))
    return (
        Group("late_worse", "att", _meeting(beside, {"late", "attention"}, {"worse"})),
        Group("worse_alone", "att", [r for r in _alone(context) if r.direction == "worse"]),
        Group("done_still", "none", _meeting(beside, {"done"}, STILL)),
        Group("well_better", "good", _meeting(beside, {"on_track", "done"}, {"better"})),
    )


def _meeting(beside: list[Read], states: set[str], directions: set[str]) -> list[Read]:
    return [
        r
        for r in beside
        if r.project and r.project["state"] in states and r.direction in directions
    ]


def _beside(context: Context) -> Iterator[Read]:
    """Yield the indicators of the chosen projects that are loaded where one looks."""
    named = context.data.rows("linked_indicators")
    for project in chosen(context):
        for row in named:
            indicator = context.catalog.indicators.get(row["indicator"])
            if row["project"] == project["project"] and indicator:
                yield from _read(context, indicator, project)


def _alone(context: Context) -> Iterator[Read]:
    """Yield the indicators of the chosen areas that no project names, headlines first."""
    named = {row["indicator"] for row in context.data.rows("linked_indicators")}
    areas = [n for n in context.catalog.areas if context.selection.area in {None, n.id}]
    first = [i for area in areas for i in headline_indicators(context, area)]
    every = [i for area in areas for i in context.catalog.in_area(area.id)]
    for name, indicator in {i.id: i for i in (*first, *every)}.items():
        if name not in named:
            yield from _read(context, indicator, None)


def _read(context: Context, indicator: Indicator, project: dict[str, Any] | None) -> Iterator[Read]:
    series = context.data.series(indicator.id, _place(context).territory)
    if series:
        change = context.data.change(series)
        yield Read(project, indicator, change, changes.movement(context, series, change))


def _place(context: Context) -> Territory:
    return context.catalog.territories[
        (context.highlighted or (context.catalog.metro.territory,))[-1]
    ]
