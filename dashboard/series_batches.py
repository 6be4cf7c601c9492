"""Indicators in batches whose municipal series are read at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dashboard import series
from warehouse.batching import in_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.series import Lines, Series
    from warehouse.batching import Batch
    from warehouse.query.store import Store

MOST_ROWS = 5_000  # of a batch of more than one indicator
LEVELS = ["municipality"]


def batch_of_each(loaded: Iterable[Mapping[str, Any]]) -> Mapping[str, Batch]:
    """Return the batch of each indicator; `loaded`: the rows of `loaded_indicators`."""
    sizes = {row["indicator"]: row["observations"] for row in loaded}
    return {name: batch for batch in in_batches(sizes, MOST_ROWS) for name in batch}


def read_batch(store: Store, batch: Batch) -> Mapping[str, Lines]:
    """Return the municipal series of some indicators, by indicator."""
    columns = store.columns("indicator_levels", indicators=[*batch], levels=LEVELS)
    groups: dict[str, dict[tuple[str, str], Series]] = defaultdict(dict)
    for key, line in series.read(columns).items():
        groups[key[0]][key] = line
    return dict(groups)
