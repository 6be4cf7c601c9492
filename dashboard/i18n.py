"""The texts of the pages in one language, with those that the deployment's plan replaces."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from warehouse.messages import fill, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Translations:
    """The interface in one language: `t("nav.overview")`, `t("span.months", n=3)`."""

    def __init__(self, language: str, overrides: Iterable[tuple[str, str]] = ()) -> None:
        """Take the texts of `warehouse/locale/pages`, and `overrides` by key in their place."""
        self.language = language
        self._texts: Mapping[str, str | Mapping[str, str]] = {
            key: entry[language] for key, entry in texts("pages").items()
        } | dict(overrides)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its places filled; a missing key is a bug and raises."""
        return fill(self._texts[key], values)

    def keys(self) -> set[str]:
        """Return the keys of all texts."""
        return set(self._texts)

    def __contains__(self, key: str) -> bool:
        """Say whether there is a text of that key."""
        return key in self._texts


@cache
def translations(language: str, overrides: tuple[tuple[str, str], ...] = ()) -> Translations:
    """Return the texts of a language, read at the first call."""
    return Translations(language, overrides)
