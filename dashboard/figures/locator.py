"""Where a place is: the whole territory in grey, the place in the colour of what is chosen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def locator(
    links: Sequence[tuple[str, str, str]],
    *,
    shapes: str,
    size: tuple[int, int],
    outlines: Sequence[str] = (),
    chosen: Sequence[str] = (),
    title: str = "",
) -> str:
    """Return SVG of a small map.

    `links` are places that open their page (outline, name, address); `outlines` are drawn as
    borders over them, `chosen` are filled. Outlines are ids in the document at `shapes`. Without
    a title the map is decoration beside its name.
    """
    width, height = size
    ground = "".join(
        f'<a href="{escape(address)}"{_filled(key in chosen)} data-key="loc-{key}">'
        f'<use href="{shapes}#t-{key}"/><title>{escape(name)}</title></a>'
        for key, name, address in links
    )
    known = {key for key, _, _ in links}
    fills = "".join(f'<use href="{shapes}#t-{c}"/>' for c in chosen if c not in known)
    borders = "".join(f'<use href="{shapes}#t-{key}"/>' for key in outlines)
    label = f'role="group" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg class="locator" viewBox="-6 -6 {width + 12} {height + 12}" {label}>'
        f'<g class="ground">{borders}</g><g class="places">{ground}</g>'
        f'<g class="chosen">{fills}</g><g class="borders">{borders}</g></svg>'
    )


def _filled(chosen: bool) -> str:  # noqa: FBT001  # one flag, named at its one use
    return ' class="on"' if chosen else ""
