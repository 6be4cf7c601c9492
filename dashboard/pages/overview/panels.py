"""The overview: the areas, areas by territories, and how far the strategic projects have got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.common import changes, not_loaded, sources
from dashboard.pages.common.headlines import leads
from dashboard.pages.common.progress import progress
from dashboard.registry import panel
from dashboard.views import HEADLINES_SHOWN

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node
    from warehouse.declarations.territories import Territory


@panel("areas")
def areas(context: Context) -> Html:
    """Draw one card an area, each with its headline indicators."""
    cards = [
        {"node": node, "lines": [_headline(context, i) for i in headlines(context, node)]}
        for node in context.catalog.areas
    ]
    return context.panel("overview/areas.html", "areas", cards=cards)


def headlines(context: Context, node: Node) -> list[Indicator]:
    """Return an area's chosen headlines, filled up with its other indicators."""
    named = [*node.headlines, *(i.id for i in context.catalog.in_area(node.id))]
    known = [
        context.catalog.indicators[n]
        for n in dict.fromkeys(named)
        if n in context.catalog.indicators
    ]
    return known[:HEADLINES_SHOWN]


def _headline(context: Context, indicator: Indicator) -> dict[str, Any]:
    found = context.data.upper.get((indicator.id, context.catalog.metro.territory))
    if found is None:
        run = context.text("headline.run", command=not_loaded.of(context, indicator))
        return {"indicator": indicator, "series": None, "run": run}
    change = context.data.change(found)
    return {
        "indicator": indicator,
        "series": found,
        "spark": changes.sparkline(context, found),
        "change": change,
        "text": changes.movement(context, found, change),
        "period": context.format.period(found.last.period),
    }


@panel("matrix")
def matrix(context: Context) -> Html:
    """Draw the area by territory heatmap of the lead indicators."""
    shown = leads(context)
    rows = [_row(context, indicator) for indicator in shown]
    return context.panel(
        "overview/matrix.html",
        "matrix card",
        rows=rows,
        zones=context.catalog.zones,
        caption=context.text("matrix.subtitle"),
        sources=context.text("source.line", sources=sources.short(context, *shown)),
    )


def _row(context: Context, indicator: Indicator) -> dict[str, Any]:
    node = next(n for n in context.catalog.areas if n.id == indicator.area)
    metro = context.data.upper[indicator.id, context.catalog.metro.territory]
    before = metro.reference
    return {
        "node": node,
        "indicator": indicator,
        "period": context.format.period(metro.last.period),
        "span": changes.span(context, before.period, metro.last.period) if before else "",
        "cells": [_cell(context, indicator, zone) for zone in context.catalog.zones],
    }


def _cell(context: Context, indicator: Indicator, zone: Territory) -> dict[str, Any]:
    found = context.data.upper.get((indicator.id, zone.territory))
    if found is None:
        return {"zone": zone, "series": None, "change": None}
    change = context.data.change(found)
    direction = context.text(f"direction.{change.direction}") if change else ""
    return {
        "zone": zone,
        "series": found,
        "change": change,
        "amount": changes.amount(context, change, indicator) if change else "",
        "said": ", ".join(filter(None, [context.format.unit(indicator), direction, zone.name])),
        "partial": partial(context, found),
    }


def partial(context: Context, found: Series) -> str:
    """Say which share of residents a partial value covers; empty for a complete one."""
    if found.last.coverage >= context.config.thresholds.complete_coverage:
        return ""
    share = context.format.number(100 * found.last.coverage, 0)
    return context.text("partial", share=share)


@panel("delivery")
def delivery(context: Context) -> Html:
    """Draw the strategic projects: physical progress against what was planned to date."""
    projects = progress(context, "strategic")
    return context.panel("overview/delivery.html", "delivery card", projects=projects)
