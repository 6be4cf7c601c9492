"""Rows of queries as frozen values, so that panels and templates read attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = Mapping[str, Any]  # a row of a query by column
Value = TypeVar("Value", bound="DataclassInstance")


def record(kind: type[Value], row: Row, **computed: object) -> Value:
    """Return a value of a dataclass: `computed` by name, every other field from its column."""
    names = _names(kind)
    return kind(**{name: row[name] for name in names if name not in computed}, **computed)


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
