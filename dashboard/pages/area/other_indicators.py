"""The indicators of a policy area that are not drawn as small multiples: one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.common import changes
from dashboard.pages.common.headlines import loaded_indicators
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator

DRAWN = 6  # rows of small multiples, unless the address asks for all


def drawn(context: Context) -> tuple[Indicator, ...]:
    """Return the indicators that the page draws and reads: headlines first, then others."""
    found = loaded_indicators(context, context.area)
    return found if context.selection.show == "all" else found[:DRAWN]


@panel("others")
def others(context: Context) -> Html:
    """List the indicators that are not drawn: last value, change, line and range of the zones."""
    every, first = loaded_indicators(context, context.area), drawn(context)
    rest = every[len(first) :]
    return context.panel(
        "area/others.html",
        "others" + (" card" if rest else ""),
        rows=[_row(context, i) for i in rest],
        every=len(every),
        first=len(first),
        shortened=len(every) > DRAWN,
    )


def _row(context: Context, indicator: Indicator) -> dict[str, Any]:
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    change = context.data.change(metro) if metro else None
    zones = ((z, context.data.aggregate(indicator.id, z.territory)) for z in context.catalog.zones)
    ranked = sorted(((s.last.value, z, s) for z, s in zones if s), key=lambda r: r[0])
    period = metro.last.period if metro else ranked[-1][2].last.period if ranked else None
    return {
        "indicator": indicator,
        "period": context.format.period(period),
        "value": context.format.value(metro.last.value, indicator) if metro else formatting.MISSING,
        "change": change,
        "amount": changes.amount(context, change, indicator) if change else "",
        "span": changes.span(context, change.since, metro.last.period) if change and metro else "",
        "spark": changes.sparkline(context, metro) if metro else "",
        "ends": [(z, context.format.value(v, indicator)) for v, z, _ in (ranked[:1] + ranked[-1:])],
    }
