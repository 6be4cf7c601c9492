"""Whose figures an indicator shows: its datasets, and who made what they gather."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.declarations.base import Text
    from warehouse.declarations.models import Dataset


def cite(dataset: Dataset, variables: Iterable[str]) -> Citation:
    """Return a dataset as the source of some of its variables."""
    declared = (dataset.variables[name].source for name in variables)
    return Citation(dataset, tuple(dict.fromkeys(source for source in declared if source)))


class Citation(NamedTuple):
    """A dataset as the source of some variables; `makers` are their own sources, if declared."""

    dataset: Dataset
    makers: tuple[Text, ...]

    def attribution(self, language: str) -> str:
        """Return the words under a chart: who made the figures, then who publishes them."""
        return "; ".join([*self._made(language), self.dataset.attribution.in_(language)])

    def provider(self, language: str) -> str:
        """Return the same in short."""
        return ", ".join([*self._made(language), self.dataset.provider])

    def _made(self, language: str) -> list[str]:
        return [maker.in_(language) for maker in self.makers]
