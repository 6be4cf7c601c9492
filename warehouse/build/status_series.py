"""The observations of an indicator as series, one after another, each of one kind of period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from warehouse.periods import Period
from warehouse.status.direction import Readings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from warehouse.status.arrays import Flags, Integers, Reals, Words

DAYS = 365.25
Comparable = tuple["Integers", "Integers"]  # rows, and how many of them each series has


@dataclass(frozen=True, slots=True)
class Lines:
    """Observations with a value, by column, and for each territory the row of its last one.

    `series` is the number of each row's territory, `year` the start of its period; `same_kind`
    tells rows of the kind of period of the last one. `since`: the last declared break of each.
    """

    columns: Mapping[str, NDArray[Any]]
    series: Integers
    last: Integers
    year: Reals
    same_kind: Flags
    since: Words

    def of_last(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the last observations."""
        return {name: column[self.last] for name, column in self.columns.items()}

    def comparable(self, is_final: Flags) -> Comparable:
        """Return the rows of one method and kind of period: final ones, and the last."""
        starts = np.array([-np.inf if since is None else year_of(since) for since in self.since])
        chosen = self.same_kind & is_final & (self.year >= starts[self.series])
        chosen[self.last] = True
        rows = np.flatnonzero(chosen)
        return rows, np.bincount(self.series[rows], minlength=len(self.last))

    def readings(self, comparable: Comparable, sizes: Reals) -> Readings:
        """Return comparable points, with `sizes` as their denominators."""
        rows, counts = comparable
        value, numerator = self.columns["value"], self.columns["numerator"]
        return Readings(counts, self.year[rows], value[rows], numerator[rows], sizes[rows])

    def values_in(self, period: str | None) -> dict[int, float]:
        """Return the value of each series in a period."""
        rows = np.flatnonzero(self.same_kind & (self.columns["period"] == period))
        values = self.columns["value"][rows]
        return dict(zip(self.series[rows].tolist(), values.tolist(), strict=True))


def read_lines(columns: Mapping[str, NDArray[Any]], breaks: Sequence[str]) -> Lines:
    """Read observations with a value, sorted by territory and start of period."""
    periods = {text: Period.parse(text) for text in dict.fromkeys(columns["period"])}
    years = {text: year_of(text) for text in periods}
    year = np.array([years[text] for text in columns["period"]])
    kinds = np.array([periods[text].kind for text in columns["period"]], dtype=object)
    territory = columns["territory"]
    is_last = np.ones(len(territory), dtype=bool)
    is_last[:-1] = territory[1:] != territory[:-1]
    last = np.flatnonzero(is_last)
    series = np.cumsum(is_last) - is_last
    same_kind = kinds == kinds[last][series]
    since = {text: _method_since(breaks, period) for text, period in periods.items()}
    since_last = np.array([since[p] for p in columns["period"][last]], dtype=object)
    return Lines(columns, series, last, year, same_kind, since_last)


def plain(column: pa.ChunkedArray) -> NDArray[Any]:
    """Return a column as an array; equal texts are one object."""
    if not pa.types.is_string(column.type):
        array: NDArray[Any] = column.to_numpy()
        return array
    encoded = column.combine_chunks().dictionary_encode()
    texts = np.array([*encoded.dictionary.to_pylist(), None], dtype=object)
    numbers: Integers = encoded.indices.fill_null(-1).to_numpy()  # the last is none
    return texts[numbers]


def year_of(period: str) -> float:
    """Return the start of a period in years."""
    return Period.parse(period).start.toordinal() / DAYS


def _method_since(breaks: Sequence[str], last: Period) -> str | None:
    """Return the last declared break up to the last period."""
    past = [period for period in breaks if Period.parse(period).start <= last.start]
    return max(past, key=lambda period: Period.parse(period).start, default=None)
