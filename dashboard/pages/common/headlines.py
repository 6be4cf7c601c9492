"""The indicators that stand for their policy area, and the order in which an area shows its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node

TREND = 3  # periods; two points are not a trend


def loaded(context: Context, node: Node) -> tuple[Indicator, ...]:
    """Return the loaded indicators of an area: headlines first, then trends, the newest before."""
    known = {i.id: i for i in context.data.indicators if i.area == node.id}
    newest = sorted(known, key=lambda name: _tells(context, name), reverse=True)
    named = dict.fromkeys([*node.headlines, *newest])
    return tuple(known[name] for name in named if name in known)


def _tells(context: Context, indicator: str) -> tuple[bool, str]:
    """Return whether an indicator has a trend, and the year of its last value."""
    found = context.data.upper.get((indicator, context.catalog.metro.territory))
    return (len(found.points) >= TREND, found.last.period[:4]) if found else (False, "")


def leads(context: Context) -> tuple[Indicator, ...]:
    """Return the first loaded headline of each policy area, in the plan's order."""
    metro = context.catalog.metro.territory
    found = []
    for node in context.catalog.areas:
        known = (i for i in loaded(context, node) if (i.id, metro) in context.data.upper)
        found += [i for _, i in zip(range(1), known, strict=False)]
    return tuple(found)
