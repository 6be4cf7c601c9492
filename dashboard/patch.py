"""Patches that change a page in place, so that the browser keeps the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc

from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dash.development.base_component import Component

    Patches = Mapping[str, Mapping[str, Any]]

LEAVES = (Html, Choropleth, dcc.Graph)
FIXED_PROPERTIES = frozenset({"id", "tag", "config", "style"})  # equal wherever the id is


def patches(panels: Sequence[Component]) -> Patches:
    """Return the properties of each leaf that may change, by its id.

    Empty when a leaf has no id or two have the same: such a page is replaced completely.
    """
    properties_by_id: dict[str, dict[str, Any]] = {}
    for leaf in _leaves(panels):
        properties = _properties(leaf) if isinstance(leaf, LEAVES) else {}
        name = properties.get("id")
        if not name or name in properties_by_id:
            return {}
        properties_by_id[name] = {k: v for k, v in properties.items() if k not in FIXED_PROPERTIES}
    return properties_by_id


def _properties(leaf: Component) -> dict[str, Any]:
    properties: dict[str, Any] = leaf.to_plotly_json()["props"]
    return properties


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
