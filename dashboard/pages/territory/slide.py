"""A territory as a slide: the lead indicator of each policy area, there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import sources
from dashboard.pages.common.headlines import lead_indicators
from dashboard.pages.common.slides import indicator_row
from dashboard.pages.territory.profile import agenda_title
from dashboard.pages.territory.standing import place_of
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Slide

if TYPE_CHECKING:
    from dashboard.context import Context


@slide("territory")
def territory_slide(context: Context) -> Slide:
    """List the lead indicators with the values of the territory."""
    heading = HEADINGS["territory"](context)
    place, indicators = place_of(context), lead_indicators(context)
    agenda = agenda_title(context, place)
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=context.href(),
        rows=tuple(indicator_row(context, i, place.territory) for i in indicators),
        source=sources.short(context, *indicators),
        notes=(agenda,) if agenda else (),
    )
