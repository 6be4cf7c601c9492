"""Proper names of a deployment, which keep their capitals where a text of capitals loses its."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import translations
from dashboard.sentence import WORD, from_capitals

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData


def words_with_capitals(data: ReleaseData, language: str) -> frozenset[str]:
    """Return the declared words that keep their capitals inside a sentence."""
    return data.once(_words_with_capitals, language)


def _words_with_capitals(data: ReleaseData, language: str) -> frozenset[str]:
    return frozenset((*data.catalog.names, *translations(language)("sentence.names").split()))


def plain_title(data: ReleaseData, text: str) -> str:
    """Return an Italian text of capitals, as some sources write, as a plain title."""
    return from_capitals(text, proper_names(data))


def proper_names(data: ReleaseData) -> frozenset[str]:
    """Return the words that keep their capitals in an Italian text."""
    return data.once(_proper_names)


def _proper_names(data: ReleaseData) -> frozenset[str]:
    """Return the declared words, and those of the names of territories and of the plan's actors.

    The first word of an actor's name has its capital from its place: `Comune`, `Ufficio`.
    """
    places = [WORD.findall(place.name) for place in data.catalog.territories.values()]
    actors = [WORD.findall(row["name"])[1:] for row in data.rows("actors", today=data.last_report)]
    words = (word for words in (*places, *actors) for word in words)
    return words_with_capitals(data, "it") | {word for word in words if word[0].isupper()}
