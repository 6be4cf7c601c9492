"""Pages and changes to measure, derived from the catalogue."""

from __future__ import annotations

from itertools import combinations, cycle, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.declarations.loader import Catalog

INDICATOR = "/indicatori/mean_taxable_income"
CHANGES = 30

COLD = {
    "overview": "/",
    "indicator": INDICATOR,
    "policy area": "/ambiti/economy",
    "indicator, English, dark, one zone, 2020": (
        INDICATOR + "?lang=en&theme=dark&territory=nord-milano&period=2020"
    ),
}


def indicator_changes(catalog: Catalog) -> list[str]:
    """Return addresses that differ in the indicator; none twice, so that no answer is cached."""
    indicators = list(catalog.indicators)
    walk = enumerate(islice(cycle(indicators), CHANGES))
    marks = ["", *(f"?territory={z}" for z in _zones(catalog))]
    return [f"/indicatori/{i}{marks[n // len(indicators)]}" for n, i in walk]


def zone_changes(catalog: Catalog) -> list[str]:
    """Return addresses of one indicator that differ in the highlighted zones; none twice."""
    codes = _zones(catalog)
    zones = [*codes, *map(",".join, combinations(codes, 2))]
    return [f"{INDICATOR}?territory={c}" for c in zones[:CHANGES]]


def period_changes() -> list[str]:
    """Return addresses of one indicator that differ in the period."""
    return [f"{INDICATOR}?period={year}" for year in range(2012, 2024)]


def every_page(catalog: Catalog) -> list[str]:
    """Return one address of each kind of page, and each indicator's."""
    return [*COLD.values(), "/territori/nord-milano", "/progetti", *indicator_changes(catalog)]


def _zones(catalog: Catalog) -> list[str]:
    return [zone.territory for zone in catalog.zones]
