"""The municipal series of indicators are read in batches, and are those of each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import series
from dashboard.series_batches import MOST_ROWS, batch_of_each

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData


def test_small_indicators_share_a_batch_and_a_large_one_is_alone() -> None:
    sizes = {"a": 2_000, "b": 3_000, "c": 1, "d": 3 * MOST_ROWS, "e": 2}
    rows = [{"indicator": name, "observations": size} for name, size in sizes.items()]
    assert batch_of_each(rows) == {
        "a": ("a", "b"), "b": ("a", "b"), "c": ("c",), "d": ("d",), "e": ("e",),
    }  # fmt: skip


def test_a_batch_has_the_series_of_each_of_its_indicators(data: ReleaseData) -> None:
    loaded = data.rows("loaded_indicators")
    assert 1 < len(set(batch_of_each(loaded).values())) < len(loaded)
    for indicator in data.indicators[::20]:
        levels = ["municipality"]
        rows = data.store.columns("indicator_levels", indicators=[indicator.id], levels=levels)
        assert data.municipal_series(indicator.id) == series.read(rows)
    assert data.municipal_series("nothing") == {}
