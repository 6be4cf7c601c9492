"""Search: everything of a release that has a page, and the answers to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.context import TEMPLATES
from dashboard.i18n import translations
from dashboard.pages.shell.entries import entries_of
from dashboard.pages.shell.ranking import LETTERS_OF_CODE, Ranking, fold
from dashboard.proper_names import proper_names
from dashboard.sentence import from_capitals
from warehouse.messages import texts

if TYPE_CHECKING:
    from dashboard.pages.shell.ranking import Entry
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Language, Selection

WORKS = "/progetti/opere"
MOST_PER_KIND = 6


def search_box(language: str) -> str:
    """Return the markup of the search box."""
    return TEMPLATES.get_template("shell/search.html").render(t=translations(language))


class Search:
    """The search of one release in one language."""

    def __init__(
        self, data: ReleaseData, language: Language, default: Language, prefix: str = ""
    ) -> None:
        """Read what has a page.

        Addresses leave out the language if it is the `default`, and begin with `prefix`. The data
        is not kept: a release that is let go has to give its memory back.
        """
        self._names = proper_names(data)
        self._default = default
        self._prefix = prefix
        self._text = translations(language)
        self._ranking = Ranking(
            entries_of(data, language),
            texts("search")["synonyms"][language],
            texts("search")["ignored"][language],
        )
        self._work_titles = tuple(fold(row["title"]) for row in data.rows("work_codes"))

    def answer(self, question: str, selection: Selection) -> dict[str, Any]:
        """Return the best entries by kind, the kind of the best one first, and their number.

        Addresses keep the language, theme and release of `selection`, but nothing else of it.
        """
        entries: dict[str, list[Entry]] = {}
        for entry in self._ranking.search(question):
            entries.setdefault(entry.kind, []).append(entry)
        groups = [
            {
                "label": self._text(f"search.{kind}"),
                "items": [
                    {
                        "label": self._label(entry),
                        "note": entry.note,
                        "address": self._address(entry, selection),
                    }
                    for entry in matches[:MOST_PER_KIND]
                ],
            }
            for kind, matches in entries.items()
        ]
        count = sum(len(matches) for matches in entries.values())
        if self._is_in_works(question):
            groups.append(self._works(question, selection))
        message = self._text("search.count", n=count) if groups else self._text("search.nothing")
        return {"message": message, "groups": groups}

    def _label(self, entry: Entry) -> str:
        return from_capitals(entry.title, self._names) if entry.kind == "work" else entry.title

    def _address(self, entry: Entry, selection: Selection) -> str:
        address = self._prefix + selection.address(entry.path, self._default)
        return f"{address}#{entry.anchor}" if entry.anchor else address

    def _is_in_works(self, question: str) -> bool:
        text = fold(question)
        return len(text) >= LETTERS_OF_CODE and any(text in title for title in self._work_titles)

    def _works(self, question: str, selection: Selection) -> dict[str, Any]:
        """Return the way to the funded works with the question in their text."""
        address = self._prefix + selection.address(WORKS, self._default, text=question.strip())
        label = self._text("search.in_works", text=question.strip())
        return {
            "label": self._text("search.work_texts"),
            "items": [{"label": label, "note": "", "address": address}],
        }
