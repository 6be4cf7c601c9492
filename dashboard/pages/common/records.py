"""Rows of queries as frozen values, so that panels and templates read attributes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

Row = Mapping[str, Any]  # a row of a query by column
Value = TypeVar("Value")


def record(kind: type[Value], row: Row, **computed: object) -> Value:
    """Return a value of a dataclass: `computed` by name, every other field from its column."""
    names = _names(kind)  # type: ignore[arg-type]  # a class is hashable
    return kind(**{name: row[name] for name in names if name not in computed}, **computed)


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]  # a dataclass
