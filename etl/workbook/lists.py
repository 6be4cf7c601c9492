"""What people choose from in a workbook: areas, territories, indicators… of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.workbook.sheets import Lists
    from warehouse.catalog import Catalog


OTHER = "\0"  # ends an id beside the word in the other language


def understood(catalog: Catalog) -> Lists:
    """Return the lists in both languages: a workbook may be filled in either."""
    english = lists(catalog, "en")
    return {
        name: known | {f"{one}{OTHER}": word for one, word in english[name].items()}
        for name, known in lists(catalog).items()
    }


def lists(catalog: Catalog, language: str = "it") -> Lists:
    """Return every list of the catalogue that a workbook's columns may name."""
    current = catalog.plan.current
    places = {
        t.territory: t.name
        for t in catalog.territories.values()
        if t.level in ("metro", "zone", "municipality") and not t.valid_to
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
        "municipalities": {
            t.territory: t.name
            for t in catalog.territories.values()
            if t.level == "municipality" and not t.valid_to
        },
    }
