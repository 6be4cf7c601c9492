"""The names on a map, as SVG with leaders where a name stands beside its place."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 26  # height of a line of a name


@dataclass(frozen=True)
class Name:
    """A name at a point of the map; a leader runs to `at` where the place is elsewhere."""

    x: int
    y: int
    lines: Sequence[str]
    at: tuple[int, int] | None = None


def names(wanted: Sequence[Name]) -> str:
    """Return the SVG of names and leaders."""
    return "".join(_leader(name) + _text(name) for name in wanted)


def wrap(name: str, longest: int = 10) -> list[str]:
    """Break a place's name into lines of about `longest` letters at its spaces."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _leader(name: Name) -> str:
    if not name.at:
        return ""
    x, y = name.at
    near = name.y + (8 if y > name.y else -24)
    line = f'<path class="leader" d="M{name.x} {near}L{x} {y}"/>'
    return f'{line}<circle class="leader-dot" cx="{x}" cy="{y}" r="5"/>'


def _text(name: Name) -> str:
    first = name.y - (len(name.lines) - 1) * LINE // 2
    lines = "".join(
        f'<tspan x="{name.x}" y="{first + LINE * i}">{escape(line)}</tspan>'
        for i, line in enumerate(name.lines)
    )
    return f"<text>{lines}</text>"
