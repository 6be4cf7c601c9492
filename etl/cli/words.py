"""What the command line prints, with the texts of `warehouse/locale/cli.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence


def word(key: str, language: str, **filled: object) -> str:
    """Return the text of a key in one language, with `{…}` filled in."""
    return text("cli", key, language, **filled)


def named(names: Sequence[str], most: int) -> str:
    """Write the first names, and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" … +{rest}" if rest > 0 else "")
