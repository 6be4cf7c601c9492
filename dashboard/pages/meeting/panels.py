"""Meeting mode: the overview and the policy areas as slides for a projector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import narrative
from dashboard.pages.common import changes, sources
from dashboard.pages.common.headlines import lead_indicators
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator


@panel("slide")
def slide(context: Context) -> Html:
    """Draw the chosen slide; the first is the overview, then one an area."""
    shown = lead_indicators(context)
    total = 1 + len(shown)
    position = min(context.selection.slide, total)
    content = _overview(context, shown) if position == 1 else _area(context, shown[position - 2])
    back = "/" if position == 1 else f"/ambiti/{shown[position - 2].area}"
    return context.panel(
        "meeting/slide.html",
        "slide",
        position=position,
        total=total,
        back=back,
        as_of=context.format.day(context.data.store.manifest.created.date()),
        **content,
    )


def _overview(context: Context, shown: tuple[Indicator, ...]) -> dict[str, Any]:
    rows = []
    for indicator in shown:
        found = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
        change = context.data.change(found)
        node = next(n for n in context.catalog.areas if n.id == indicator.area)
        rows.append(
            {
                "node": node,
                "indicator": indicator,
                "value": context.format.value(found.last.value, indicator),
                "period": context.format.period(found.last.period),
                "change": change,
                "text": changes.movement(context, found, change),
            }
        )
    title = context.text("meeting.overview", n=len(rows))
    return {
        "kind": "overview",
        "title": title,
        "rows": rows,
        "source": sources.short(context, *shown),
    }


def _area(context: Context, indicator: Indicator) -> dict[str, Any]:
    found = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    change = context.data.change(found)
    values = narrative.zone_values(context, indicator, found.last.period)[::-1]
    top = max([found.last.value, *(v for _, v in values)], default=1) or 1
    node = next(n for n in context.catalog.areas if n.id == indicator.area)
    return {
        "kind": "area",
        "title": context.text(
            "narrative.slide",
            title=context.translate(indicator.title),
            sentence=narrative.extremes(context, indicator, found.last.period),
        ),
        "area": context.translate(node.short or node.title),
        "indicator": indicator,
        "value": context.format.value(found.last.value, indicator),
        "period": context.format.period(found.last.period),
        "change": change,
        "text": changes.movement(context, found, change) or context.text("headline.single"),
        "bars": [
            {
                "zone": zone,
                "value": context.format.value(v, indicator),
                "share": max(0, 100 * v / top),
            }
            for zone, v in values
        ],
        "mean": max(0, 100 * found.last.value / top) if indicator.aggregate != "sum" else None,
        "source": sources.short(context, indicator),
    }
