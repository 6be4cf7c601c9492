"""What files write for a municipality (codes in any padding, or names) → ISTAT's six digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.names import normalise_name

if TYPE_CHECKING:
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.territories import Level

CADASTRAL = r"[A-Z]\d{3}"
NUTS = r"IT[A-Z0-9]{1,3}"  # Istat's region or province beside its municipalities
NOWHERE = "000000"  # a municipality of elsewhere, whose ISTAT code is not declared
REFERENCES: tuple[Level, ...] = (
    "region",
    "country",
)  # levels whose figures come from sources, not from zones


def istat_codes(codes: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return six-digit ISTAT codes; null where it is no code at all.

    Takes `15146`, `015146`, `03015146` (with the region), `15146.0` and cadastral codes. A
    cadastral code of elsewhere becomes `NOWHERE`. The id or an alias of a region or country
    becomes that id; other codes of NUTS stay, as places of elsewhere.
    """
    written = pd.Series(codes.unique(), dtype="str")
    by_cadastral = {t.cadastral: t.territory for t in catalog.territories.values() if t.cadastral}
    plain = written.str.strip().str.upper().str.removesuffix(".0")
    digits = plain.where(plain.str.fullmatch(r"\d{1,8}"))
    istat = digits.str.zfill(6).str[-6:]
    cadastral = (
        plain.map(by_cadastral).astype("str").fillna(NOWHERE).where(plain.str.fullmatch(CADASTRAL))
    )
    reference = plain.map(_reference_codes(catalog)).astype("str")
    others = plain.where(plain.str.fullmatch(NUTS))
    found = istat.fillna(cadastral).fillna(reference).fillna(others).astype("str")
    return codes.astype("str").map(dict(zip(written, found, strict=True))).astype("str")


def named(names: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return the ISTAT code for each name; null where no name or alias of the province fits.

    Accents, apostrophes, case, hyphens, spaces and the province's sign in brackets make no
    difference. A municipality that has left the province becomes `NOWHERE`.
    """
    known = {_plain(gone.name, ()): NOWHERE for gone in catalog.elsewhere}
    known |= {
        _plain(name, ()): place.territory
        for place in catalog.municipalities
        for name in (place.name, *place.aliases)
    }
    signs = catalog.metro.provinces
    return names.astype("str").map(lambda name: known.get(_plain(name, signs))).astype("str")


def today(codes: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return the municipality of today for each code: itself or what it was merged into."""
    successor = {s.predecessor: s.successor for s in catalog.successions}
    return codes.map(lambda code: successor.get(code, code))


def _plain(name: str, signs: tuple[str, ...]) -> str:
    """Return the letters and digits of a name, without accents and the sign of the province."""
    for sign in signs:
        name = re.sub(rf"\(\s*{sign}\s*\)\s*$", "", name, flags=re.IGNORECASE)
    return normalise_name(name)


def _reference_codes(catalog: Catalog) -> dict[str, str]:
    return {
        code.upper(): place.territory
        for place in catalog.territories.values()
        if place.level in REFERENCES
        for code in (place.territory, *place.aliases)
    }
