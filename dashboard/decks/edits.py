"""Edits of a reader's deck: each returns another deck, and the position of the page shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.selection import Selection
from dashboard.views import MEETING, NOT_FOUND, PRESENT, find
from warehouse.declarations.base import Text
from warehouse.declarations.decks import (
    LONGEST_ADDRESS,
    MOST_MEETINGS,
    MOST_PAGES,
    Deck,
    DeckPage,
    Meeting,
)
from warehouse.errors import CruscottoError
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.selection import Language


@dataclass(frozen=True, slots=True)
class Editing:
    """A deck and the page of it that is shown, from 1."""

    deck: Deck
    position: int = 1

    @property
    def page(self) -> DeckPage | None:
        """The page that is shown; None in an empty deck."""
        return self.deck.pages[self.index] if self.deck.pages else None

    @property
    def index(self) -> int:
        """The position from 0, inside the deck."""
        return max(0, min(self.position, len(self.deck.pages)) - 1)

    def with_pages(self, pages: Sequence[DeckPage], index: int) -> Editing:
        """Return the same deck with other pages, of which one is shown."""
        if len(pages) > MOST_PAGES:
            raise CruscottoError(message("deck_full", n=MOST_PAGES))
        position = max(0, min(index, len(pages) - 1)) + 1
        return Editing(self.deck.model_copy(update={"pages": tuple(pages)}), position)


def write(editing: Editing, fields: Mapping[str, str], language: Language) -> Editing:
    """Return the deck with the texts of a form: title, message and notes, in one language."""
    deck = editing.deck
    title = _text(deck.title, fields.get("title", ""), language) or deck.title
    pages = list(deck.pages)
    if editing.page:
        page = editing.page
        texts = {
            key: _text(getattr(page, key), fields[key], language)
            for key in ("message", "notes")
            if key in fields
        }
        pages[editing.index] = page.model_copy(update=texts)
    update = {"title": title, "pages": tuple(pages)}
    return Editing(deck.model_copy(update=update), editing.position)


def _text(before: Text | None, written: str, language: Language) -> Text | None:
    """Return a text with another wording; where both languages are the same, in both."""
    wording = written.replace("\r\n", "\n").strip()
    if not wording:
        return None
    if before is None or before.it == before.en:
        return Text(it=wording, en=wording)
    return before.model_copy(update={language: wording})


def move_up(editing: Editing) -> Editing:
    """Exchange the page with that before it."""
    return _exchange(editing, editing.index - 1)


def move_down(editing: Editing) -> Editing:
    """Exchange the page with that after it."""
    return _exchange(editing, editing.index + 1)


def _exchange(editing: Editing, other: int) -> Editing:
    pages = list(editing.deck.pages)
    if not 0 <= other < len(pages):
        return editing
    pages[editing.index], pages[other] = pages[other], pages[editing.index]
    return editing.with_pages(pages, other)


def duplicate(editing: Editing) -> Editing:
    """Repeat the page after itself; the second is shown."""
    if editing.page is None:
        return editing
    pages = list(editing.deck.pages)
    pages.insert(editing.index + 1, editing.page)
    return editing.with_pages(pages, editing.index + 1)


def remove(editing: Editing) -> Editing:
    """Take the page out; the next one is shown."""
    pages = [page for i, page in enumerate(editing.deck.pages) if i != editing.index]
    return editing.with_pages(pages, editing.index)


def add(editing: Editing, pages: Sequence[DeckPage]) -> Editing:
    """Put pages after the one that is shown; the first of them is shown."""
    start = editing.index + 1 if editing.page else 0
    before, after = editing.deck.pages[:start], editing.deck.pages[start:]
    return editing.with_pages((*before, *pages, *after), start)


def mark_shown(editing: Editing, day: str, today: date, release: str) -> Editing:
    """Write down that the deck was shown with a release; on `today` where no day is written."""
    try:
        meeting = Meeting(day=date.fromisoformat(day) if day else today, release=release)
    except ValueError:
        raise CruscottoError(message("deck_day", day=day[:20])) from None
    if meeting.day > today:
        raise CruscottoError(message("deck_future_day", day=meeting.day.isoformat()))
    others = [s for s in editing.deck.meetings if s.day != meeting.day]
    if len(others) >= MOST_MEETINGS:
        raise CruscottoError(message("deck_meetings", most=MOST_MEETINGS))
    meetings = sorted([*others, meeting], key=lambda s: s.day)
    return Editing(editing.deck.model_copy(update={"meetings": tuple(meetings)}), editing.position)


def forget_meeting(editing: Editing, day: str) -> Editing:
    """Take a meeting out again."""
    others = tuple(s for s in editing.deck.meetings if s.day.isoformat() != day)
    return Editing(editing.deck.model_copy(update={"meetings": others}), editing.position)


STEPS: dict[str, Callable[[Editing], Editing]] = {
    "up": move_up,
    "down": move_down,
    "duplicate": duplicate,
    "remove": remove,
}


def page_at(text: str, prefix: str, language: Language) -> DeckPage:
    """Return the page of an address as it is copied from a browser; raises where it is none.

    The language, theme and release are those of the room.
    """
    wrong = CruscottoError(message("deck_address", address=text.strip()[:80]))
    try:
        parts = urlsplit(text.strip())
    except ValueError:  # half an address
        raise wrong from None
    path = parts.path.removeprefix(prefix)
    path = path.removeprefix(PRESENT) if path.startswith(PRESENT + "/") else path
    selection = Selection.read(path, parts.query, language)
    address = selection.address(default=language, lang=language, theme="system", release=None)
    is_page = path.startswith("/") and find(selection.path).view not in {NOT_FOUND, MEETING}
    if not is_page or len(address) > LONGEST_ADDRESS:
        raise wrong
    return DeckPage(address=address)
