"""Placeholders of a scaffold that are still to be replaced with text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.base import Declaration

PLACEHOLDERS = ("…", "https://…")  # written by a scaffold


def placeholders(declaration: Declaration) -> Iterator[str]:
    """Yield the fields, dotted, that still have a placeholder."""
    yield from _fields("", declaration.model_dump())


def _fields(path: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _fields(f"{path}.{key}" if path else str(key), inner)
    elif value in PLACEHOLDERS:
        yield path
