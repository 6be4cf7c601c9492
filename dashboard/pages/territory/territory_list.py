"""The list of territories: a card for each zone, and the names of all municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import narrative
from dashboard.figures.dots import MOST_NAMED
from dashboard.pages.common import breadcrumbs, findings
from dashboard.pages.common.headlines import widest_headline
from dashboard.pages.territory.profile import Fact, agenda_title, facts, locator_map
from dashboard.pages.territory.standing import outline_of
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class TerritoryCard:
    """A territory with its figures and its largest news."""

    territory: str
    address: str
    name: str
    is_metro: bool
    map: str
    agenda: str
    facts: tuple[Fact, ...]
    finding: str


@heading("territories")
def territories_heading(context: Context) -> Heading:
    """Say from which to which zone the headline runs that tells them apart most."""
    crumb = context.text("nav.territories")
    lead = widest_headline(context)
    return Heading(
        title=narrative.indicator_title(context, lead, None) if lead else crumb,
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        has_favourites=True,
    )


@panel("territory_list")
def territory_list(context: Context) -> Html:
    """Draw a card for each zone and the metropolitan city, and name all municipalities.

    Very many are counted only: the page of their zone names them.
    """
    zones = context.catalog.zones
    total = sum(len(places) for places in context.data.municipalities.values())
    return context.panel(
        "territory/territory_list.html",
        "territory-list",
        cards=[_card(context, place) for place in (context.catalog.metro, *zones)],
        zones=[(zone, context.data.municipalities[zone.territory]) for zone in zones],
        total=total,
        has_names=total <= MOST_NAMED,
    )


def _card(context: Context, place: Territory) -> TerritoryCard:
    is_metro = place.level == "metro"
    return TerritoryCard(
        territory=place.territory,
        address=context.href(f"/territori/{place.territory}"),
        name=place.name,
        is_metro=is_metro,
        map=locator_map(context, [], [] if is_metro else [outline_of(place)]),
        agenda=agenda_title(context, place),
        facts=tuple(facts(context, place)),
        finding=findings.finding(context, findings.headlines_of_all(context), place.territory),
    )
