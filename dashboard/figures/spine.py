"""Spine chart: a value on a line around a mean, among the values of its level, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from statistics import quantiles
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEIGHT = 33
QUARTERS = 4  # values that can be divided into as many
HALF = 46  # percent of the width on each side of the mean
MIDDLE = HEIGHT // 2

Sign = Literal["better", "stable", "worse", "none", "small"]

SIGNS: dict[Sign, str] = {
    "better": '<circle class="better" r="7.5"/><path class="in" d="M-3.4 .2L-.9 2.8 3.6-2.4"/>',
    "worse": '<path class="worse" d="M0-8.5L8.5 0 0 8.5-8.5 0z"/>'
    '<path class="in" d="M0-3.8V.8M0 2.9V4"/>',
    "stable": '<rect class="stable" x="-6.5" y="-6.5" width="13" height="13"/>'
    '<path class="in" d="M-3.4 0H3.4"/>',
    "none": '<circle class="none" r="6"/>',
    "small": '<circle class="none dashed" r="6"/>',
}


@dataclass(frozen=True, slots=True)
class Scale:
    """A line whose middle is `mean`; the value farthest from it is at an end.

    Right is better; without a direction right is higher.
    """

    mean: float
    farthest: float
    lower_is_better: bool = False

    def x(self, value: float) -> float:
        """Return the place of a value in percent of the width."""
        share = (value - self.mean) / self.farthest if self.farthest else 0.0
        return 50 + HALF * (-share if self.lower_is_better else share)


@dataclass(frozen=True, slots=True)
class Spread:
    """The extremes of some values; their quarters where there are at least four."""

    lowest: float
    highest: float
    quarters: tuple[float, float] | None = None


def spread(values: Iterable[float]) -> Spread | None:
    """Return how far values reach; None where there is none."""
    ordered = sorted(values)
    if not ordered:
        return None
    if len(ordered) < QUARTERS:
        return Spread(ordered[0], ordered[-1])
    low, _, high = quantiles(ordered, n=QUARTERS, method="inclusive")
    return Spread(ordered[0], ordered[-1], (low, high))


def mean_scale(values: Sequence[float], mean: float, *, lower_is_better: bool) -> Scale:
    """Return the line that holds all of `values`."""
    return Scale(mean, max((abs(v - mean) for v in values), default=0.0), lower_is_better)


def ground(peers: Spread | None, scale: Scale) -> str:
    """Return what the rows of all peers have in common: their range, its middle half, the mean."""
    svg = _ranges(peers, scale) if peers else ""
    return svg + f'<line class="mean" x1="50%" x2="50%" y1="-3" y2="{HEIGHT + 3}"/>'


def spine(
    svg: str,
    scale: Scale,
    *,
    value: float | None = None,
    sign: Sign = "none",
    dots: Sequence[tuple[float, str]] = (),
) -> str:
    """Return SVG of one row over its `ground`.

    `value` is drawn as its `sign`, each of `dots` (value, name) as a dot with its name.
    """
    svg += "".join(
        f'<circle class="dot" cx="{scale.x(v):.2f}%" cy="{MIDDLE}" r="4.5">'
        f"<title>{escape(name)}</title></circle>"
        for v, name in dots
    )
    if value is not None:
        x = f"{scale.x(value):.2f}%"
        svg += f'<svg class="sign" x="{x}" y="{MIDDLE}" overflow="visible">{SIGNS[sign]}</svg>'
    return f'<svg class="spine" height="{HEIGHT}" aria-hidden="true">{svg}</svg>'


def _ranges(peers: Spread, scale: Scale) -> str:
    """Return the bars of the range and of its middle half; a scale may turn them round."""
    bars = _bar("range", *sorted(map(scale.x, (peers.lowest, peers.highest))))
    return bars + (_bar("half", *sorted(map(scale.x, peers.quarters))) if peers.quarters else "")


def _bar(kind: str, low: float, high: float) -> str:
    return (
        f'<rect class="{kind}" x="{low:.2f}%" y="{MIDDLE - 5}" '
        f'width="{max(high - low, 0.4):.2f}%" height="10"/>'
    )
