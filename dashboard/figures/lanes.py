"""Compared territories around a mean: a lane for each, with its interval, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from statistics import quantiles
from typing import TYPE_CHECKING

from dashboard.figures.marks import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.figures.spine import Scale

LANE = 16
PAD = 3
WHISKER = 3.5


@dataclass(frozen=True, slots=True)
class Lane:
    """A territory's value with its interval, where it is known; no value is drawn as such."""

    position: int
    name: str
    value: float | None
    interval: tuple[float, float] | None = None


def lanes(rows: Sequence[Lane], peers: Sequence[float], scale: Scale, missing: str) -> str:
    """Return SVG of the lanes over the range of `peers` and its middle half.

    `missing` is written in the lane of a territory without a value.
    """
    height = LANE * len(rows) + 2 * PAD
    places = sorted(scale.x(value) for value in peers)
    svg = _band("range", places[0], places[-1], height) if places else ""
    if len(places) > 3:  # noqa: PLR2004  # fewer have no quarters
        low, _, high = quantiles(places, n=4, method="inclusive")
        svg += _band("half", low, high, height)
    svg += f'<line class="mean" x1="50%" x2="50%" y1="0" y2="{height}"/>'
    for number, row in enumerate(rows):
        svg += _lane(row, scale, PAD + LANE * (number + 0.5), missing)
    return f'<svg class="lanes" height="{height}" aria-hidden="true">{svg}</svg>'


def _lane(row: Lane, scale: Scale, y: float, missing: str) -> str:
    if row.value is None:
        return f'<text class="absent" x="51%" y="{y + 4:.1f}">{escape(missing)}</text>'
    svg = ""
    if row.interval:
        low, high = sorted(scale.x(end) for end in row.interval)
        svg += (
            f'<g class="whisker t{row.position}">'
            f'<line x1="{low:.2f}%" x2="{high:.2f}%" y1="{y:.1f}" y2="{y:.1f}"/>'
            + "".join(
                f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{y - WHISKER:.1f}" y2="{y + WHISKER:.1f}"/>'
                for x in (low, high)
            )
            + "</g>"
        )
    return svg + mark(row.position, f"{scale.x(row.value):.2f}%", y)


def _band(kind: str, low: float, high: float, height: float) -> str:
    return (
        f'<rect class="{kind}" x="{low:.2f}%" y="0" width="{max(high - low, 0.4):.2f}%" '
        f'height="{height}"/>'
    )
