"""Panel + selection → component: the one place that joins what is chosen and what is drawn."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dashboard.components.html import Html
from dashboard.context import Context
from dashboard.pages.actors import panels as actors
from dashboard.pages.area import panels as area
from dashboard.pages.data import panels as data
from dashboard.pages.indicator import panels as indicator
from dashboard.pages.meeting import panels as meeting
from dashboard.pages.overview import panels as overview
from dashboard.pages.plan import panels as plan
from dashboard.pages.project import panels as project
from dashboard.pages.project import reports
from dashboard.pages.projects import operational, portfolio, progress_and_indicators
from dashboard.pages.risk import panels as risk
from dashboard.pages.shell import header, heading
from dashboard.pages.territory import panels as territory
from dashboard.views import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from warehouse.config import Config

log = logging.getLogger(__name__)

PANELS: dict[str, Callable[[Context], Component]] = {
    "heading": heading.heading,
    "missing": heading.missing,
    **overview.PANELS,
    **area.PANELS,
    **indicator.PANELS,
    **territory.PANELS,
    **portfolio.PANELS,
    **operational.PANELS,
    **progress_and_indicators.PANELS,
    **project.PANELS,
    **reports.PANELS,
    **plan.PANELS,
    **actors.PANELS,
    **risk.PANELS,
    **data.PANELS,
    **meeting.PANELS,
}


def render(
    config: Config, facts: ReleaseData, selection: Selection
) -> tuple[list[Component], str, str]:
    """Return the panels of a context, its class name and the markup of the chrome around it."""
    context = Context(config, facts, selection, find(selection.path))
    if heading.unknown(context):
        context = Context(config, facts, selection, find("/∅"))
    panels = [draw(name, context) for name in context.route.view.panels]
    return panels, f"view view-{context.route.view.name}", header.chrome(context)


def draw(name: str, context: Context) -> Component:
    """Draw one panel; a panel that fails says so in plain words and the page stands."""
    try:
        return PANELS[name](context)
    except Exception:  # the rest of the page must stand, whatever broke
        log.exception("panel %s failed at %s", name, context.selection)
        return Html(
            context.render("shell/failed.html"),
            className=f"panel panel-{name} failed",
            tag="section",
        )
