"""The deck of a reader as a part of an address: compressed, and as much as a cut link has left."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from warehouse.declarations.base import Text
from warehouse.declarations.checks import RESERVED_DECK
from warehouse.declarations.decks import MOST_MEETINGS, MOST_PAGES, Deck, DeckPage, Meeting
from warehouse.errors import CruscottoError
from warehouse.messages import message

if TYPE_CHECKING:
    from warehouse.messages import Message

VERSION = "1"  # the first character; another layout of the lines has another
MOST_CHARACTERS = 3_000  # the server accepts addresses of 4096 bytes
MOST_BYTES = 60_000  # of the lines: a short link cannot become a large deck

EMPTY = Deck(id=RESERVED_DECK, title=Text(it="La mia presentazione", en="My deck"), pages=())


@dataclass(frozen=True, slots=True)
class LinkedDeck:
    """The deck of a link, and what is wrong with the link."""

    deck: Deck
    fault: Message | None = None


def write_link(deck: Deck) -> str:
    """Return the deck as letters, digits, `-` and `_`; raises if it is too long for an address.

    A line holds the title and the meetings, and each further line a page, so that a cut link
    keeps whole pages.
    """
    meetings = [f"{meeting.day.isoformat()} {meeting.release}" for meeting in deck.meetings]
    lines = [
        _line(deck.title, *meetings),
        *(_line(p.address, p.message, p.notes) for p in deck.pages),
    ]
    packed = zlib.compress("\n".join(lines).encode(), 9)
    code = VERSION + urlsafe_b64encode(packed).decode().rstrip("=")
    if len(code) > MOST_CHARACTERS:
        raise CruscottoError(message("deck_long", n=len(code), most=MOST_CHARACTERS))
    return code


def read_link(code: str | None) -> LinkedDeck:
    """Return the deck of a link; of one that was cut, the pages before the cut."""
    if not code:
        return LinkedDeck(EMPTY)
    if code[0] != VERSION:
        return LinkedDeck(EMPTY, message("deck_version" if code[0].isdigit() else "deck_wrong"))
    text, is_whole = _unpack(code[1 : MOST_CHARACTERS + 1])
    lines = text.split("\n")
    try:
        deck = _deck(lines if is_whole else lines[:-1])
    except (ValueError, TypeError, IndexError, ValidationError, RecursionError):
        return LinkedDeck(EMPTY, message("deck_wrong"))
    return LinkedDeck(deck, None if is_whole else message("deck_cut", n=len(deck.pages)))


def _line(*values: str | Text | None) -> str:
    """Return values as a line of JSON; empty ones at the end are left out."""
    parts: list[Any] = [_plain(value) for value in values]
    while parts and not parts[-1]:
        parts.pop()
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _plain(value: str | Text | None) -> Any:  # noqa: ANN401  # a value of JSON
    if value is None or isinstance(value, str):
        return value or ""
    return value.it if value.it == value.en else {"it": value.it, "en": value.en}


def _unpack(code: str) -> tuple[str, bool]:
    """Return the lines of a code, and whether it is whole."""
    rest = code if len(code) % 4 != 1 else code[:-1]  # one character alone holds no byte
    unpacking = zlib.decompressobj()
    try:
        packed = urlsafe_b64decode(rest + "=" * (-len(rest) % 4))
        content = unpacking.decompress(packed, MOST_BYTES)
    except (NotBase64, ValueError, zlib.error):
        return "", False
    return content.decode(errors="replace"), unpacking.eof


def _deck(lines: list[str]) -> Deck:
    title, *pages = (json.loads(line) for line in lines)
    return Deck(
        id=RESERVED_DECK,
        title=title[0],
        pages=tuple(_page(page) for page in pages[:MOST_PAGES]),
        meetings=tuple(_meeting(text) for text in title[1 : MOST_MEETINGS + 1]),
    )


def _meeting(text: str) -> Meeting:
    day, _, release = text.partition(" ")
    return Meeting(day=date.fromisoformat(day), release=release)


def _page(parts: list[Any]) -> DeckPage:
    address, text, notes = [*parts, "", ""][:3]
    return DeckPage(address=address, message=text or None, notes=notes or None)
