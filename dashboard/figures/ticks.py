"""Round values for the gridlines of an axis."""

from __future__ import annotations

import math


def round_step(size: float) -> float:
    """Return the next of 1, 2, 5, 10 times a power of ten that is at least `size`."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= size * (1 - 1e-9))


def round_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most `most` round values from `low` to `high`, evenly apart."""
    step = round_step((high - low or abs(high) or 1) / most)
    ticks = _multiples(step, low, high)
    return ticks if len(ticks) <= most else _multiples(round_step(1.5 * step), low, high)


def _multiples(step: float, low: float, high: float) -> tuple[float, ...]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(i * step, 9) for i in range(first, last + 1))


def decimals(ticks: tuple[float, ...]) -> int:
    """Return how many decimals tell the values apart."""
    return next(
        (n for n in range(9) if all(math.isclose(t, round(t, n), abs_tol=1e-9) for t in ticks)), 9
    )
