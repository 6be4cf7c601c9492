"""The indicators that stand for their policy area."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.page import Page
    from warehouse.declarations import Indicator


def leads(page: Page) -> tuple[Indicator, ...]:
    """Return the first loaded headline of each policy area, in the plan's order."""
    found = []
    for node in page.catalog.areas:
        named = [*node.headlines, *(i.id for i in page.catalog.in_area(node.id))]
        for name in named:
            if (name, page.catalog.metro.territory) in page.facts.upper:
                found.append(page.catalog.indicators[name])
                break
    return tuple(found)
