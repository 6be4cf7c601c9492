"""What a refresh is asked for, and what earlier ones were asked for and gave."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from etl.pipeline.discovery import SHIPPED_FOLDER, InputFolder, fingerprint, shipped
from warehouse.files import write_atomic
from warehouse.release.manifest import read_manifest
from warehouse.release.publish import DRAFT, published

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog

MOST = 60  # refreshes that are remembered


@dataclass(frozen=True)
class RefreshRequest:
    """`folder`: of the providers' files, None for the figures that ship with the project.

    `datasets`: only these are read; none means all.
    """

    folder: Path | None = None
    datasets: tuple[str, ...] = ()

    def fingerprint(self, config: Config, catalog: Catalog) -> str:
        """Return the digest of all that the release of this order depends on.

        Of one that reads only some datasets, all but the release that gives the others.
        """
        read = {
            n: d for n, d in catalog.datasets.items() if not self.datasets or n in self.datasets
        }
        reading = catalog.model_copy(update={"datasets": read})
        places = [
            InputFolder(reading, SHIPPED_FOLDER, "shipped"),
            InputFolder(reading, config.fetched, "fetched"),
            InputFolder(reading, config.office, "office"),
        ]
        if self.folder:
            places.append(InputFolder(reading, self.folder))
        return fingerprint(config, catalog, places, shipped(), self.datasets)


@dataclass(frozen=True)
class RefreshRecord:
    """A refresh that went well: its fingerprint, the release that it gave, what it read."""

    fingerprint: str
    release: str
    folder: str | None
    datasets: tuple[str, ...] = ()

    def is_kept(self, config: Config) -> bool:
        """Whether its release is there, published now or earlier."""
        return (config.releases / self.release).is_dir()

    def waits(self, config: Config) -> bool:
        """Whether its release is a draft of what is published now, which waits its turn."""
        folder = config.releases / f"{self.release}{DRAFT}"
        return folder.is_dir() and read_manifest(folder).previous == published(config)


def done_before(config: Config) -> tuple[RefreshRecord, ...]:
    """Return the refreshes that are remembered, the newest first."""
    try:
        said = json.loads(config.refresh_history.read_text(encoding="utf-8"))
        return tuple(RefreshRecord(**{**one, "datasets": tuple(one["datasets"])}) for one in said)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def remember(config: Config, order: RefreshRequest, fingerprint: str, release: str) -> None:
    """Write down a refresh that went well."""
    if order.datasets and order.folder is None:  # what was fetched is read by every refresh
        order = replace(order_of(config, published(config)), datasets=())
    folder = str(order.folder) if order.folder else None
    done = RefreshRecord(fingerprint, release, folder, order.datasets)
    others = [one for one in done_before(config) if one.release != release]
    kept = [asdict(one) for one in (done, *others)][:MOST]
    write_atomic(config.refresh_history, json.dumps(kept, indent=1))


def order_of(config: Config, release: str | None) -> RefreshRequest:
    """Return the order that a release came of; of one that nobody remembers, what ships."""
    for one in done_before(config):
        if one.release == release:
            return RefreshRequest(Path(one.folder) if one.folder else None, one.datasets)
    return RefreshRequest()
