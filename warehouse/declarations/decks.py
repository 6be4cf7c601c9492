"""Decks: ordered pages of the dashboard for a room, and the reader of a file that holds one."""

from __future__ import annotations

from datetime import date  # pydantic reads it
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from warehouse.declarations.base import Declaration, Text
from warehouse.messages import field_errors, message, unreadable
from warehouse.yaml_loader import line_of, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.messages import Message

MOST_PAGES, LONGEST_ADDRESS, MOST_MEETINGS = 60, 500, 12


def _both(value: Any) -> Any:  # noqa: ANN401  # what the file says
    """Return a text that is written once as the text of both languages."""
    return {"it": value, "en": value} if isinstance(value, str) else value


Words = Annotated[Text, BeforeValidator(_both, json_schema_input_type=Text | str)]


class DeckPage(Declaration):
    """A page of a deck."""

    address: str = Field(
        pattern="^/",
        max_length=LONGEST_ADDRESS,
        description="Address of a page, from `/`, with its selection.",
    )
    message: Words | None = Field(
        default=None,
        description="Title of the slide instead of the page's own, which follows the data.",
    )
    notes: Words | None = Field(default=None, description="What the speaker wants to say.")


class Meeting(Declaration):
    """A meeting in which a deck was shown, with the release that its slides had."""

    day: date = Field(description="Day of the meeting.")
    release: str = Field(
        pattern=r"^[\w-]+$", max_length=60, description="The release that was shown."
    )


class Deck(Declaration):
    """An ordered list of pages for a room; a text may be written once for both languages."""

    id: str = Field(pattern=r"^[\w-]+$", description="Name of the file, and of the address.")
    title: Words = Field(description="Title of the deck.")
    pages: tuple[DeckPage, ...] = Field(max_length=MOST_PAGES, description="Pages in order.")
    meetings: tuple[Meeting, ...] = Field(
        default=(),
        max_length=MOST_MEETINGS,
        description="Meetings in which it was shown; what changed since can be asked for.",
    )
    lines: tuple[int, ...] = Field(
        default=(), exclude=True, description="The line of each page in the file."
    )


def read_decks(folder: Path) -> tuple[tuple[Deck, ...], list[Message]]:
    """Return the decks of a folder, if it exists, and what is wrong in their files."""
    decks: list[Deck] = []
    errors: list[Message] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            deck, more = deck_of(path.read_text(encoding="utf-8"), path.stem, str(path))
        except (UnicodeDecodeError, OSError) as error:
            deck, more = None, [unreadable(path, error)]
        decks += [deck] if deck else []
        errors += more
    return tuple(decks), errors


def deck_of(text: str, name: str, file: str) -> tuple[Deck | None, list[Message]]:
    """Return the deck of a YAML text; or what is wrong, with the line of `file`."""
    try:
        content = read_yaml(text)
        if not isinstance(content, dict):
            return None, [message("not_a_deck", at=file)]
        pages = content.get("pages")
        count = len(pages) if isinstance(pages, list) else 0
        lines = [line_of(text, ("pages", i)) for i in range(count)]
        return Deck.model_validate({**content, "id": name, "lines": lines}), []
    except yaml.YAMLError as error:
        return None, [message("unreadable_deck", at=file, said=" ".join(str(error).split()))]
    except ValidationError as error:
        places = [f"{file}:{line_of(text, detail['loc'])}" for detail in error.errors()]
        return None, [
            message("wrong_field", at=place, field=field, said=reason)
            for place, (field, reason) in zip(places, field_errors(error), strict=True)
        ]
