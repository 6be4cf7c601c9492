"""Classes of a map: five with rounded limits, and how many values fall in each."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CLASSES = 5


@dataclass(frozen=True, slots=True)
class Classes:
    """`breaks`: inner limits, ascending; `counts`: how many values fall in each class."""

    breaks: tuple[float, ...]
    counts: tuple[int, ...]

    def class_of(self, value: float) -> int:
        """Return the class of a value, from 1."""
        return bisect_right(self.breaks, value) + 1


def classes(values: Sequence[float], decimals: int) -> Classes:
    """Return at most five classes with rounded limits near the values' quintiles.

    Limits are rounded to the coarsest step that still keeps them apart, so that they can be
    said aloud; equal limits are merged, so few distinct values make few classes.
    """
    ordered = sorted(values)
    if not ordered:
        return Classes((), (0,))
    cuts = [ordered[min(len(ordered) * i // CLASSES, len(ordered) - 1)] for i in range(1, CLASSES)]
    span = ordered[-1] - ordered[0]
    breaks = cuts
    for step in _steps(span, decimals):
        rounded = [round(round(c / step) * step, decimals) for c in cuts]
        if len(set(rounded)) == len(set(cuts)):
            breaks = rounded
            break
    inner = tuple(b for b in sorted(set(breaks)) if ordered[0] < b <= ordered[-1])
    limits = Classes(inner, ())
    counts = [0] * (len(inner) + 1)
    for value in ordered:
        counts[limits.class_of(value) - 1] += 1
    return Classes(inner, tuple(counts))


def _steps(span: float, decimals: int) -> list[float]:
    if span <= 0:
        return []
    top = math.floor(math.log10(span / CLASSES)) if span > 0 else 0
    steps = [m * 10.0**e for e in range(top, -decimals - 1, -1) for m in (5, 2.5, 2, 1)]
    return [s for s in steps if s <= span / CLASSES * 1.2 and s >= 10.0**-decimals]
