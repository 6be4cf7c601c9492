"""Meeting mode: the overview and the policy areas as slides for a projector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting, narrative
from dashboard.pages.common.headlines import leads

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Page
    from warehouse.declarations.models import Indicator


def slide(page: Page) -> Html:
    """Draw the chosen slide; the first is the overview, then one an area."""
    shown = leads(page)
    total = 1 + len(shown)
    position = min(page.selection.slide, total)
    content = _overview(page, shown) if position == 1 else _area(page, shown[position - 2])
    back = "/" if position == 1 else f"/ambiti/{shown[position - 2].area}"
    return page.html(
        "meeting/slide.html",
        "slide",
        position=position,
        total=total,
        back=back,
        as_of=formatting.day(page.facts.store.manifest.created.date(), page.lang),
        **content,
    )


def _overview(page: Page, shown: tuple[Indicator, ...]) -> dict[str, Any]:
    rows = []
    for indicator in shown:
        found = page.facts.upper[indicator.id, page.catalog.metro.territory]
        change = page.facts.change(found)
        node = next(n for n in page.catalog.areas if n.id == indicator.area)
        rows.append(
            {
                "node": node,
                "indicator": indicator,
                "value": page.value(found.last.value, indicator),
                "period": formatting.period(found.last.period, page.lang),
                "change": change,
                "text": page.movement(found, change),
            }
        )
    title = page.words("meeting.overview", n=len(rows))
    return {"kind": "overview", "title": title, "rows": rows, "source": page.providers(*shown)}


def _area(page: Page, indicator: Indicator) -> dict[str, Any]:
    found = page.facts.upper[indicator.id, page.catalog.metro.territory]
    change = page.facts.change(found)
    values = narrative.zone_values(page, indicator, found.last.period)[::-1]
    top = max([found.last.value, *(v for _, v in values)], default=1) or 1
    node = next(n for n in page.catalog.areas if n.id == indicator.area)
    return {
        "kind": "area",
        "title": page.words(
            "narrative.slide",
            title=page.say(indicator.title),
            sentence=narrative.extremes(page, indicator, found.last.period),
        ),
        "area": page.say(node.short or node.title),
        "indicator": indicator,
        "value": page.value(found.last.value, indicator),
        "period": formatting.period(found.last.period, page.lang),
        "change": change,
        "text": page.movement(found, change) or page.words("headline.single"),
        "bars": [
            {"zone": zone, "value": page.value(v, indicator), "share": max(0, 100 * v / top)}
            for zone, v in values
        ],
        "mean": max(0, 100 * found.last.value / top) if indicator.aggregate != "sum" else None,
        "source": page.providers(indicator),
    }


PANELS = {"slide": slide}
