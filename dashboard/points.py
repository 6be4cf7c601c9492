"""Points of a series, kept in columns and made when they are read.

In columns they take a fifth of the memory of objects.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Point(NamedTuple):
    """One observation; `coverage` is the share of residents behind a zone's value."""

    period: str
    value: float
    coverage: float
    status: str
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of which few differ."""

    texts: tuple[str, ...]
    codes: array[int]
    code_of: Mapping[str, int]

    def __getitem__(self, row: int) -> str:
        """Return the text of a row."""
        return self.texts[self.codes[row]]

    def among(self, rows: range) -> Iterator[str]:
        """Return the texts of rows that follow each other."""
        return map(self.texts.__getitem__, self.codes[rows.start : rows.stop])

    def find(self, text: str, rows: range) -> int | None:
        """Return the one of some rows that has a text: mostly the last is asked for."""
        code = self.code_of.get(text)
        if code is None or not rows:
            return None
        if self.codes[rows.stop - 1] == code:
            return rows.stop - 1
        try:
            return rows.start + self.codes[rows.start : rows.stop].index(code)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Observations by column; NaN is a part that is missing."""

    period: Words
    value: array[float]
    coverage: array[float]
    status: Words
    numerator: array[float]
    denominator: array[float]

    def point(self, row: int) -> Point:
        """Return the observation of a row."""
        return Point(
            self.period[row],
            self.value[row],
            self.coverage[row],
            self.status[row],
            *self.parts(row),
        )

    def parts(self, row: int) -> tuple[float | None, float | None]:
        """Return numerator and denominator of a row."""
        numerator, denominator = self.numerator[row], self.denominator[row]
        return (
            None if isnan(numerator) else numerator,
            None if isnan(denominator) else denominator,
        )


def read_columns(columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> Columns:
    """Read rows of observations, all of which have a value."""

    def column(name: str) -> Iterator[Any]:
        return map(columns[name].__getitem__, rows)

    return Columns(
        words(column("period")),
        reals(column("value")),
        reals(column("coverage")),
        words(column("obs_status")),
        reals(column("numerator")),
        reals(column("denominator")),
    )


def words(values: Iterable[str]) -> Words:
    """Keep each different text once."""
    code_of: dict[str, int] = {}
    codes = array("H", (code_of.setdefault(value, len(code_of)) for value in values))
    texts = tuple(map(intern, code_of))
    return Words(texts, codes, dict(zip(texts, code_of.values(), strict=True)))


def reals(values: Iterable[float | None]) -> array[float]:
    """Keep numbers in eight bytes each; None is NaN."""
    return array("d", (nan if value is None else value for value in values))


class Points(Sequence[Point]):
    """Some observations, oldest first."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: Columns, rows: range) -> None:
        """Show `rows` of `columns`."""
        self._columns, self._rows = columns, rows

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Point: ...
    @overload
    def __getitem__(self, index: slice) -> Points: ...
    def __getitem__(self, index: int | slice) -> Point | Points:
        """Return one point, or points that show a part of the rows."""
        if isinstance(index, slice):
            return Points(self._columns, self._rows[index])
        return self._columns.point(self._rows[index])

    def __iter__(self) -> Iterator[Point]:
        """Yield each point."""
        return map(self._columns.point, self._rows)

    def __eq__(self, other: object) -> bool:
        """Say whether both have the same points."""
        return tuple(self) == tuple(other) if isinstance(other, Points) else NotImplemented

    def __hash__(self) -> int:
        """Return the same for the same points."""
        return hash(tuple(self))

    def periods(self) -> Iterator[str]:
        """Yield the period of each point."""
        return self._columns.period.among(self._rows)

    @property
    def last_period(self) -> str:
        """The newest period, which no point is made for."""
        return self._columns.period[self._rows.stop - 1]

    @property
    def last_value(self) -> float:
        """The newest value, which no point is made for."""
        return self._columns.value[self._rows.stop - 1]

    def of_period(self, period: str) -> Point | None:
        """Return the point of a period, which no other point is made for."""
        row = self._columns.period.find(period, self._rows)
        return None if row is None else self._columns.point(row)

    def parts_of(self, period: str) -> tuple[float | None, float | None] | None:
        """Return numerator and denominator of a period, which no point is made for."""
        row = self._columns.period.find(period, self._rows)
        return None if row is None else self._columns.parts(row)

    def value_of(self, period: str) -> float | None:
        """Return the value of a period, which no point is made for."""
        row = self._columns.period.find(period, self._rows)
        return None if row is None else self._columns.value[row]
