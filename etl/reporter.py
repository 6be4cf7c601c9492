"""Protocol of what reports a run to a person: sentences, tables and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    import pandas as pd

    from warehouse.progress import Progress
    from warehouse.release.manifest import AuditResult, Manifest


class Reporter(Protocol):
    """Reports in one language; texts, titles and columns are keys of `locale/cli.yaml`."""

    @property
    def language(self) -> str:
        """The language of the texts: `it` or `en`."""

    @property
    def is_logged(self) -> bool:
        """Whether steps are logged as JSON instead of drawn as a bar."""

    def word(self, key: str, **values: object) -> str:
        """Return a text with its places filled in."""

    def say(self, key: str, **values: object) -> None:
        """Print a text with its places filled in."""

    def progress(self, key: str) -> AbstractContextManager[Progress]:
        """Show the progress of a stage, which has the title `key`."""

    def table(self, title: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Print a table; nothing where there are no rows."""

    def inputs(
        self, component: pd.DataFrame, snapshot: pd.DataFrame, rejected: pd.DataFrame
    ) -> None:
        """Print how many files, figures and rejections each dataset has."""

    def rejections(self, rejected: pd.DataFrame) -> None:
        """Print rejected rows, those with equal texts together."""

    def audits(self, manifest: Manifest, results: Iterable[AuditResult] | None = None) -> None:
        """Print audits with bad rows, by default all of a release."""


def first_few(names: Sequence[str], most: int) -> str:
    """Write the first names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" … +{more}" if more > 0 else "")
