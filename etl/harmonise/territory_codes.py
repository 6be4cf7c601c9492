"""ISTAT codes of the territories in a file: from codes in any padding, or names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.names import normalise_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.territories import Level

CADASTRAL = r"[A-Z]\d{3}"
NUTS = r"IT[A-Z0-9]{1,3}"  # a region or province, in Istat's files of municipalities
ELSEWHERE = "000000"  # a municipality of another province, whose ISTAT code is not declared
REFERENCES: tuple[Level, ...] = (
    "metro",
    "region",
    "country",
)  # levels whose figures come from sources, not from zones


def istat_codes(codes: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return six-digit ISTAT codes; null where it is not a code at all.

    Takes `15146`, `015146`, `03015146` (with the region), `15146.0` and cadastral codes. An
    unknown cadastral code becomes `ELSEWHERE`. The id or an alias of a region or country becomes
    that id; other NUTS codes stay, as places elsewhere.
    """
    unique = pd.Series(codes.unique(), dtype="str")
    by_cadastral = {t.cadastral: t.territory for t in catalog.territories.values() if t.cadastral}
    texts = unique.str.strip().str.upper().str.removesuffix(".0")
    digits = texts.where(texts.str.fullmatch(r"\d{1,8}"))
    istat = digits.str.zfill(6).str[-6:]
    cadastral = texts.map(by_cadastral).astype("str").fillna(ELSEWHERE)
    cadastral = cadastral.where(texts.str.fullmatch(CADASTRAL))
    reference = texts.map(_reference_codes(catalog)).astype("str")
    nuts = texts.where(texts.str.fullmatch(NUTS))
    result = istat.fillna(cadastral).fillna(reference).fillna(nuts).astype("str")
    return codes.astype("str").map(dict(zip(unique, result, strict=True))).astype("str")


def codes_of_names(names: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return the ISTAT code for each name; null where no name or alias of the province fits.

    Accents, apostrophes, case, hyphens, spaces and the province's sign in brackets make no
    difference. A municipality that has left the province becomes `ELSEWHERE`.
    """
    codes = {normalise_name(place.name): ELSEWHERE for place in catalog.elsewhere}
    codes |= {
        normalise_name(name): place.territory
        for place in catalog.municipalities
        for name in (place.name, *place.aliases)
    }
    signs = catalog.metro.provinces
    return names.astype("str").map(lambda name: codes.get(_without_sign(name, signs))).astype("str")


def current_codes(codes: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return the current municipality for each code: itself or what it was merged into."""
    successor = {s.predecessor: s.successor for s in catalog.successions}
    return codes.map(lambda code: successor.get(code, code))


def _without_sign(name: str, signs: Collection[str]) -> str:
    """Return a normalised name without the sign of the province in brackets."""
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
