"""The overview: the areas, areas by territories, and how far the strategic projects have got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import narrative
from dashboard.pages.common import changes, not_loaded, sources
from dashboard.pages.common.headlines import headline_indicators, lead_indicators
from dashboard.pages.common.progress import progress
from dashboard.registry import Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@panel("areas")
def areas(context: Context) -> Html:
    """Draw one card an area, each with its headline indicators."""
    cards = [
        {"node": node, "lines": [_headline(context, i) for i in headline_indicators(context, node)]}
        for node in context.catalog.areas
    ]
    return context.panel("overview/areas.html", "areas", cards=cards)


def _headline(context: Context, indicator: Indicator) -> dict[str, Any]:
    found = context.data.aggregate(indicator.id, context.catalog.metro.territory)
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
    shown = lead_indicators(context)
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
    metro = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    before = metro.reference
    return {
        "node": node,
        "indicator": indicator,
        "period": context.format.period(metro.last.period),
        "span": changes.span(context, before.period, metro.last.period) if before else "",
        "cells": [_cell(context, indicator, zone) for zone in context.catalog.zones],
    }


def _cell(context: Context, indicator: Indicator, zone: Territory) -> dict[str, Any]:
    found = context.data.aggregate(indicator.id, zone.territory)
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
        "partial": changes.partial_note(context, found),
    }


@panel("delivery")
def delivery(context: Context) -> Html:
    """Draw the strategic projects: physical progress against what was planned to date."""
    projects = progress(context, "strategic")
    return context.panel("overview/delivery.html", "delivery card", projects=projects)


@heading("overview")
def overview_heading(context: Context) -> Heading:
    """Say which lead indicator got better in most zones, and count all their changes."""
    indicators = lead_indicators(context)
    return Heading(
        title=narrative.overview(context, indicators),
        tab=context.text("nav.overview"),
        tally=tuple(narrative.tally(context, indicators).items()),
    )
