"""The words of the interface, read once from `i18n/<language>.yaml` and the folder beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent / "i18n"


class Words:
    """The interface in one language: `words("nav.overview")`, `words("tally.better", n=3)`."""

    def __init__(self, lang: str, own: Iterable[tuple[str, str]] = ()) -> None:
        self.lang = lang
        self.texts = dict(_flat(_read(lang))) | dict(own)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its places filled; a missing key is a bug and raises.

        Where `n` is one, the text of `<key>_one` is taken, if there is one.
        """
        if str(values.get("n")) == "1" and f"{key}_one" in self.texts:
            key = f"{key}_one"
        text = self.texts[key]
        return text.format(**values) if values else text


@cache
def words(lang: str, own: tuple[tuple[str, str], ...] = ()) -> Words:
    """Return the words of `lang`, read at the first call, with a deployment's `own` by key."""
    return Words(lang, own)


def _read(lang: str) -> dict[str, object]:
    content: dict[str, object] = {}
    for path in (FOLDER / f"{lang}.yaml", *sorted((FOLDER / lang).glob("*.yaml"))):
        content |= read_yaml(path.read_text("utf-8"))
    return content


def _flat(tree: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{key}.")
        else:
            pairs.append((f"{prefix}{key}", str(value)))
    return pairs
