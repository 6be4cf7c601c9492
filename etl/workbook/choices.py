"""Lists to choose from in a workbook: areas, territories, indicators… of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.parsing.names import normalise_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.parsing.layout import Lists
    from warehouse.declarations.loader import Catalog

OF_PLACES = ("territories", "municipalities", "places")
MERGED = "merged"  # names the list of former municipalities: spelling → what it is part of now
LEVELS = "levels"  # names the list of all places with their level
SYNONYM = "\0"  # one or more at the end of an id: the entry is another word for it


def accepted_lists(catalog: Catalog) -> Lists:
    """Return the lists in both languages, places also with their codes and other names."""
    english = lists(catalog, "en")
    accepted = {
        name: _with_unique_keys(
            [*italian.items(), *english[name].items(), *_synonyms(catalog, name, italian)]
        )
        for name, italian in lists(catalog).items()
    }
    levels = {place.territory: place.level for place in catalog.territories.values()}
    return {**accepted, MERGED: _merged(catalog), LEVELS: levels}


def _merged(catalog: Catalog) -> dict[str, str]:
    """Return the municipality that each former one is part of, by all spellings of the former."""
    successor = {s.predecessor: s.successor for s in catalog.successions}
    return {
        normalise_name(spelling): catalog.territories[successor[place.territory]].name
        for place in catalog.municipalities
        if place.territory in successor
        for spelling in (
            *(place.name, *place.aliases, place.territory, place.territory.lstrip("0")),
            place.cadastral or "",
        )
        if spelling
    }


def _synonyms(catalog: Catalog, name: str, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the cadastral code, the code as a number and the other names of each place."""
    for code in codes if name in OF_PLACES else ():
        place = catalog.territories[code]
        if code.isdecimal():
            yield code, code.lstrip("0")
        for word in (place.cadastral, place.short, *place.aliases):
            if word:
                yield code, word


def _with_unique_keys(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return every pair of id and word under a key of its own."""
    entries: dict[str, str] = {}
    for name, word in dict.fromkeys(words):
        key = name
        while key in entries:
            key += SYNONYM
        entries[key] = word
    return entries


def lists(catalog: Catalog, language: str = "it") -> Lists:
    """Return every list of the catalogue that a workbook's columns may name."""
    current = catalog.plan.current
    places = {
        t.territory: t.name
        for t in catalog.by_level("metro", "zone", "municipality")
        if not t.valid_to
    }
    zones = {z.territory for z in catalog.zones}
    names = list(places.values())
    shared_names = {name for name in names if names.count(name) > 1}
    references = catalog.by_level("metro", "region", "country")
    return {
        "cycles": {c.id: c.id for c in catalog.plan.cycles},
        "areas": {n.id: (n.short or n.title).in_(language) for n in catalog.areas},
        "nodes": {n.id: n.title.in_(language) for c in catalog.plan.cycles for n in c.framework},
        "events": {e.id: e.title.in_(language) for e in current.process},
        "indicators": {i.id: i.short.in_(language) for i in catalog.indicators.values()},
        "units": {name: unit.symbol.in_(language) for name, unit in catalog.units.items()},
        "territories": {
            code: f"{name} (zona)" if name in shared_names and code in zones else name
            for code, name in places.items()
        },
        "places": {
            t.territory: t.name for t in (*references, *catalog.municipalities) if not t.valid_to
        },
        "municipalities": {t.territory: t.name for t in catalog.municipalities if not t.valid_to},
    }
