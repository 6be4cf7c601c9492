"""Leaves of a page: those that change in place, where another page has the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.components.plotly_chart import PlotlyChart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

LEAVES = (Html, Choropleth, PlotlyChart)  # the same as in assets/answer.js


def leaf_ids(panels: Sequence[Component]) -> tuple[str, ...]:
    """Return the ids of the leaves, whose properties may change.

    Empty when a leaf has no id or two have the same: such a page is replaced completely.
    """
    ids: list[str] = []
    for leaf in _leaves(panels):
        name = getattr(leaf, "id", None) if isinstance(leaf, LEAVES) else None
        if not name or name in ids:
            return ()
        ids.append(name)
    return tuple(ids)


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
