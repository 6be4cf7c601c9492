"""What the command line says, in the words of `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = Path(__file__).parent.parent / "words.yaml"


def word(key: str, language: str, **filled: object) -> str:
    """Return the words of a key in one language, with `{…}` filled in."""
    return _words()[key][language].format(**filled)


def named(names: Sequence[str], most: int) -> str:
    """Write the first names, and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" … +{rest}" if rest > 0 else "")


@cache
def _words() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = read_yaml(WORDS.read_text(encoding="utf-8"))
    return content
