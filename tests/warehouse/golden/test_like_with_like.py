"""Changes over the same municipalities, and shares of jobs weighted by jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from warehouse.query.store import Store


def _comparison(release: Store, territory: str, before: str, after: str) -> dict[str, float]:
    (row,) = (
        row
        for row in release.rows("comparisons")
        if (row["indicator"], row["territory"]) == ("waste_management_cost", territory)
        and (row["before"], row["after"]) == (before, after)
    )
    return row


@pytest.mark.parametrize(
    ("territory", "before", "after", "municipalities", "change"),
    [
        ("sud-ovest", "2023", "2024", 7, 2.5),  # the zone's own values differ by +9.3 %
        ("cm-milano", "2019", "2020", 105, -5.4),  # the printed values by -3.6 %
    ],
)
def test_the_cost_of_waste_is_compared_over_the_same_municipalities(  # a row
    release: Store, territory: str, before: str, after: str, municipalities: int, change: float
) -> None:
    row = _comparison(release, territory, before, after)
    assert row["municipalities"] == municipalities
    assert round(100 * (row["value_after"] / row["value_before"] - 1), 1) == change


@pytest.mark.parametrize(
    ("indicator", "value"),
    [("knowledge_employment_2011", 21.1), ("knowledge_enterprises_2011", 26.1)],
)
def test_shares_of_jobs_are_weighted_by_jobs(release: Store, indicator: str, value: float) -> None:
    """Weighted by residents they were 18.2 and 23.7: people live where they do not work."""
    rows = release.frame("series", indicators=[indicator], territories=["cm-milano"])
    assert round(rows["value"].iloc[0], 1) == value
    assert rows["obs_status"].iloc[0] == "E"
