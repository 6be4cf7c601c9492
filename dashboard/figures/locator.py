"""Locator map: the whole territory in grey, the selected places coloured, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BORDERS = "borders"  # of all zones, in the document of outlines


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place of the map that opens its page; `outline` is its id in the document of outlines."""

    outline: str
    name: str
    address: str


def locator(
    links: Sequence[PlaceLink],
    *,
    shapes: str,
    size: tuple[int, int],
    selected: Sequence[str] = (),
    title: str = "",
) -> str:
    """Return SVG of a small map.

    The borders of the zones are drawn over the places, `selected` are filled: ids in the document
    at `shapes`. Without a title the map is decoration beside its name.
    """
    width, height = size
    places = "".join(_place(link, shapes, link.outline in selected) for link in links)
    linked = {link.outline for link in links}
    fills = "".join(_use(shapes, name) for name in selected if name not in linked)
    lines = _use(shapes, BORDERS)
    label = f'role="group" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg class="locator" viewBox="-6 -6 {width + 12} {height + 12}" {label}>'
        f'<g class="ground">{lines}</g><g class="places">{places}</g>'
        f'<g class="chosen">{fills}</g><g class="borders">{lines}</g></svg>'
    )


def _place(link: PlaceLink, shapes: str, is_selected: bool) -> str:  # noqa: FBT001  # one use
    css = ' class="on"' if is_selected else ""
    return (
        f'<a href="{escape(link.address)}"{css} data-key="loc-{link.outline}">'
        f"{_use(shapes, link.outline)}<title>{escape(link.name)}</title></a>"
    )


def _use(shapes: str, outline: str) -> str:
    return f'<use href="{shapes}#t-{outline}"/>'
