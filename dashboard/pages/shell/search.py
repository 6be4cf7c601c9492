"""Search: everything of a release that has a page, and the answers to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.context import TEMPLATES
from dashboard.i18n import translations
from dashboard.pages.shell.ranking import LETTERS_OF_CODE, Entry, Ranking, fold
from warehouse.messages import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Language, Selection
    from warehouse.declarations.territories import Territory

WORKS = "/progetti/opere"
MOST_PER_KIND = 6
PAGES = (
    ("overview", "/"),
    ("territories", "/territori"),
    ("projects", "/progetti"),
    ("works", WORKS),
    ("risks", "/progetti/rischi"),
    ("news", "/novita"),
    ("compare", "/confronta"),
    ("plan", "/piano"),
    ("actors", "/attori"),
    ("data", "/dati"),
    ("method", "/metodo"),
    ("glossary", "/glossario"),
    ("accessibility", "/accessibilita"),
    ("meeting", "/presenta/presentazioni/piano"),
)


def search_box(language: str) -> str:
    """Return the markup of the search box."""
    return TEMPLATES.get_template("shell/search.html").render(t=translations(language))


class Search:
    """The search of one release in one language."""

    def __init__(
        self, data: ReleaseData, language: Language, default: Language, prefix: str = ""
    ) -> None:
        """Read what has a page.

        Addresses leave out the language if it is the `default`, and begin with `prefix`.
        """
        self._default = default
        self._prefix = prefix
        self._text = translations(language)
        self._ranking = Ranking(
            _entries(data, language),
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
                        "label": entry.title,
                        "note": entry.note,
                        "address": self._prefix + selection.address(entry.path, self._default),
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


def _entries(data: ReleaseData, language: str) -> Iterator[Entry]:
    yield from _indicators(data, language)
    yield from _territories(data, language)
    yield from _projects(data, language)
    text = translations(language)
    for node in data.catalog.areas:
        titles = (node.short.in_(language),) if node.short else ()
        yield Entry("area", node.title.in_(language), f"/ambiti/{node.id}", titles=titles)
    for name, path in PAGES:
        yield Entry("page", text(f"search.page_{name}"), path)
    for term in data.catalog.glossary:
        yield Entry("term", term.name.in_(language), "/glossario")
    for row in data.rows("actors", today=data.last_report):
        yield Entry("actor", row["name"], f"/attori/{row['actor']}")
    for row in data.rows("work_codes"):
        codes = tuple(code for code in (row["cup"], row["local_code"]) if code)
        yield Entry(
            "work",
            row["title"],
            f"/progetti/{row['project']}",
            note=codes[0] if codes else "",
            codes=codes,
            by_code_only=True,
        )


def _indicators(data: ReleaseData, language: str) -> Iterator[Entry]:
    areas = {node.id: (node.short or node.title).in_(language) for node in data.catalog.areas}
    for indicator in data.indicators:
        yield Entry(
            "indicator",
            indicator.title.in_(language),
            f"/indicatori/{indicator.id}",
            note=areas.get(indicator.area, ""),
            titles=(indicator.short.in_(language),),
            codes=(indicator.id,),
        )


def _territories(data: ReleaseData, language: str) -> Iterator[Entry]:
    text = translations(language)
    upper = data.catalog.by_level("metro", "zone")
    municipalities = [place for places in data.municipalities.values() for place in places]

    def entry(place: Territory) -> Entry:
        note = text(f"search.level_{place.level}")
        path = f"/territori/{place.territory}"
        return Entry("territory", place.name, path, note, (), (place.territory,))

    yield from map(entry, upper)
    yield from map(entry, sorted(municipalities, key=lambda place: place.name))


def _projects(data: ReleaseData, language: str) -> Iterator[Entry]:
    text = translations(language)
    for row in data.rows("plan_projects"):
        note = text(f"search.level_{row['level']}")
        path = f"/progetti/{row['project']}"
        yield Entry("project", row[f"title_{language}"], path, note)
