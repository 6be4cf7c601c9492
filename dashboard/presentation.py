"""Presentations: the slides of a deck or of one page, as values."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.decks import FIRST_DECK, Deck, DeckPage, deck_named
from dashboard.registry import HEADINGS, SLIDES
from dashboard.selection import EVERYWHERE, Selection
from dashboard.slides import Row, Slide
from dashboard.views import DECKS, PRESENT

if TYPE_CHECKING:
    from dashboard.context import Context

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Presentation:
    """What is presented: its title, its slides, and the page to go back to."""

    title: str
    back: str
    slides: tuple[Slide, ...]


def present(context: Context, path: str) -> Presentation:
    """Return the deck or the page of a path, with the selection of the context."""
    back = context.same_selection(context.selection.path.removeprefix(PRESENT) or "/")
    deck = _deck(context, path)
    if deck is None:
        slide = page_slide(context, replace(context.selection, path=path))
        return Presentation(slide.tab, back, (slide,))
    pages = [_deck_slide(context, page) for page in deck.pages]
    return Presentation(deck.title, back, tuple(pages))


def _deck(context: Context, path: str) -> Deck | None:
    folder, _, name = path.rpartition("/")
    if path == DECKS:
        return deck_named(context, FIRST_DECK)
    return deck_named(context, name) if folder == DECKS else None


def _deck_slide(context: Context, page: DeckPage) -> Slide:
    """Return the slide of a page of a deck, in the language, theme and release of the room."""
    path, _, query = page.address.partition("?")
    selection = Selection.read(path, query, context.config.language)
    room = {key: getattr(context.selection, key) for key in EVERYWHERE}
    slide = page_slide(context, replace(selection, **room))
    notes = (page.notes, *slide.notes) if page.notes else slide.notes
    return replace(slide, title=page.message or slide.title, notes=notes)


def page_slide(context: Context, selection: Selection) -> Slide:
    """Return the slide of the page that a selection opens; one that fails says which it was."""
    page = context.open(selection)
    try:
        name = page.route.view.name
        return SLIDES[name](page) if name in SLIDES else _key_figures(page)
    except Exception:  # the other slides are still useful
        log.exception("no slide of %s", selection)
        title = context.text("slide.missing", address=page.href())
        return Slide(title=title, tab=title, address=page.href())


def _key_figures(page: Context) -> Slide:
    """Return the slide of a page that has none of its own: its title and key figures."""
    heading = HEADINGS[page.route.view.name](page)
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=page.href(),
        rows=tuple(Row(figure.label, figure.note, figure.value) for figure in heading.figures),
        demonstration=heading.demonstration,
    )
