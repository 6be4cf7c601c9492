"""A policy area as a slide: its headline indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import sources
from dashboard.pages.common.headlines import current_indicators, headline_indicators
from dashboard.pages.common.slides import indicator_row
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Slide

if TYPE_CHECKING:
    from dashboard.context import Context

MOST_ROWS = 6


@slide("area")
def area_slide(context: Context) -> Slide:
    """List the headlines of the area, then what else is current, of the metropolitan city."""
    heading = HEADINGS["area"](context)
    metro = context.catalog.metro.territory
    names = dict.fromkeys(
        i.id
        for i in (
            *headline_indicators(context, context.area),
            *current_indicators(context, context.area),
        )
        if context.data.aggregate(i.id, metro)
    )
    indicators = [context.catalog.indicators[name] for name in [*names][:MOST_ROWS]]
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=context.href(),
        rows=tuple(indicator_row(context, indicator, metro) for indicator in indicators),
        source=sources.short(context, *indicators),
    )
