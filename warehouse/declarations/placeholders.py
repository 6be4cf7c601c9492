"""What a declaration still has to say: texts that stand as the dots of a scaffold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.base import Declaration

BLANKS = ("…", "https://…")  # what a scaffold writes


def unwritten(declared: Declaration) -> Iterator[str]:
    """Yield the fields, dotted, whose words have not been written yet."""
    yield from _below("", declared.model_dump())


def _below(path: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _below(f"{path}.{key}" if path else str(key), inner)
    elif value in BLANKS:
        yield path
