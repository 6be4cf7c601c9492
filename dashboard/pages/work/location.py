"""Location of a funded work, with its official title and its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.locator import PlaceLink, locator
from dashboard.pages.common.project import Place, current_project, places
from dashboard.pages.work.records import extractions, work_state
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

DATES = ("planned_start", "planned_end", "actual_start", "actual_end")


@panel("location")
def location(context: Context) -> Html:
    """Show the work on the map, with its official title and its municipalities."""
    municipalities = places(context)
    key = "project.where_single" if len(municipalities) == 1 else "works.where_several"
    if len(municipalities) > 1 and any(place.share is not None for place in municipalities):
        key = "works.where_shared"
    return context.panel(
        "work/location.html",
        "location card",
        has_picture=any(p.territory in context.data.shapes.paths for p in municipalities),
        project=current_project(context),
        places=municipalities,
        explanation=context.text(key, n=len(municipalities)),
        dates=_dates(context),
        map=_map(context, municipalities),
    )


def _map(context: Context, municipalities: list[Place]) -> str:
    shapes = context.data.shapes
    outlined = [place for place in municipalities if place.territory in shapes.paths]
    return locator(
        [
            PlaceLink(p.territory, p.name, context.href(f"/territori/{p.territory}"))
            for p in outlined
        ],
        shapes=context.shapes,
        size=(shapes.width, shapes.height),
        selected=[place.territory for place in outlined],
        title=", ".join(place.name for place in outlined),
    )


def _dates(context: Context) -> list[tuple[str, str]]:
    """Return phase and dates as far as a source has them, in the source's own words."""
    project, phase = current_project(context), work_state(context).phase
    dates = []
    if phase:
        dates.append((context.text("works.phase"), context.text(f"works.phase_{phase}")))
    for name in DATES:
        day = getattr(project, name)
        if day:
            dates.append((context.text(_date_label(context, name)), context.format.day(day)))
    return dates


def _date_label(context: Context, name: str) -> str:
    """Return the text key of a date: for PA digitale, `actual_start` is a decree."""
    for extraction in extractions(context):
        key = f"works.{name}_{extraction.dataset}"
        if key in context.text:
            return key
    return f"works.{name}"
