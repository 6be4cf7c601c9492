"""Request of a refresh: a folder of files, and which datasets to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.pipeline.discovery import (
    SHIPPED_FOLDER,
    InputFolder,
    fetchable,
    fingerprint,
    shipped_digest,
)

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """`folder`: of the providers' files, None for the figures that ship with the project.

    `datasets`: the only ones to read; none means all.
    """

    folder: Path | None = None
    datasets: tuple[str, ...] = ()

    def fingerprint(self, config: Config, catalog: Catalog) -> str:
        """Return the digest of all that the release depends on.

        With `datasets`, the release that the other datasets come from is not part of it.
        """
        datasets = {
            name: dataset
            for name, dataset in catalog.datasets.items()
            if not self.datasets or name in self.datasets
        }
        part = catalog.model_copy(update={"datasets": datasets})
        folders = [
            InputFolder(part, SHIPPED_FOLDER, "shipped"),
            InputFolder(part, config.fetched, "fetched"),
            InputFolder(part, config.office, "office", years=config.years),
        ]
        if self.folder:
            folders.append(InputFolder(part, self.folder))
            folders.append(fetchable(catalog, self.folder, part))
        return fingerprint(config, catalog, folders, shipped_digest(), self.datasets)
