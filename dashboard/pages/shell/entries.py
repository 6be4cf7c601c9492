"""Entries of the search: indicators, places, projects, areas, pages, actors and works."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.i18n import translations
from dashboard.pages.shell.ranking import Entry
from warehouse.messages import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.release_data import ReleaseData
    from warehouse.declarations.territories import Territory

PAGES = (
    ("overview", "/"),
    ("territories", "/territori"),
    ("projects", "/progetti"),
    ("works", "/progetti/opere"),
    ("risks", "/progetti/rischi"),
    ("news", "/novita"),
    ("compare", "/confronta"),
    ("signs", "/segni"),
    ("plan", "/piano"),
    ("actors", "/attori"),
    ("data", "/dati"),
    ("decks", "/presentazioni"),
    ("method", "/metodo"),
    ("glossary", "/glossario"),
    ("accessibility", "/accessibilita"),
    ("meeting", "/presenta/presentazioni/piano"),
    ("api", "/docs"),
)


def entries_of(data: ReleaseData, language: str) -> list[Entry]:
    """Return what can be found in a release, with the other names that readers use for it."""
    names = texts("search")["names"][language]

    def with_names(entry: Entry) -> Entry:
        if entry.kind == "term":  # the names of its page are not its own
            return entry
        page = entry.path if entry.has_data else f"/indicatori/{entry.codes[0]}"
        return replace(entry, titles=(*entry.titles, *names.get(page, ())))

    return [with_names(entry) for entry in _entries(data, language)]


def _entries(data: ReleaseData, language: str) -> Iterator[Entry]:
    yield from _indicators(data, language)
    yield from _indicators_without_data(data, language)
    yield from _territories(data, language)
    yield from _projects(data, language)
    text = translations(language)
    for node in data.catalog.areas:
        titles = (node.short.in_(language),) if node.short else ()
        yield Entry("area", node.title.in_(language), f"/ambiti/{node.id}", titles=titles)
    for name, path in PAGES:
        yield Entry("page", text(f"search.page_{name}"), path)
    for term in data.catalog.glossary:
        yield Entry("term", term.name.in_(language), "/glossario", anchor=term.anchor)
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


def _indicators_without_data(data: ReleaseData, language: str) -> Iterator[Entry]:
    """Yield the declared indicators without a value: what they wait for is on the page of data."""
    missing = {row["dataset"] for row in data.rows("datasets") if not row["files"]}
    loaded = {indicator.id for indicator in data.indicators}
    for indicator in data.catalog.indicators.values():
        datasets = [name for name in indicator.datasets if name in missing]
        if indicator.id not in loaded:
            yield Entry(
                "indicator",
                indicator.title.in_(language),
                "/dati",
                note=translations(language)("search.without_data"),
                titles=(indicator.short.in_(language),),
                codes=(indicator.id,),
                has_data=False,
                anchor=f"dataset-{datasets[0]}" if datasets else "panel-datasets",
            )


def _territories(data: ReleaseData, language: str) -> Iterator[Entry]:
    text = translations(language)
    upper = data.catalog.by_level("metro", "zone")

    def entry(place: Territory) -> Entry:
        municipality = data.catalog.only_municipalities.get(place.territory, "")
        note = text(f"search.level_{'both' if municipality else place.level}")
        path = f"/territori/{place.territory}"
        titles = (note,) if place.level == "metro" else ()
        names = (place.territory, *([municipality] if municipality else ()))
        short_codes = (name.lstrip("0") for name in names)  # as a spreadsheet writes them
        return Entry("territory", place.name, path, note, titles, (*names, *short_codes))

    yield from map(
        entry, sorted(data.catalog.municipalities_with_page, key=lambda place: place.name)
    )
    yield from map(entry, upper)


def _projects(data: ReleaseData, language: str) -> Iterator[Entry]:
    text = translations(language)
    for row in data.rows("plan_projects"):
        note = text(f"search.level_{row['level']}")
        path = f"/progetti/{row['project']}"
        yield Entry("project", row[f"title_{language}"], path, note)
