"""The ready presentations, and the pages of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.decks.link import write_link
from dashboard.decks.meetings import meeting_rows
from dashboard.decks.ready import deck_named, declare, office_decks, ready_decks
from dashboard.pages.common import breadcrumbs
from dashboard.presentation import present
from dashboard.registry import Crumb, Heading, heading, panel
from dashboard.views import DECKS, MINE, PRESENT
from warehouse.errors import CruscottoError

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.decks.ready import Deck


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A presentation in the list: its page, the address that presents it, how many slides."""

    title: str
    address: str
    present: str
    pages: int


@heading("decks")
def decks_heading(context: Context) -> Heading:
    """Name the page."""
    name = context.text("nav.decks")
    crumbs = (breadcrumbs.home(context), Crumb(name))
    return Heading(title=context.text("deck.title"), tab=name, crumbs=crumbs)


@panel("deck_list")
def deck_list(context: Context) -> Html:
    """List the ready presentations."""
    return context.panel(
        "decks/list.html",
        "deck-list card",
        office=[_card(context, deck) for deck in office_decks(context)],
        cards=[_card(context, deck) for deck in ready_decks(context)],
        make=context.href(MINE),
    )


def _card(context: Context, deck: Deck) -> DeckCard:
    page = f"{DECKS}/{deck.name}"
    return DeckCard(deck.title, context.href(page), context.href(PRESENT + page), len(deck.pages))


@heading("deck")
def deck_heading(context: Context) -> Heading:
    """Name the presentation."""
    deck = deck_named(context, context.route.values["deck"])
    title = deck.title if deck else context.text("missing.title")
    list_of_decks = Crumb(context.text("nav.decks"), DECKS)
    return Heading(
        title=title,
        tab=title,
        crumbs=(breadcrumbs.home(context), list_of_decks, Crumb(title)),
        actions=True,
    )


@panel("deck_pages")
def deck_pages(context: Context) -> Html:
    """List the slides of a presentation, each with the page that it shows."""
    path = context.selection.path
    deck = deck_named(context, context.route.values["deck"])
    return context.panel(
        "decks/pages.html",
        "deck-pages card",
        slides=present(context, path).slides,
        meetings=meeting_rows(context, deck.meetings if deck else ()),
        edit=_edit(context, context.route.values["deck"]),
        files=[
            (kind, context.same_selection(f"/api/slides{path}.{kind.lower()}"))
            for kind in ("PPTX", "HTML", "XLSX")
        ],
    )


def _edit(context: Context, name: str) -> str:
    """Return the address of the editor with a copy of a deck; empty where it is too long."""
    deck = deck_named(context, name)
    try:
        return context.href(MINE, deck=write_link(declare(deck))) if deck else ""
    except CruscottoError:  # no link can hold it
        return ""
