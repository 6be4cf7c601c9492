"""Rows of queries as frozen values, so that panels and templates read attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

Row = Mapping[str, Any]  # a row of a query by column
Value = TypeVar("Value")


def record(kind: type[Value], row: Row, **computed: object) -> Value:
    """Return a value of a dataclass: `computed` by name, every other field from its column."""
    names = [field.name for field in fields(kind) if field.name not in computed]  # type: ignore[arg-type]  # a dataclass
    return kind(**{name: row[name] for name in names}, **computed)
