"""Ranks over time: places that change their order from period to period, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from dashboard.figures.marks import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.figures.trend import Segment

WIDTH = 620
NAMES = 150  # px on each side
STEP = 30
TOP, BOTTOM = 18, 28
RING = 6.5


@dataclass(frozen=True, slots=True)
class Runner:
    """A place: its slot and rank in each period (None where it has no value), its mark if any."""

    name: str
    slots: Sequence[int | None]
    ranks: Sequence[int | None]
    position: int | None = None


def ranks(
    runners: Sequence[Runner], labels: Sequence[str], joints: Sequence[Segment], ordinal: str
) -> str:
    """Return SVG of the places in order of rank; equal ranks share a bracket.

    `joints` say how two periods are joined; `ordinal` follows a rank, such as `º`.
    """
    height = TOP + STEP * (len(runners) - 1) + BOTTOM
    count = len(labels)
    xs = [
        NAMES + (WIDTH - 2 * NAMES) * (i / (count - 1) if count > 1 else 0.5) for i in range(count)
    ]
    svg = "".join(_path(runner, xs, joints) for runner in sorted(runners, key=_is_chosen))
    svg += _brackets(runners, xs)
    svg += "".join(_dots(runner, xs) for runner in sorted(runners, key=_is_chosen))
    svg += "".join(_names(runner, ordinal) for runner in runners)
    svg += "".join(
        f'<text class="tick" x="{x:.1f}" y="{height - 4}" text-anchor="middle">'
        f"{escape(label)}</text>"
        for x, label in zip(xs, labels, strict=True)
    )
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" aria-hidden="true">{svg}</svg>'


def _is_chosen(runner: Runner) -> bool:
    return runner.position is not None


def _y(slot: int) -> float:
    return TOP + STEP * slot


def _path(runner: Runner, xs: Sequence[float], joints: Sequence[Segment]) -> str:
    svg = ""
    ends = pairwise(zip(xs, runner.slots, strict=True))
    for ((x1, before), (x2, after)), joint in zip(ends, joints, strict=True):
        if before is None or after is None:
            continue
        middle = (x1 + x2) / 2
        curve = (
            f"M{x1:.1f} {_y(before)}C{middle:.1f} {_y(before)} {middle:.1f} {_y(after)} "
            f"{x2:.1f} {_y(after)}"
        )
        colour = "other" if runner.position is None else f"t{runner.position}"
        dashed = "" if joint == "solid" else " dashed"
        svg += f'<path class="rank-line {colour}{dashed}" d="{curve}"/>'
    return svg


def _dots(runner: Runner, xs: Sequence[float]) -> str:
    svg = ""
    for x, slot in zip(xs, runner.slots, strict=True):
        if slot is None:
            continue
        if runner.position is None:
            svg += f'<circle class="place" cx="{x:.1f}" cy="{_y(slot)}" r="{RING}"/>'
        else:
            svg += mark(runner.position, x, _y(slot), 1.2)
    return svg


def _names(runner: Runner, ordinal: str) -> str:
    """Return the name with its rank on both sides, where the place has a value there."""
    kind = "tick" if runner.position is None else "name"
    svg = ""
    for index, x, anchor in ((0, NAMES - 16, "end"), (-1, WIDTH - NAMES + 16, "start")):
        slot, rank = runner.slots[index], runner.ranks[index]
        if slot is not None:
            svg += f'<text class="{kind}" x="{x}" y="{_y(slot) + 4}" text-anchor="{anchor}">'
            svg += f"{rank}{ordinal} {escape(runner.name)}</text>"
    return svg


def _brackets(runners: Sequence[Runner], xs: Sequence[float]) -> str:
    """Return a dotted frame around the places of equal rank in a period."""
    svg = ""
    for index, x in enumerate(xs):
        pairs = sorted(
            (rank, slot)
            for runner in runners
            if (rank := runner.ranks[index]) is not None
            and (slot := runner.slots[index]) is not None
        )
        for _, group in groupby(pairs, key=lambda pair: pair[0]):
            slots = [slot for _, slot in group]
            if len(slots) > 1:
                top, bottom = _y(min(slots)) - 12, _y(max(slots)) + 12
                svg += f'<rect class="tie" x="{x - 12:.1f}" y="{top}" width="24" '
                svg += f'height="{bottom - top}" rx="12"/>'
    return svg
