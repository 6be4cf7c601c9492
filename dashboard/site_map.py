"""Paths of the pages of a release: those that are read first, and all but single funded works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views import PRESENT, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.release_data import ReleaseData


def headline_paths(data: ReleaseData) -> Iterator[str]:
    """Yield the paths of the lists, the areas, the zones and the metropolitan city."""
    yield from (view.path for view in VIEWS if "{" not in view.path and view.path != PRESENT)
    yield from (f"/ambiti/{node.id}" for node in data.catalog.areas)
    yield from (f"/territori/{p.territory}" for p in data.catalog.by_level("metro", "zone"))


def all_paths(data: ReleaseData) -> Iterator[str]:
    """Yield the path of every page but those of single funded works."""
    yield from headline_paths(data)
    yield from (f"/indicatori/{indicator.id}" for indicator in data.indicators)
    yield from (f"/territori/{place.territory}" for place in data.catalog.municipalities_with_page)
    yield from (f"/progetti/{row['project']}" for row in data.rows("plan_projects"))
    yield from (f"/attori/{row['actor']}" for row in data.rows("actors", today=data.last_report))
