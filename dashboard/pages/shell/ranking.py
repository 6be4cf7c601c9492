"""Ranking of what can be searched: a question against titles, codes and words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

# The cost of a word of the question, by how it meets a word of an entry.
EXACT, BEGINNING, SYNONYM, INSIDE, TYPING_ERROR = range(5)
INFLECTED = 0.5  # plural for singular, or the other way round
FIRST_WORD = 0.25  # taken off where a title begins with the first word of the question
IN_NOTE = 1  # added where the word is in the note and not in the title

WORD = re.compile(r"[^\W_]+")
# What may stand for the end of a word in the plural, or in the singular, in the two languages.
ENDINGS = (
    ("o", "i"), ("a", "e"), ("e", "i"), ("i", "o"), ("e", "a"), ("i", "e"),
    ("", "s"), ("s", ""), ("es", ""), ("y", "ies"), ("ies", "y"),
)  # fmt: skip
LETTERS_OF_FORMS = 4  # a shorter word has no other forms
LETTERS_INSIDE = 4  # a shorter word is not looked for inside others
LETTERS_OF_ERROR = 4  # a shorter word is not corrected
LETTERS_OF_CODE = 4  # a shorter text is not the beginning of a code
SIMILARITY = 0.8  # of two words, from 0 to 1, to be each other with a typing error
CORRECTIONS = 8  # words that a mistyped one may stand for


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its kind, its title and the path of its page.

    `note` is shown beside the title and searched too; `titles` are other names of it; a code is
    found whole or by its beginning. What is found `by_code_only` has no words. What `has_data`
    comes before what has none, whose note only says so; `anchor` is the place in the page.
    """

    kind: str
    title: str
    path: str
    note: str = ""
    titles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    by_code_only: bool = False
    has_data: bool = True
    anchor: str = ""

    @cached_property
    def folded_titles(self) -> tuple[str, ...]:
        """All names, folded."""
        return tuple(fold(title) for title in (self.title, *self.titles))

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of all names."""
        return frozenset(word for title in self.folded_titles for word in title.split())

    @cached_property
    def note_words(self) -> frozenset[str]:
        """The words of the note."""
        return frozenset(fold(self.note).split() if self.has_data else ())

    @cached_property
    def compact_codes(self) -> tuple[str, ...]:
        """The codes without blanks, dashes and capitals."""
        return tuple(compact(code) for code in self.codes)


class Ranking:
    """The entries of a release in one language, ready to be searched."""

    def __init__(
        self,
        entries: Iterable[Entry],
        synonyms: Mapping[str, Sequence[str]] | None = None,
        ignored: Collection[str] = (),
    ) -> None:
        """Take the entries, words by the word that stands for them, and words that say nothing."""
        self._entries = tuple(entries)
        self._synonyms = {
            fold(word): tuple(fold(text) for text in texts)
            for word, texts in (synonyms or {}).items()
        }
        self._ignored = frozenset(fold(word) for word in ignored)
        self._vocabulary = frozenset(
            word
            for entry in self._entries
            if not entry.by_code_only
            for word in entry.title_words | entry.note_words
        )

    def search(self, question: str) -> list[Entry]:
        """Return the entries that answer a question, the best first.

        An exact title or code comes first, then titles that begin with the question, then titles
        with all its words in any order, then those reached by synonyms or typing errors; in the end
        what has no data, if it was not asked for by its title.
        """
        text, code = fold(question), compact(question)
        if not text:
            return []
        words = [word for word in text.split() if word not in self._ignored] or text.split()
        costs = [self._costs(word) for word in words]
        ranked = self._ranked(text, code, costs)
        if not ranked:  # each word is known, but no entry has them all
            corrected = [{**self._corrections(w), **c} for w, c in zip(words, costs, strict=True)]
            ranked = self._ranked(text, code, corrected)
        return [entry for _, _, entry in sorted(ranked, key=lambda item: item[:2])]

    def _ranked(
        self, text: str, code: str, costs: Sequence[Mapping[str, float]]
    ) -> list[tuple[tuple[bool, int, bool, float, int], int, Entry]]:
        return [
            (
                (rank[0] > 0 and not entry.has_data, rank[0], not entry.has_data, *rank[1:]),
                position,
                entry,
            )
            for position, entry in enumerate(self._entries)
            if (rank := _rank(entry, text, code, costs)) is not None
        ]

    def _costs(self, word: str) -> dict[str, float]:
        """Return the words of the entries that a word of the question meets, with their cost.

        Inside other words, and with typing errors, it is looked for where it is met nowhere else.
        """
        costs: dict[str, float] = {}
        forms = _forms(word)
        for candidate in self._vocabulary:
            if candidate == word:
                costs[candidate] = EXACT
            elif candidate in forms:
                costs[candidate] = INFLECTED
            elif candidate.startswith(word):
                costs[candidate] = BEGINNING
        known = next((w for w in (word, *forms) if w in self._synonyms), word)
        synonyms = self._synonyms.get(known, ())
        for place, synonym in enumerate(synonyms):
            for candidate in self._vocabulary:
                if candidate.startswith(synonym):
                    costs.setdefault(candidate, SYNONYM + place / 10)
        return costs or ({} if synonyms else self._inside(word) or self._corrections(word))

    def _inside(self, word: str) -> dict[str, float]:
        is_long = len(word) >= LETTERS_INSIDE
        return {
            candidate: INSIDE for candidate in self._vocabulary if is_long and word in candidate
        }

    def _corrections(self, word: str) -> dict[str, float]:
        if len(word) < LETTERS_OF_ERROR or any(character.isdigit() for character in word):
            return {}
        matches = get_close_matches(word, self._vocabulary, CORRECTIONS, SIMILARITY)
        return {match: TYPING_ERROR + place / 10 for place, match in enumerate(matches)}


def fold(text: str) -> str:
    """Return a text as words of plain small letters and digits, one blank between them."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(WORD.findall(plain))


def _forms(word: str) -> tuple[str, ...]:
    """Return what a word may be in the plural or in the singular."""
    if len(word) < LETTERS_OF_FORMS:
        return ()
    return tuple(word.removesuffix(end) + other for end, other in ENDINGS if word.endswith(end))


def compact(text: str) -> str:
    """Return a code without blanks, dashes and capitals."""
    return fold(text).replace(" ", "")


def _rank(
    entry: Entry, text: str, code: str, costs: Sequence[Mapping[str, float]]
) -> tuple[int, float, int] | None:
    """Return the place of an entry among the answers, lower first; None if it is not one."""
    length = len(entry.title)
    if code in entry.compact_codes or (not entry.by_code_only and text in entry.folded_titles):
        return 0, 0, length
    if len(code) >= LETTERS_OF_CODE and any(c.startswith(code) for c in entry.compact_codes):
        return 1, 0, length
    if entry.by_code_only:
        return None
    if entry.folded_titles[0].startswith(text):
        return 1, 0, length
    total = 0.0
    for word_costs in costs:
        cheapest = _cheapest(entry, word_costs)
        if cheapest is None:
            return None
        total += cheapest
    if any(title.split(" ", 1)[0] in costs[0] for title in entry.folded_titles):
        total -= FIRST_WORD
    return 2, total, length


def _cheapest(entry: Entry, costs: Mapping[str, float]) -> float | None:
    in_title = [costs[word] for word in entry.title_words if word in costs]
    in_note = [costs[word] + IN_NOTE for word in entry.note_words if word in costs]
    return min(in_title + in_note, default=None)
