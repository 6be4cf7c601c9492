"""Decks: ordered pages of the dashboard for a room, each an address, with notes and messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.headlines import headline_indicators, lead_indicators
from dashboard.pages.common.progress import progress, projects_near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.context import Context
    from warehouse.declarations.plan import Node
    from warehouse.declarations.territories import Territory

FIRST_DECK = "piano"


@dataclass(frozen=True, slots=True)
class DeckPage:
    """A page of a deck: its address, a message instead of its own title, the speaker's notes."""

    address: str
    message: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """An ordered list of pages; `name` is its address under `/presentazioni`."""

    name: str
    title: str
    pages: tuple[DeckPage, ...]


def ready_decks(context: Context) -> Iterator[Deck]:
    """Yield the decks that are derived from the plan, current in every release."""
    yield _plan(context)
    for node in context.catalog.areas:
        yield _area(context, node)
    for zone in context.catalog.zones:
        yield _zone(context, zone)
    yield _delivery(context)


def deck_named(context: Context, name: str) -> Deck | None:
    """Return a ready deck by its name."""
    return next((deck for deck in ready_decks(context) if deck.name == name), None)


def _deck(name: str, title: str, addresses: list[str]) -> Deck:
    return Deck(name, title, tuple(DeckPage(address) for address in addresses))


def _plan(context: Context) -> Deck:
    leads = lead_indicators(context)
    return _deck(
        FIRST_DECK,
        context.text("deck.plan"),
        ["/", *(f"/indicatori/{indicator.id}" for indicator in leads), "/progetti"],
    )


def _area(context: Context, node: Node) -> Deck:
    headlines = [i for i in headline_indicators(context, node) if _has_values(context, i.id)]
    area = f"/progetti?area={node.id}"
    return _deck(
        f"ambito-{node.id}",
        context.translate(node.short or node.title),
        [f"/ambiti/{node.id}", *(f"/indicatori/{i.id}" for i in headlines), area],
    )


def _zone(context: Context, zone: Territory) -> Deck:
    leads = [i for i in lead_indicators(context) if _has_values(context, i.id, zone.territory)]
    nearby = projects_near(context, zone.territory)
    projects = [f"/progetti/{p.project}" for p, is_local in nearby if is_local]
    return _deck(
        f"zona-{zone.territory}",
        zone.name,
        [
            f"/territori/{zone.territory}",
            *(f"/indicatori/{i.id}?territory={zone.territory}" for i in leads),
            *projects,
        ],
    )


def _delivery(context: Context) -> Deck:
    projects = progress(context, "strategic")
    late = sorted((p for p in projects if p.late), key=lambda p: -(p.delay_days or 0))
    return _deck(
        "progetti",
        context.text("deck.delivery"),
        ["/progetti", "/progetti/rischi", *(f"/progetti/{p.project}" for p in late)],
    )


def _has_values(context: Context, indicator: str, territory: str | None = None) -> bool:
    code = territory or context.catalog.metro.territory
    return context.data.aggregate(indicator, code) is not None
