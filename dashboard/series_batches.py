"""Indicators in batches whose series are read at once: a query costs as much as 1,000 rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dashboard import series

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.series import Series
    from warehouse.query.store import Store

MOST_ROWS = 5_000  # of a batch of more than one indicator


def batches(loaded: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """Return the batch of each indicator; `loaded`: the rows of `loaded_indicators`."""
    groups: list[list[str]] = [[]]
    total = 0
    for row in loaded:
        name, rows = row["indicator"], row["observations"]
        if total + rows > MOST_ROWS:
            groups.append([])
            total = 0
        groups[-1].append(name)
        total += rows
    return {name: tuple(group) for group in groups for name in group}


def read_batch(
    store: Store, indicators: Iterable[str]
) -> Mapping[str, Mapping[tuple[str, str], Series]]:
    """Return the municipal series of some indicators by indicator, then (indicator, territory)."""
    lines = series.read(store.columns("municipal_series", indicators=[*indicators]))
    groups: dict[str, dict[tuple[str, str], Series]] = defaultdict(dict)
    for key, line in lines.items():
        groups[key[0]][key] = line
    return dict(groups)
