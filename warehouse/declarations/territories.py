"""Models of territories, zone membership and changes of municipalities."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from warehouse.declarations.base import Declaration

Level = Literal["municipality", "zone", "metro", "region", "country"]


class Territory(Declaration):
    """A place that can have values."""

    territory: str = Field(description="Code: six ISTAT digits, or a name for larger places.")
    name: str = Field(description="Full name.")
    short: str = Field(description="Name for maps and tables.")
    level: Level = Field(description="Kind of place.")
    parent: str | None = Field(
        default=None, description="The next larger place: zone, metropolitan city or region."
    )
    cadastral: str | None = Field(default=None, description="Cadastral code.")
    area_km2: float | None = Field(default=None, description="Area in km².")
    valid_from: dt.date | None = Field(default=None, description="Day of its creation, if known.")
    valid_to: dt.date | None = Field(default=None, description="Last day before its abolition.")
    aliases: tuple[str, ...] = Field(
        default=(), description="Other names or codes used in files, separated by `;`."
    )
    provinces: tuple[str, ...] = Field(
        default=(),
        description=(
            "Separated by spaces. Of a region: first three digits of its municipalities' codes. "
            "Of the metropolitan city: the sign that files put after a name (`MI`)."
        ),
    )

    @field_validator("aliases", "provinces", mode="before")
    @classmethod
    def _separated(cls, value: object, info: ValidationInfo) -> object:
        sign = ";" if info.field_name == "aliases" else None
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(sign) if word.strip())
        return value or ()


class Membership(Declaration):
    """A municipality's membership of a zone."""

    municipality: str = Field(description="Code of the municipality.")
    zone: str = Field(description="Code of the zone.")
    valid_from: dt.date = Field(description="First day.")
    valid_to: dt.date | None = Field(default=None, description="Last day; empty: until today.")


class Succession(Declaration):
    """A municipality that became another, or part of it."""

    predecessor: str = Field(description="Code of the abolished municipality.")
    successor: str = Field(description="Code of the new one.")
    date: dt.date = Field(description="Day of the change.")


class Elsewhere(Declaration):
    """A municipality that left the province; older files have it under its old code."""

    code: str = Field(description="Old code.")
    name: str = Field(description="Name.")
    successor: str = Field(description="New code.")
    date: dt.date = Field(description="Day of the change.")
