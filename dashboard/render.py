"""Render a page: the panels of a selection as Dash components."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.components.html import Html
from dashboard.context import Context, route
from dashboard.existence import is_unknown
from dashboard.pages.shell import header
from dashboard.pages.shell.notices import first_day_after, notices
from dashboard.registry import PANELS
from dashboard.views import MEETING, find

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from dashboard.views import View
    from warehouse.config import Config

log = logging.getLogger(__name__)


def render(
    config: Config,
    data: ReleaseData,
    selection: Selection,
    current: str | None = None,
    *,
    unknown_release: str = "",
    search: Callable[[str], dict[str, Any]] | None = None,
) -> tuple[list[Component], str, str]:
    """Return the panels of a page, its class name and the markup of the site header.

    `current` is the published release, by default the page's own; for the others see `Context`.
    """
    match = route(data, selection.path)
    context = Context(config, data, selection, match, current, unknown_release, search)
    if is_unknown(context):
        context = replace(context, route=find("/∅"))
    names = ("heading",) if first_day_after(context) else context.route.view.panels
    drawn = [draw(name, context) for name in names]
    end = [] if context.route.view == MEETING else [draw("foot", context)]
    panels = [*notices(context), *drawn, *end]
    return panels, class_name(context.route.view), header.site_header(context)


def class_name(view: View) -> str:
    """Return the class of the main part of a page."""
    return f"view view-{view.name}"


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
