"""The overview: the areas, areas by territories, and how far the strategic projects have got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common import not_loaded
from dashboard.pages.common.headlines import leads
from dashboard.pages.common.progress import progress
from dashboard.views import HEADLINES_SHOWN

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Page
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node
    from warehouse.declarations.territories import Territory


def areas(page: Page) -> Html:
    """Draw one card an area, each with its headline indicators."""
    cards = [
        {"node": node, "lines": [_headline(page, i) for i in headlines(page, node)]}
        for node in page.catalog.areas
    ]
    return page.html("overview/areas.html", "areas", cards=cards)


def headlines(page: Page, node: Node) -> list[Indicator]:
    """Return an area's chosen headlines, filled up with its other indicators."""
    named = [*node.headlines, *(i.id for i in page.catalog.in_area(node.id))]
    known = [
        page.catalog.indicators[n] for n in dict.fromkeys(named) if n in page.catalog.indicators
    ]
    return known[:HEADLINES_SHOWN]


def _headline(page: Page, indicator: Indicator) -> dict[str, Any]:
    found = page.facts.upper.get((indicator.id, page.catalog.metro.territory))
    if found is None:
        run = page.words("headline.run", command=not_loaded.of(page, indicator))
        return {"indicator": indicator, "series": None, "run": run}
    change = page.facts.change(found)
    return {
        "indicator": indicator,
        "series": found,
        "spark": page.spark(found),
        "change": change,
        "text": page.movement(found, change),
        "period": formatting.period(found.last.period, page.lang),
    }


def matrix(page: Page) -> Html:
    """Draw the area by territory heatmap of the lead indicators."""
    shown = leads(page)
    rows = [_row(page, indicator) for indicator in shown]
    return page.html(
        "overview/matrix.html",
        "matrix card",
        rows=rows,
        zones=page.catalog.zones,
        caption=page.words("matrix.subtitle"),
        sources=page.words("source.line", sources=page.providers(*shown)),
    )


def _row(page: Page, indicator: Indicator) -> dict[str, Any]:
    node = next(n for n in page.catalog.areas if n.id == indicator.area)
    metro = page.facts.upper[indicator.id, page.catalog.metro.territory]
    before = metro.reference
    return {
        "node": node,
        "indicator": indicator,
        "period": formatting.period(metro.last.period, page.lang),
        "span": page.span(before.period, metro.last.period) if before else "",
        "cells": [_cell(page, indicator, zone) for zone in page.catalog.zones],
    }


def _cell(page: Page, indicator: Indicator, zone: Territory) -> dict[str, Any]:
    found = page.facts.upper.get((indicator.id, zone.territory))
    if found is None:
        return {"zone": zone, "series": None, "change": None}
    change = page.facts.change(found)
    direction = page.words(f"direction.{change.direction}") if change else ""
    return {
        "zone": zone,
        "series": found,
        "change": change,
        "said": ", ".join(filter(None, [page.unit(indicator), direction, zone.name])),
        "partial": partial(page, found),
    }


def partial(page: Page, found: Series) -> str:
    """Say which share of residents a partial value covers; empty for a complete one."""
    if found.last.coverage >= page.config.thresholds.complete_coverage:
        return ""
    share = formatting.number(100 * found.last.coverage, 0, page.lang)
    return page.words("partial", share=share)


def delivery(page: Page) -> Html:
    """Draw the strategic projects: physical progress against what was planned to date."""
    projects = progress(page, "strategic")
    return page.html("overview/delivery.html", "delivery card", projects=projects)


PANELS = {"areas": areas, "matrix": matrix, "delivery": delivery}
