"""Texts of a Plotly figure, which have `<br>` and `<b>`, as texts of SVG or without markup."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

BREAK, BOLD = re.compile(r"<br\s*/?>"), re.compile(r"</?b>")


def plain_text(text: str) -> str:
    """Return a text without markup: a line break before a value becomes a colon."""
    return unescape(BOLD.sub("", BREAK.sub(": ", text)))


def svg_text(
    x: str, y: float, text: str, font: Mapping[str, Any], *, anchor: str = "start", dx: float = 0
) -> str:
    """Draw a text, in lines where it has breaks, bold where it says so."""
    lines = BREAK.split(text)
    first = y - (len(lines) - 1) * font["size"] * 0.6
    style = f'font-size="{font["size"]:g}" fill="{font["color"]}" text-anchor="{anchor}"'
    shift = f' dx="{dx:g}"' if dx else ""
    return "".join(
        f'<text x="{x}" y="{first + i * font["size"] * 1.2:.1f}"{shift} dy=".35em" {style}'
        f"{_weight(line)}>{escape(unescape(BOLD.sub('', line)))}</text>"
        for i, line in enumerate(lines)
    )


def _weight(line: str) -> str:
    return ' font-weight="600"' if line.startswith("<b>") else ""
