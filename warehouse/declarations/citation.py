"""Citations: the dataset that an indicator uses, and who produced its variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.declarations.base import Text
    from warehouse.declarations.models import Dataset


def cite(dataset: Dataset, variables: Iterable[str]) -> Citation:
    """Return a dataset as the source of some of its variables."""
    sources = (dataset.variables[name].source for name in variables)
    return Citation(dataset, tuple(dict.fromkeys(source for source in sources if source)))


@dataclass(frozen=True, slots=True)
class Citation:
    """A dataset as the source of some variables; `producers` made them, where declared."""

    dataset: Dataset
    producers: tuple[Text, ...]

    def attribution(self, language: str) -> str:
        """Return the credit under a chart: who produced the figures, then who publishes them."""
        return "; ".join([*self._producers(language), self.dataset.attribution.in_(language)])

    def provider(self, language: str) -> str:
        """Return the short names of the producers and the publisher."""
        return ", ".join([*self._producers(language), self.dataset.provider])

    def _producers(self, language: str) -> list[str]:
        return [producer.in_(language) for producer in self.producers]
