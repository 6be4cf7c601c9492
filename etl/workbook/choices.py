"""What people choose from in a workbook: areas, territories, indicators… of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.parsing.layout import Lists
    from warehouse.declarations.loader import Catalog

OF_PLACES = ("territories", "municipalities")
OTHER = "\0"  # ends an id, once or more, beside another word for it


def understood(catalog: Catalog) -> Lists:
    """Return the lists in both languages, places also with their codes and other names."""
    english = lists(catalog, "en")
    return {
        name: _spelt([*known.items(), *english[name].items(), *_also(catalog, name, known)])
        for name, known in lists(catalog).items()
    }


def _also(catalog: Catalog, name: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the cadastral code, the code as a number and the other names of each place."""
    for code in known if name in OF_PLACES else ():
        place = catalog.territories[code]
        if code.isdecimal():
            yield code, code.lstrip("0")
        for word in (place.cadastral, *place.aliases):
            if word:
                yield code, word


def _spelt(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return every pair of id and word under a key of its own."""
    found: dict[str, str] = {}
    for one, word in dict.fromkeys(words):
        while one in found:
            one += OTHER  # noqa: PLW2901  # the next free key
        found[one] = word
    return found


def lists(catalog: Catalog, language: str = "it") -> Lists:
    """Return every list of the catalogue that a workbook's columns may name."""
    current = catalog.plan.current
    places = {
        t.territory: t.name
        for t in catalog.by_level("metro", "zone", "municipality")
        if not t.valid_to
    }
    zones = {z.territory for z in catalog.zones}
    same = {name for name in places.values() if list(places.values()).count(name) > 1}
    return {
        "cycles": {c.id: c.id for c in catalog.plan.cycles},
        "areas": {n.id: (n.short or n.title).in_(language) for n in catalog.areas},
        "nodes": {n.id: n.title.in_(language) for c in catalog.plan.cycles for n in c.framework},
        "events": {e.id: e.title.in_(language) for e in current.process},
        "indicators": {i.id: i.short.in_(language) for i in catalog.indicators.values()},
        "units": {name: unit.symbol.in_(language) for name, unit in catalog.units.items()},
        "territories": {
            code: f"{name} (zona)" if name in same and code in zones else name
            for code, name in places.items()
        },
        "municipalities": {t.territory: t.name for t in catalog.municipalities if not t.valid_to},
    }
