"""Panel + selection → component: the one place that joins what is chosen and what is drawn."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dashboard.components.html import Html
from dashboard.page import Page
from dashboard.panels import (
    actors,
    area,
    chrome,
    data,
    heading,
    indicator,
    meeting,
    overview,
    plan,
    portfolio,
    project,
    projects,
    reported,
    risk,
    territory,
    together,
)
from dashboard.views import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.facts import Facts
    from dashboard.selection import Selection
    from warehouse.config import Config

log = logging.getLogger(__name__)

PANELS: dict[str, Callable[[Page], Component]] = {
    "heading": heading.heading,
    "missing": heading.missing,
    **overview.PANELS,
    **area.PANELS,
    **indicator.PANELS,
    **territory.PANELS,
    **portfolio.PANELS,
    **projects.PANELS,
    **together.PANELS,
    **project.PANELS,
    **reported.PANELS,
    **plan.PANELS,
    **actors.PANELS,
    **risk.PANELS,
    **data.PANELS,
    **meeting.PANELS,
}


def render(config: Config, facts: Facts, selection: Selection) -> tuple[list[Component], str, str]:
    """Return the panels of a page, its class name and the markup of the chrome around it."""
    page = Page(config, facts, selection, find(selection.path))
    if heading.unknown(page):
        page = Page(config, facts, selection, find("/∅"))
    panels = [draw(name, page) for name in page.place.view.panels]
    return panels, f"view view-{page.place.view.name}", chrome.chrome(page)


def draw(name: str, page: Page) -> Component:
    """Draw one panel; a panel that fails says so in plain words and the page stands."""
    try:
        return PANELS[name](page)
    except Exception:  # the rest of the page must stand, whatever broke
        log.exception("panel %s failed at %s", name, page.selection)
        return Html(
            page.markup("failed.html"), className=f"panel panel-{name} failed", tag="section"
        )
