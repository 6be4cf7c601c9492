"""The parts of a page that change in place, so that the browser keeps what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc

from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dash.development.base_component import Component

    Parts = Mapping[str, Mapping[str, Any]]

LEAVES = (Html, Choropleth, dcc.Graph)
STANDING = frozenset({"id", "tag", "config", "style"})  # the same wherever the id is the same


def parts(panels: Sequence[Component]) -> Parts:
    """Return what may change of each leaf, by its id.

    Empty when some leaf has no id, or two have the same: such a page is replaced as a whole.
    """
    found: dict[str, dict[str, Any]] = {}
    for leaf in _leaves(panels):
        properties = _properties(leaf) if isinstance(leaf, LEAVES) else {}
        name = properties.get("id")
        if not name or name in found:
            return {}
        found[name] = {k: v for k, v in properties.items() if k not in STANDING}
    return found


def _properties(leaf: Component) -> dict[str, Any]:
    names: list[str] = leaf._prop_names  # noqa: SLF001  # Dash's own list of them
    return {name: getattr(leaf, name) for name in names if hasattr(leaf, name)}


def _leaves(children: object) -> Iterator[object]:
    if isinstance(children, (list, tuple)):
        for child in children:
            yield from _leaves(child)
    elif isinstance(children, LEAVES):
        yield children
    elif (inside := getattr(children, "children", None)) is not None:
        yield from _leaves(inside)
    elif children is not None:
        yield children
