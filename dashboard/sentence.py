"""Titles inside a sentence, its end, and texts of sources in capitals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

WORD = re.compile(r"\w+")
SEPARATOR = " · "
SHORT, MOSTLY = 8, 0.75  # letters of a text, share of capitals, from which it is one of capitals
STAYS = re.compile(r"[^AEIOUaeiouÀÈÉÌÒÙ]*|X{0,3}(?:IX|IV|V?I{2,3}|VI?)|\w*\d\w*")
AFTER_STREET = re.compile(
    r"(?i)(\b(?:via|viale|piazza|piazzale|corso|largo|vicolo|san|santa|santo)\s+)(\w)"
)
ACCENT = re.compile(r"(?<=[a-z]{2})a'(?!\w)")  # typewriters have no À
CUT = re.compile(r"(?i)[\w)']{3,} (?:e|ed|di|del|dei|della|delle|degli|a|per|in|con|su|al|da)\s*$")


def inside(title: str, names: Collection[str]) -> str:
    """Return a title as it continues a sentence: proper names and abbreviations stay capital.

    Only its first letter can change: what follows is already written as inside a sentence.
    """
    word = WORD.match(title)
    if word is None or word[0] in names or not word[0][1:].islower():
        return title
    return title[0].lower() + title[1:]


def with_period(text: str) -> str:
    """Return a text as a sentence; the period of an abbreviation ends it too, as in `p.p.`."""
    return text if text.endswith(".") else f"{text}."


def from_capitals(text: str, names: Collection[str]) -> str:
    """Return a text of capitals in small letters, but for its first one and for proper names.

    Its parts are looked at one by one; abbreviations without a vowel and numerals stay, a word
    after that of a street or a saint is a name. A text that its source cut off says so.
    """
    spellings = _spellings(frozenset(names))
    parts = [_plain(part, spellings) for part in text.split(SEPARATOR)]
    return SEPARATOR.join(parts) + ("…" if CUT.search(text) else "")


@lru_cache(maxsize=8)  # releases that are open
def _spellings(names: frozenset[str]) -> dict[str, str]:
    return {name.upper(): name for name in names}


def _plain(text: str, spellings: dict[str, str]) -> str:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(text) < SHORT or capitals < MOSTLY * len(letters):
        return text
    small = WORD.sub(lambda word: _small(word, spellings), text)
    plain = AFTER_STREET.sub(lambda match: match[1] + match[2].upper(), small)
    return ACCENT.sub("à", plain[:1].upper() + plain[1:])


def _small(word: re.Match[str], spellings: dict[str, str]) -> str:
    is_cut = word.string[word.end() : word.end() + 1] == "."  # as in `nr.`
    if STAYS.fullmatch(word[0]) and not is_cut:
        return word[0]
    return spellings.get(word[0].upper(), word[0].lower())
