"""Labels of a map as SVG, with leaders where a label stands away from its place."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 26  # height of a line of a label
LETTER = 13  # width of a letter, on average, of text of 24 px and weight 600


@dataclass(frozen=True, slots=True)
class Label:
    """A label at a point of the map; a leader runs to `place` where that is elsewhere."""

    x: int
    y: int
    lines: Sequence[str]
    place: tuple[int, int] | None = None


def labels_svg(labels: Sequence[Label]) -> str:
    """Return the SVG of labels and leaders."""
    return "".join(_leader(label) + _text(label) for label in labels)


def wrap(name: str, longest: int = 10) -> list[str]:
    """Break a place's name into lines of about `longest` letters at its spaces."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def inside(x: int, text: str, width: int) -> int:
    """Return the nearest place to `x` at which a text, centred, is within the map's width."""
    half = len(text) * LETTER // 2
    return min(max(x, half), max(width - half, half))


def _leader(label: Label) -> str:
    if not label.place:
        return ""
    x, y = label.place
    start = label.y + (8 if y > label.y else -24)
    line = f'<path class="leader" d="M{label.x} {start}L{x} {y}"/>'
    return f'{line}<circle class="leader-dot" cx="{x}" cy="{y}" r="5"/>'


def _text(label: Label) -> str:
    first = label.y - (len(label.lines) - 1) * LINE // 2
    lines = "".join(
        f'<tspan x="{label.x}" y="{first + LINE * i}">{escape(line)}</tspan>'
        for i, line in enumerate(label.lines)
    )
    return f"<text>{lines}</text>"
