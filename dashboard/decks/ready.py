"""Decks: ordered pages of the dashboard for a room, each an address, with notes and messages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from dashboard.decks.link import read_link
from dashboard.pages.common.headlines import headline_indicators, lead_indicators
from dashboard.pages.common.progress import progress, projects_near
from dashboard.views import NEWS
from warehouse.declarations.checks import RESERVED_DECK
from warehouse.declarations.decks import Deck as Declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from warehouse.declarations.base import Text
    from warehouse.declarations.decks import Meeting
    from warehouse.declarations.plan import Node
    from warehouse.declarations.territories import Territory

FIRST_DECK = "piano"
MOST_PARTS = 6  # operational projects and indicators in the deck of a strategic project


@dataclass(frozen=True, slots=True)
class DeckPage:
    """A page of a deck: its address, a message instead of its own title, the speaker's notes.

    `place` says where it is declared: a line of a file.
    """

    address: str
    message: str = ""
    notes: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """An ordered list of pages; `name` is its address under `/presentazioni`."""

    name: str
    title: str
    pages: tuple[DeckPage, ...]
    meetings: tuple[Meeting, ...] = ()


def ready_decks(context: Context) -> Iterator[Deck]:
    """Yield the decks that are derived from the plan, current in every release."""
    yield _plan(context)
    for node in context.catalog.areas:
        yield _area(context, node)
    for zone in context.catalog.zones:
        yield _zone(context, zone)
    yield _delivery(context)
    for project in progress(context, "strategic"):
        yield _project(context, project)
    if context.data.earlier_releases():
        yield _deck("novita", context.text("deck.news"), [NEWS, "/progetti/rischi"])


def office_decks(context: Context) -> Iterator[Deck]:
    """Yield the decks of the catalogue's folder `decks`."""
    for deck in context.catalog.decks:
        places = [f"decks/{deck.id}.yaml:{line}" for line in deck.lines]
        yield in_language(context, deck, places)


def deck_named(context: Context, name: str) -> Deck | None:
    """Return a deck by its name; one of the office before a ready one, the reader's own last."""
    decks = chain(office_decks(context), ready_decks(context))
    found = next((deck for deck in decks if deck.name == name), None)
    if found is None and name == RESERVED_DECK:
        deck = read_link(context.selection.deck).deck
        places = [context.text("deck.page", n=n) for n in range(1, len(deck.pages) + 1)]
        return in_language(context, deck, places)
    return found


def in_language(context: Context, deck: Declared, places: Sequence[str]) -> Deck:
    """Return a declared deck in the language of the context."""

    def words(text: Text | None) -> str:
        return context.translate(text) if text else ""

    pages = (
        DeckPage(page.address, words(page.message), words(page.notes), place)
        for page, place in zip(deck.pages, places, strict=True)
    )
    return Deck(deck.id, context.translate(deck.title), tuple(pages), deck.meetings)


def declare(deck: Deck) -> Declared:
    """Return a deck as a file or a link would declare it."""
    pages = [
        {"address": p.address, "message": p.message or None, "notes": p.notes or None}
        for p in deck.pages
    ]
    return Declared.model_validate(
        {"id": deck.name, "title": deck.title, "pages": pages, "meetings": deck.meetings}
    )


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


def _project(context: Context, project: ProjectProgress) -> Deck:
    """Return the deck of a strategic project: itself, its operational projects, its indicators."""
    parts = [p for p in progress(context, "operational") if p.parent == project.project]
    rows = context.data.rows("project_indicators", project=project.project)
    names = [row["indicator"] for row in rows if _has_values(context, row["indicator"])]
    return _deck(
        f"progetto-{project.project}",
        project.short,
        [
            f"/progetti/{project.project}",
            *(f"/progetti/{part.project}" for part in parts[:MOST_PARTS]),
            *(f"/indicatori/{name}" for name in names[:MOST_PARTS]),
        ],
    )


def _has_values(context: Context, indicator: str, territory: str | None = None) -> bool:
    code = territory or context.catalog.metro.territory
    return context.data.aggregate(indicator, code) is not None
