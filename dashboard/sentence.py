"""Titles inside a sentence, and texts of sources in capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

WORD = re.compile(r"\w+")


def inside(title: str, names: Collection[str]) -> str:
    """Return a title as it continues a sentence: proper names and abbreviations stay capital.

    Only its first letter can change: what follows is already written as inside a sentence.
    """
    word = WORD.match(title)
    if word is None or word[0] in names or not word[0][1:].islower():
        return title
    return title[0].lower() + title[1:]


def from_capitals(text: str, names: Collection[str]) -> str:
    """Return a text of capitals in small letters, but for its first one and for proper names."""
    if any(letter.islower() for letter in text):
        return text
    spellings = {name.upper(): name for name in names}
    small = WORD.sub(lambda word: spellings.get(word[0], word[0].lower()), text)
    return small[:1].upper() + small[1:]
