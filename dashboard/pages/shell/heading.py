"""The heading panel of every page, and the page for addresses that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.registry import HEADINGS, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


def is_unknown(context: Context) -> bool:
    """Say whether the address names something that this release does not have."""
    names = context.route.values
    if "project" in names:
        return not context.data.rows("project", project=names["project"])
    if "actor" in names:
        actors = context.data.rows("actors", today=context.today)
        return names["actor"] not in {row["actor"] for row in actors}
    return (
        ("indicator" in names and names["indicator"] not in context.catalog.indicators)
        or ("area" in names and names["area"] not in {n.id for n in context.catalog.areas})
        or ("territory" in names and names["territory"] not in _territories_with_page(context))
    )


def _territories_with_page(context: Context) -> set[str]:
    """Return all territories but region and country, which are only compared with."""
    return {*context.catalog.territories} - {t.territory for t in context.catalog.references}


@panel("missing")
def missing(context: Context) -> Html:
    """Say that the page does not exist, and where to go instead."""
    return context.panel("shell/missing.html", "missing")


@panel("heading")
def heading(context: Context) -> Html:
    """Draw the heading of the page's view."""
    return context.panel(
        "shell/heading.html", "heading", heading=HEADINGS[context.route.view.name](context)
    )
