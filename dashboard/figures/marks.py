"""Marks of compared territories: each has one shape and one hue, wherever it is drawn, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SHAPES = (
    '<circle r="5.5"/>',
    '<rect x="-5" y="-5" width="10" height="10"/>',
    '<path d="M0-6.2L6 4.8H-6z"/>',
    '<path d="M0-6.6L6.6 0 0 6.6-6.6 0z"/>',
    '<path d="M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z"/>',
)
MOST = len(SHAPES)
HIGHLIGHTS = (0, 1, 2, 4)  # positions of highlighted territories; 3 is ink, the mean
DASHES = ("", "11px,4px", "3px,3px", "11px,3px,3px,3px")  # of their lines, in the same order


def mark(position: int, x: float | str, y: float, size: float = 1) -> str:
    """Return the mark of the territory at `position` (from 0), centred on a point."""
    scale = f' transform="scale({size:g})"' if size != 1 else ""
    place = f"{x:.1f}" if isinstance(x, float) else x
    return (
        f'<svg class="mark t{position}" x="{place}" y="{y:.1f}" overflow="visible">'
        f"<g{scale}>{SHAPES[position]}</g></svg>"
    )


def key(position: int) -> str:
    """Return the mark alone, for a label."""
    return (
        '<svg class="key-mark" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">'
        f'<g class="mark t{position}">{SHAPES[position]}</g></svg>'
    )


def highlight_key(codes: Sequence[str], code: str) -> str:
    """Return the mark of a highlighted territory; nothing where none or only one is highlighted."""
    if code not in codes or set(codes) == {code}:
        return ""
    return key(HIGHLIGHTS[min(codes.index(code), len(HIGHLIGHTS) - 1)])


def line_key(order: int) -> str:
    """Return a piece of the line of a highlighted territory with its mark, for a list of names."""
    position, dash = HIGHLIGHTS[order], DASHES[order].replace("px", "").replace(",", " ")
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        '<svg class="key-mark" width="34" height="14" viewBox="-17 -7 34 14" aria-hidden="true">'
        f'<g class="t{position}"><path class="key-line" d="M-17 0H17"{pattern}/></g>'
        f'<g class="mark t{position}">{SHAPES[position]}</g></svg>'
    )
