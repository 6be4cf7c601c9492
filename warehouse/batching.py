"""Indicators in batches: a query costs as much for few rows as for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Batch = tuple[str, ...]


def in_batches(sizes: Mapping[str, int], rows: int) -> list[Batch]:
    """Divide indicators, in their order, into batches of up to `rows`; a larger one is alone."""
    batches: list[Batch] = []
    total = 0
    for indicator, size in sizes.items():
        if batches and total + size <= rows:
            batches[-1] += (indicator,)
            total += size
        else:
            batches.append((indicator,))
            total = size
    return batches
