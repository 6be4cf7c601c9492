"""Unknown names in addresses: what a release does not have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.decks.ready import deck_named
from dashboard.views import MEETING, NOT_FOUND

if TYPE_CHECKING:
    from dashboard.context import Context


def is_unknown(context: Context) -> bool:
    """Say whether the address names something that this release does not have."""
    names = context.route.values
    if "project" in names:
        return not context.data.rows("project", project=names["project"])
    if "actor" in names:
        actors = context.data.rows("actors", today=context.today)
        return names["actor"] not in {row["actor"] for row in actors}
    if "page" in names:  # shown in the room
        page = context.open(replace(context.selection, path=f"/{names['page']}"))
        return page.route.view in {NOT_FOUND, MEETING} or is_unknown(page)
    if "deck" in names:
        return deck_named(context, names["deck"]) is None
    return (
        ("indicator" in names and names["indicator"] not in context.catalog.indicators)
        or ("area" in names and names["area"] not in {n.id for n in context.catalog.areas})
        or ("territory" in names and names["territory"] not in _territories_with_page(context))
    )


def _territories_with_page(context: Context) -> set[str]:
    """Return all territories but region and country, which are only compared with."""
    return {*context.catalog.territories} - {t.territory for t in context.catalog.references}
