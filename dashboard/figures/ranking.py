"""Ranked bars from a common line, each with its name and value, and a mean across, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES, VALUES = 250, 130  # px left and right of the bars
FEW = 12  # bars that have space for large text
HEIGHT, DENSE_HEIGHT = 38, 24
LEFT, RIGHT = 40, 60  # percent of the line between which the name of the mean is centred on it


@dataclass(frozen=True, slots=True)
class RankedBar:
    """A bar; `left` and `width` in percent of the line."""

    name: str
    value: str
    left: float
    width: float
    is_highlighted: bool


def ranked_bars(
    bars: Sequence[RankedBar], mean: tuple[float, str] | None, width: int
) -> tuple[str, int]:
    """Return SVG of the bars, with a line at `mean` (percent, text) if there is one; its height."""
    is_dense = len(bars) > FEW
    height = DENSE_HEIGHT if is_dense else HEIGHT
    size = 14 if is_dense else 18
    scale = (width - NAMES - VALUES) / 100
    foot = height * len(bars)
    svg = ""
    for position, bar in enumerate(bars):
        middle = height * position + height / 2
        kind = "bar on" if bar.is_highlighted else "bar"
        svg += (
            f'<g class="{kind}" font-size="{size}">'
            f'<text x="{NAMES - 12}" y="{middle}" dy=".35em" text-anchor="end">'
            f"{escape(bar.name)}</text>"
            f'<rect x="{NAMES + bar.left * scale:.1f}" y="{middle - height * 0.32:.1f}"'
            f' width="{max(bar.width * scale, 0.5):.1f}" height="{height * 0.64:.1f}"/>'
            f'<text x="{width - 12}" y="{middle}" dy=".35em" text-anchor="end"'
            f' font-weight="600">{escape(bar.value)}</text></g>'
        )
    if mean is None:
        return svg, foot
    x = NAMES + mean[0] * scale
    anchor = "middle" if LEFT < mean[0] < RIGHT else "end" if mean[0] >= RIGHT else "start"
    svg += f'<line class="bars-mean" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{foot + 4}"/>'
    svg += (
        f'<text class="bars-mean-name" x="{x:.1f}" y="{foot + 22}" text-anchor="{anchor}"'
        f' font-size="15">{escape(mean[1])}</text>'
    )
    return svg, foot + 30
