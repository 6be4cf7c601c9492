"""Presentations: the slides of a deck or of one page, as values."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.decks.ready import FIRST_DECK, Deck, DeckPage, deck_named
from dashboard.existence import is_unknown
from dashboard.registry import HEADINGS, PICTURES, SLIDES
from dashboard.selection import EVERYWHERE, Selection
from dashboard.slides import Row, Slide
from dashboard.views import DECKS, MEETING, MINE, NOT_FOUND, PRESENT

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
    pages = [deck_slide(context, page) for page in deck.pages] or [_empty(context)]
    return Presentation(deck.title, back, tuple(pages))


def _empty(context: Context) -> Slide:
    title = context.text("deck.empty")
    return Slide(title=title, tab=title, address=context.href(MINE))


def _deck(context: Context, path: str) -> Deck | None:
    folder, _, name = path.rpartition("/")
    if path == DECKS:
        return deck_named(context, FIRST_DECK)
    return deck_named(context, name) if folder == DECKS else None


def deck_slide(context: Context, page: DeckPage) -> Slide:
    """Return the slide of a page of a deck, in the language, theme and release of the room."""
    path, _, query = page.address.partition("?")
    selection = Selection.read(path, query, context.config.language)
    room = {key: getattr(context.selection, key) for key in EVERYWHERE}
    selection = replace(selection, **room)
    fault = _unknown(context, selection)
    if fault:
        at = f"{page.place}: " if page.place else ""
        return _fault_slide(f"{at}{fault}", page.address)
    slide = page_slide(context, selection)
    notes = (page.notes, *slide.notes) if page.notes else slide.notes
    return replace(slide, title=page.message or slide.title, notes=notes)


def _unknown(context: Context, selection: Selection) -> str:
    """Say which name of an address the release does not have; nothing where it has all."""
    page = context.open(selection)
    if page.route.view in {NOT_FOUND, MEETING} or is_unknown(page):
        return context.text("slide.missing", address=selection.path)
    unknown = [t for t in selection.territory if t not in context.catalog.territories]
    return context.text("slide.no_place", names=", ".join(unknown)) if unknown else ""


def _fault_slide(title: str, address: str) -> Slide:
    return Slide(title=title, tab=title, address=address, is_fault=True)


def page_slide(context: Context, selection: Selection) -> Slide:
    """Return the slide of the page that a selection opens; one that fails says which it was."""
    page = context.open(selection)
    try:
        if selection.panel:
            return _panel_slide(page, selection.panel)
        name = page.route.view.name
        return SLIDES[name](page) if name in SLIDES else _key_figures(page)
    except Exception:  # the other slides are still useful
        log.exception("no slide of %s", selection)
        title = context.text("slide.missing", address=page.href())
        return _fault_slide(title, page.href())


def _panel_slide(page: Context, panel: str) -> Slide:
    """Return a slide of one panel of a page: its sentence, its drawing or table, its source."""
    is_there = panel in page.route.view.panels and panel in PICTURES
    picture = PICTURES[panel](page) if is_there else None
    if picture is None:
        return _fault_slide(page.text("slide.missing", address=page.href()), page.href())
    words = [picture.subtitle, picture.key]
    if picture.rows_on_slide < len(picture.table.rows):
        total = page.format.number(len(picture.table.rows))
        words.append(page.text("picture.rows", n=picture.rows_on_slide, total=total))
    picture = replace(picture, subtitle=" · ".join(filter(None, words)))
    return Slide(
        title=picture.title,
        tab=HEADINGS[page.route.view.name](page).tab,
        address=page.href(),
        figure=picture,
        source=picture.source,
        demonstration=picture.demonstration,
        notes=(picture.subtitle,),
    )


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
