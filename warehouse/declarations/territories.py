"""Strict, frozen models of the territories: places, their zones, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ValidationInfo, field_validator

from warehouse.declarations.base import Declaration

Level = Literal["municipality", "zone", "metro", "region", "country"]


class Territory(Declaration):
    """A place that can have values; `parent` is the next larger: zone, metropolitan city, region.

    `valid_from`/`valid_to` (inclusive) bound a municipality that was created or abolished.
    `aliases` (separated by `;`): other names or codes that files use for it. `provinces`
    (separated by spaces): the first three digits of the codes of a region's municipalities, or
    for the metropolitan city the sign that files set after a name (`MI`).
    """

    territory: str
    name: str
    short: str
    level: Level
    parent: str | None = None
    cadastral: str | None = None
    area_km2: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()

    @field_validator("aliases", "provinces", mode="before")
    @classmethod
    def _separated(cls, given: object, info: ValidationInfo) -> object:
        sign = ";" if info.field_name == "aliases" else None
        if isinstance(given, str):
            return tuple(word.strip() for word in given.split(sign) if word.strip())
        return given or ()


class Membership(Declaration):
    """A municipality in a zone between two dates (inclusive; no end = until today)."""

    municipality: str
    zone: str
    valid_from: date
    valid_to: date | None = None


class Succession(Declaration):
    """`predecessor` became (part of) `successor` on `date`."""

    predecessor: str
    successor: str
    date: date


class Elsewhere(Declaration):
    """A municipality that left the province on `date`: older files still have it under `code`."""

    code: str
    name: str
    successor: str
    date: date
