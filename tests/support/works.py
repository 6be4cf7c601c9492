"""The funded works of a release, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData


def works_by_funding(data: ReleaseData) -> list[dict[str, Any]]:
    """Return project and number of municipalities of each funded work, the largest first."""
    rows: list[dict[str, Any]] = data.store.sql(
        "select project, municipalities from funded_work"
        " order by funding desc nulls last, sample, project"
    ).to_pylist()
    return rows
