"""The overview as a slide: the lead indicator of each policy area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import sources
from dashboard.pages.common.headlines import lead_indicators
from dashboard.pages.common.slides import indicator_row
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Slide

if TYPE_CHECKING:
    from dashboard.context import Context


@slide("overview")
def overview_slide(context: Context) -> Slide:
    """List the areas with their lead indicators of the metropolitan city."""
    indicators = lead_indicators(context)
    heading = HEADINGS["overview"](context)
    nodes = {node.id: context.translate(node.short or node.title) for node in context.catalog.areas}
    metro = context.catalog.metro.territory
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=context.href(),
        rows=tuple(indicator_row(context, i, metro, nodes[i.area]) for i in indicators),
        source=sources.short(context, *indicators),
    )
