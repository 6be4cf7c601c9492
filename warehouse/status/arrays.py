"""Arrays that judging is done on: a row per series, a column per point; NaN where none is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]
Words = NDArray[np.object_]  # texts, or None

TIE = 1e-6  # how near to a half a digit is for its rounding to depend on the last bit


def printed(values: Reals, decimals: int) -> Reals:
    """Round as Python's `round` does, which numpy's does not where a digit is nearly a half."""
    rounded: Reals = np.round(values, decimals)
    scaled = np.abs(values) * 10.0**decimals
    for place in np.argwhere(np.abs(scaled % 1 - 0.5) < TIE):
        where = tuple(place)
        rounded[where] = round(float(values[where]), decimals)
    return rounded


def reals(count: int) -> Reals:
    """Return a column without numbers."""
    return np.full(count, np.nan)


def words(count: int) -> Words:
    """Return a column without texts."""
    return np.full(count, None, dtype=object)


def has_word(column: Words) -> Flags:
    """Say which rows have a text."""
    return np.array([word is not None for word in column.tolist()], dtype=bool)


def choose(count: int, *choices: tuple[Any, str | None]) -> Words:
    """Return the word of the first condition that holds, row by row; None where none does."""
    column, is_open = words(count), np.ones(count, dtype=bool)
    for condition, word in choices:
        holds = is_open & condition
        column[holds] = word
        is_open &= ~holds
    return column


def table_of(values: Iterable[Iterable[float]]) -> Reals:
    """Return series of equal length as an array."""
    return np.array([list(row) for row in values], dtype=float)
