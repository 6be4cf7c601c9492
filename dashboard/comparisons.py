"""Comparisons of incomplete periods of all series, in columns; a country has 650,000."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard.points import reals, words
from dashboard.series import Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NUMBERS = ("value_before", "value_after", "coverage_before", "coverage_after", "municipalities")


class Comparisons:
    """Finds a comparison by indicator, territory and its two periods."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Keep rows that are sorted by indicator, territory, before and after."""
        self._before, self._after = words(columns["before"]), words(columns["after"])
        self._numbers = [reals(columns[name]) for name in NUMBERS]
        self._rows: dict[tuple[str, str], range] = {}
        start = 0
        for key, run in groupby(zip(columns["indicator"], columns["territory"], strict=True)):
            end = start + sum(1 for _ in run)
            self._rows[key] = range(start, end)
            start = end

    def get(self, indicator: str, territory: str, before: str, after: str) -> Comparison | None:
        """Return the comparison of two periods; None where there is none."""
        rows = self._rows.get((indicator, territory), range(0))
        position = bisect_left(rows, (before, after), key=self._periods)
        if position == len(rows) or self._periods(rows[position]) != (before, after):
            return None
        old, new, coverage_old, coverage_new, counted = (n[rows[position]] for n in self._numbers)
        return Comparison(old, new, coverage_old, coverage_new, int(counted))

    def _periods(self, row: int) -> tuple[str, str]:
        return self._before[row], self._after[row]
