"""Canonical form of a selection: no field that its page ignores, no value that does not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.selection import DEFAULTS
from dashboard.views import MEETING, PRESENT, TERRITORIES, find
from warehouse.periods import is_period

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from warehouse.declarations.loader import Catalog

FORM_OF_WORKS = (
    "text", "body", "place", "measure", "funding_from", "funding_to", "paid_from", "paid_to",
    "share_from", "share_to",
)  # fmt: skip
OF_PROJECTS = frozenset({"projects", "works"})
OF_COMPARISON = ("across", "up", "subject", "like", "indicators", "criteria")

# The views that read a field; one that is not here is read by all.
READERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(FORM_OF_WORKS, frozenset({"works"})),
    **dict.fromkeys(OF_COMPARISON, frozenset({"compare"})),
    **dict.fromkeys(("level", "source"), OF_PROJECTS),
    **dict.fromkeys(("trait", "actor"), frozenset({"projects"})),
    **dict.fromkeys(("kind", "indicator", "project"), frozenset({"news"})),
    **dict.fromkeys(
        ("period", "since", "events", "outlook", "map", "chart"), frozenset({"indicator"})
    ),
    "page": frozenset({"works", "deck_editor"}),
    "state": OF_PROJECTS | {"signs"},
    "sort": frozenset({"works", "news"}),
    "show": frozenset({"area", "news", "territory"}),
    "vs": frozenset({"news", "indicator"}),
    "cycle": frozenset({"plan"}),
    "values": frozenset({"compare", "indicator"}),
}


FOLDERS_OF_PLACES = frozenset({TERRITORIES, PRESENT + TERRITORIES})
READ_BY_ALL = frozenset(
    {"path", "lang", "theme", "release", "territory", "area", "at", "deck", "panel"}
)
VALUES = {  # of fields with one value beside the default
    "show": "all",
    "events": "off",
    "outlook": "on",
}


def canonical(selection: Selection, data: ReleaseData) -> Selection:
    """Return a selection without what its page does not read, or the release does not know.

    Anybody may invent parameters: they would make another answer, other links and another entry of
    a cache. A filter of a list (state, kind, source, …) and an earlier release (`vs`) stay as they
    are on the pages that read them: these say that nothing has that value.
    """
    catalog, view = data.catalog, _view(selection.path)
    changes: dict[str, Any] = {
        name: DEFAULTS[name]
        for name, readers in READERS.items()
        if getattr(selection, name) != DEFAULTS[name] and view not in readers
    }
    changes |= {
        name: DEFAULTS[name]
        for name, value in VALUES.items()
        if getattr(selection, name) not in (DEFAULTS[name], value)
    }
    if (path := page_path(selection.path, catalog)) != selection.path:
        changes["path"] = path
    if selection.panel and not _is_panel_in_room(selection):
        changes["panel"] = None
    if view == "indicator" and selection.values != "index":
        changes["values"] = None
    if selection.territory:
        changes["territory"] = tuple(t for t in selection.territory if t in catalog.territories)
    if selection.area and selection.area not in {node.id for node in catalog.areas}:
        changes["area"] = None
    if selection.period and not is_period(selection.period):
        changes["period"] = None
    return replace(selection, **changes) if changes else selection


def page_path(path: str, catalog: Catalog) -> str:
    """Return the one path of a page, also in the room: of an only municipality, its zone."""
    folder, _, code = path.rpartition("/")
    return f"{folder}/{catalog.page_code(code)}" if folder in FOLDERS_OF_PLACES else path


def _is_panel_in_room(selection: Selection) -> bool:
    """Say whether the room shows a panel that the page has."""
    route = find(selection.path)
    return route.view == MEETING and selection.panel in find("/" + route.values["page"]).view.panels


def _view(path: str) -> str:
    """Return the name of the view of a path; of one in the room, that of the page itself."""
    route = find(path)
    return find("/" + route.values["page"]).view.name if route.view == MEETING else route.view.name
