"""The editor of a reader's deck: its slides, the one that is shown, where more come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.decks.edits import Editing
from dashboard.decks.link import read_link
from dashboard.decks.meetings import meeting_rows
from dashboard.decks.ready import deck_named, office_decks, ready_decks
from dashboard.pages.common import breadcrumbs
from dashboard.presentation import Presentation, present
from dashboard.registry import Crumb, Heading, heading, panel
from dashboard.views import DECKS, MINE
from warehouse.declarations.checks import RESERVED_DECK

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.decks.link import LinkedDeck
    from dashboard.status import Sign


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the check before a meeting."""

    sign: Sign
    text: str


@heading("deck_editor")
def editor_heading(context: Context) -> Heading:
    """Name the deck."""
    title = context.translate(_linked(context).deck.title)
    trail = (breadcrumbs.home(context), Crumb(context.text("nav.decks"), DECKS))
    edit = context.text("deck.edit")
    return Heading(title=title, tab=title, crumbs=(*trail, Crumb(edit)), actions=True)


@panel("deck_strip")
def deck_strip(context: Context) -> Html:
    """List the slides; each is a button that opens it and saves what is written."""
    linked = _linked(context)
    presentation = _presentation(context)
    return context.panel(
        "decks/strip.html",
        "deck-strip card",
        action=context.same_selection("/api/decks/edit"),
        title=context.translate(linked.deck.title),
        slides=presentation.slides if linked.deck.pages else (),
        shown=_editing(context).index,
        meetings=meeting_rows(context, linked.deck.meetings),
        fault=linked.fault.in_(context.language) if linked.fault else "",
    )


@panel("deck_page")
def deck_page(context: Context) -> Html:
    """Show a slide as the room sees it, with its message and notes to be written."""
    editing = _editing(context)
    page = deck_named(context, RESERVED_DECK)
    written = page.pages[editing.index] if page and page.pages else None
    return context.panel(
        "decks/page.html",
        "deck-page card",
        slide=_presentation(context).slides[editing.index],
        page=written,
        href=context.link(written.address) if written else "",
        position=editing.index + 1,
        total=len(editing.deck.pages),
        files=[
            (kind, context.same_selection(f"/api/slides{MINE}.{kind.lower()}"))
            for kind in ("PPTX", "HTML", "XLSX")
        ],
        file=context.same_selection(f"/api/decks/{RESERVED_DECK}.yaml"),
        open=context.same_selection("/api/decks/open"),
    )


@panel("deck_sources")
def deck_sources(context: Context) -> Html:
    """Offer pages set aside, addresses and ready decks; check the deck before the meeting."""
    return context.panel(
        "decks/sources.html",
        "deck-sources card",
        decks=[*office_decks(context), *ready_decks(context)],
        checks=_checks(context),
    )


def _linked(context: Context) -> LinkedDeck:
    return read_link(context.selection.deck)


def _editing(context: Context) -> Editing:
    return Editing(_linked(context).deck, context.selection.page)


def _presentation(context: Context) -> Presentation:
    return present(context, MINE)


def _checks(context: Context) -> list[Check]:
    pages, slides = _linked(context).deck.pages, _presentation(context).slides
    if not pages:
        return []
    faults = [i for i, slide in enumerate(slides, 1) if slide.is_fault]
    demonstration = [i for i, slide in enumerate(slides, 1) if slide.demonstration]
    by_hand = [i for i, page in enumerate(pages, 1) if page.message]
    checks = [Check("better", context.text("deck.check_offline", n=len(pages)))]
    if faults:
        checks.append(Check("worse", context.text("deck.check_fault", places=_list(faults))))
    else:
        checks.append(Check("better", context.text("deck.check_whole")))
    for key, places in (("demo", demonstration), ("message", by_hand)):
        if places:
            text = context.text(f"deck.check_{key}", places=_list(places))
            checks.append(Check("stable", text))
    return checks


def _list(positions: list[int]) -> str:
    return ", ".join(map(str, positions))
