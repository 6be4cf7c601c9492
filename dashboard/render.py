"""Render a page: the panels of a selection as Dash components."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dashboard.components.html import Html
from dashboard.context import Context, route
from dashboard.pages.shell import header, heading
from dashboard.registry import PANELS, load_pages
from dashboard.views import find

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from warehouse.config import Config

log = logging.getLogger(__name__)

load_pages()


def render(
    config: Config, data: ReleaseData, selection: Selection, current: str | None = None
) -> tuple[list[Component], str, str]:
    """Return the panels of a page, its class name and the markup of the site header.

    `current` is the published release, by default the page's own.
    """
    context = Context(config, data, selection, route(data, selection.path), current)
    if heading.is_unknown(context):
        context = Context(config, data, selection, find("/∅"), current)
    panels = [draw(name, context) for name in context.route.view.panels]
    return panels, f"view view-{context.route.view.name}", header.site_header(context)


def draw(name: str, context: Context) -> Component:
    """Draw one panel; one that fails says so and leaves the others alone."""
    try:
        return PANELS[name](context)
    except Exception:  # the other panels are still useful
        log.exception("panel %s failed at %s", name, context.selection)
        return Html(
            context.render("shell/failed.html"),
            className=f"panel panel-{name} failed",
            tag="section",
        )
