"""`python -m bench.status`: how often each rule of direction is wrong, and what it detects.

Stable series are drawn from binomials around a fifth; drifting ones move by one, two and four
floors a year. The rules are those of the build, not a copy of them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.table import Table

from warehouse.status.arrays import reals
from warehouse.status.direction import Measure, Readings, direct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.status.arrays import Integers, Reals, Words
    from warehouse.status.intervals import Basis

SERIES = 10_000
SIZES = (500, 5_000, 300_000)
FLOORS = (1, 2, 4)
# Eight territories between 16 and 24 per cent: their spread gives the floor.
SHARES = (16.0, 18.0, 19.0, 20.0, 20.0, 21.0, 22.0, 24.0)
DECIMALS = 1
ALLOWED = {"slope": 0.5}  # false alarms, per cent
ALLOWED_ELSEWHERE = 1.0


@dataclass(frozen=True, slots=True)
class Branch:
    """A rung of the ladder: its rule, how many points, with counts or without, points a year."""

    rule: str
    points: int
    basis: Basis | None
    yearly: int = 1

    @property
    def allowed(self) -> float:
        """The share of false alarms that is allowed, in per cent."""
        return ALLOWED.get(self.rule, ALLOWED_ELSEWHERE)


BRANCHES = (
    Branch("steps", 3, "proportion"),
    Branch("steps", 4, "proportion"),
    Branch("steps", 3, None),
    Branch("steps", 4, None),
    Branch("slope", 5, "proportion"),
    Branch("theil_sen", 5, None),
    Branch("theil_sen", 10, None),
    Branch("xmr", 12, None, 12),
    Branch("xmr", 24, None, 12),
    Branch("xmr", 36, None, 12),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a branch says of series of one size, in per cent of them."""

    branch: Branch
    size: int
    false_alarms: float
    detected: tuple[float, ...]


def floor() -> float:
    """Return the floor a year of the invented territories, as the build computes it."""
    low, _, high = quantiles(SHARES, n=4, method="inclusive")
    return max(10.0**-DECIMALS, (high - low) / 10)


def results(series: int = SERIES) -> Iterator[Result]:
    """Yield what each branch says of series of each size."""
    chance = np.random.default_rng(20261128)
    for branch in BRANCHES:
        for size in SIZES:
            rising, falling = moving(branch, size, 0, series, chance)
            detected = tuple(moving(branch, size, n, series, chance)[0] for n in FLOORS)
            yield Result(branch, size, rising + falling, detected)


def moving(
    branch: Branch, size: int, floors: float, series: int, chance: np.random.Generator
) -> tuple[float, float]:
    """Return the per cent of series called rising and falling, of a drift of `floors` a year."""
    years = 2000 + np.arange(branch.points) / branch.yearly
    share = 0.2 + floors * floor() / 100 * (years - years[0])
    counts = chance.binomial(size, share, size=(series, branch.points))
    movement = _movements(branch, size, years, counts)
    rising, falling = (100 * float((movement == w).mean()) for w in ("rising", "falling"))
    return rising, falling


def _movements(branch: Branch, size: int, years: Reals, counts: Integers) -> Words:
    """Judge all series at once, as the build does."""
    series, points = counts.shape
    unknown = reals(series * points)
    readings = Readings(
        np.full(series, points),
        np.tile(years, series),
        100 * counts.ravel() / size,
        counts.ravel().astype(float) if branch.basis else unknown,
        np.full(series * points, float(size)) if branch.basis else unknown,
    )
    measure = Measure(DECIMALS, 100, branch.basis)
    directions = direct(readings, measure, floor(), np.full(series, float(size)))
    if (directions.rule != branch.rule).any():
        raise AssertionError(f"{branch} was judged by {set(directions.rule)}")
    return directions.movement


def main() -> int:
    """Print the table of the method page; return 1 if there are more false alarms than allowed."""
    table = Table("rule", "points", "counts", "n", "false alarms", *(f"{n} floors" for n in FLOORS))
    right = True
    for result in results():
        branch = result.branch
        right &= result.false_alarms <= branch.allowed
        counts = "yes" if branch.basis else "no"
        shares = (f"{share:.2f}" for share in (result.false_alarms, *result.detected))
        table.add_row(branch.rule, str(branch.points), counts, f"{result.size:,}", *shares)
    Console(width=110).print(table)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
