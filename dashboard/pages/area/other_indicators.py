"""The indicators of a policy area that are not drawn as small multiples: one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common.headlines import loaded

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Page
    from warehouse.declarations.models import Indicator

DRAWN = 6  # rows of small multiples, unless the address asks for all


def drawn(page: Page) -> tuple[Indicator, ...]:
    """Return the indicators that the page draws and reads: headlines first, then others."""
    found = loaded(page, page.area)
    return found if page.selection.show == "all" else found[:DRAWN]


def others(page: Page) -> Html:
    """List the indicators that are not drawn: last value, change, line and range of the zones."""
    every, first = loaded(page, page.area), drawn(page)
    rest = every[len(first) :]
    return page.html(
        "area/others.html",
        "others" + (" card" if rest else ""),
        rows=[_row(page, i) for i in rest],
        every=len(every),
        first=len(first),
        shortened=len(every) > DRAWN,
    )


def _row(page: Page, indicator: Indicator) -> dict[str, Any]:
    metro = page.facts.upper.get((indicator.id, page.catalog.metro.territory))
    change = page.facts.change(metro) if metro else None
    zones = ((z, page.facts.upper.get((indicator.id, z.territory))) for z in page.catalog.zones)
    ranked = sorted(((s.last.value, z, s) for z, s in zones if s), key=lambda r: r[0])
    period = metro.last.period if metro else ranked[-1][2].last.period if ranked else None
    return {
        "indicator": indicator,
        "period": formatting.period(period, page.lang),
        "value": page.value(metro.last.value, indicator) if metro else formatting.MISSING,
        "change": change,
        "amount": page.amount(change, indicator) if change else "",
        "span": page.span(change.since, metro.last.period) if change and metro else "",
        "spark": page.spark(metro) if metro else "",
        "ends": [(z, page.value(v, indicator)) for v, z, _ in (ranked[:1] + ranked[-1:])],
    }


PANELS = {"others": others}
