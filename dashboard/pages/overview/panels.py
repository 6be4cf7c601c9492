"""The overview: its heading, a card for each policy area, and the strategic projects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard import narrative
from dashboard.pages.common import changes, not_loaded
from dashboard.pages.common.headlines import headline_indicators, lead_indicators
from dashboard.pages.common.progress import progress
from dashboard.pages.overview import attention
from dashboard.registry import Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator


@dataclass(frozen=True, slots=True)
class AreaCard:
    """A policy area with its headline indicators."""

    address: str
    title: str
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """An indicator on a card: its metropolitan value, or the command that loads it."""

    address: str
    label: str
    value: str = ""
    status: str = ""
    unit: str = ""
    period: str = ""
    sparkline: str = ""
    sign: Sign = "none"
    target: str = ""
    movement: str = ""
    expectation: str = ""


@heading("overview")
def overview_heading(context: Context) -> Heading:
    """Say what needs attention today, and count the signs of the lead indicators."""
    indicators = lead_indicators(context)
    return Heading(
        title=attention.title(context),
        tab=context.text("nav.overview"),
        tally=tuple(narrative.tally(context, indicators).items()),
        has_favourites=True,
    )


@panel("areas")
def areas(context: Context) -> Html:
    """Draw a card for each policy area with its headline indicators."""
    cards = [
        AreaCard(
            address=context.href(f"/ambiti/{node.id}"),
            title=context.translate(node.short or node.title),
            headlines=tuple(_headline(context, i) for i in headline_indicators(context, node)),
        )
        for node in context.catalog.areas
    ]
    return context.panel("overview/areas.html", "areas", cards=cards)


def _headline(context: Context, indicator: Indicator) -> Headline:
    line = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    headline = Headline(
        address=context.href(f"/indicatori/{indicator.id}"),
        label=context.translate(indicator.short),
        unit=context.format.unit(indicator),
    )
    if line is None:
        return replace(headline, expectation=not_loaded.expectation(context, indicator))
    status = context.data.status(indicator.id, line.territory)
    return replace(
        headline,
        value=context.format.value(line.last_value, indicator),
        status=line.last.status,
        period=context.format.short_period(line.last_period),
        sparkline=changes.sparkline(context, line),
        sign=status.direction if status else "none",
        target=(status.target_sign or "") if status else "",
        movement=changes.movement(context, line, context.data.change(line)),
    )


@panel("delivery")
def delivery(context: Context) -> Html:
    """Draw the strategic projects: physical progress against what was planned to date."""
    projects = progress(context, "strategic")
    return context.panel(
        "overview/delivery.html", "delivery card", has_picture=bool(projects), projects=projects
    )
