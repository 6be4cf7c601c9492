"""History of successful refreshes: what each was asked for, and the release it gave."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from etl.pipeline.request import RefreshRequest
from warehouse.files import read_json, write_atomic
from warehouse.release.manifest import read_manifest
from warehouse.release.publish import DRAFT, published

if TYPE_CHECKING:
    from warehouse.config import Config

MOST = 60  # records


@dataclass(frozen=True, slots=True)
class RefreshRecord:
    """A successful refresh: its fingerprint, its release, what it read."""

    fingerprint: str
    release: str
    folder: str | None
    datasets: tuple[str, ...] = ()

    def is_stored(self, config: Config) -> bool:
        """Whether its release exists, published now or earlier."""
        return (config.releases / self.release).is_dir()

    def waits(self, config: Config) -> bool:
        """Whether its release is a draft that follows what is published now."""
        folder = config.releases / f"{self.release}{DRAFT}"
        return folder.is_dir() and read_manifest(folder).previous == published(config)


def records(config: Config) -> tuple[RefreshRecord, ...]:
    """Return the recorded refreshes, the newest first."""
    try:
        rows = read_json(config.refresh_history)
        return tuple(RefreshRecord(**{**row, "datasets": tuple(row["datasets"])}) for row in rows)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def record(config: Config, request: RefreshRequest, fingerprint: str, release: str) -> None:
    """Add a successful refresh to the history."""
    if request.datasets and request.folder is None:  # every refresh reads the fetched files
        request = replace(request_of(config, published(config)), datasets=())
    folder = str(request.folder) if request.folder else None
    newest = RefreshRecord(fingerprint, release, folder, request.datasets)
    earlier = [row for row in records(config) if row.release != release]
    rows = [asdict(row) for row in (newest, *earlier)][:MOST]
    write_atomic(config.refresh_history, json.dumps(rows, indent=1))


def request_of(config: Config, release: str | None) -> RefreshRequest:
    """Return the request that gave a release; without a record, that of the shipped figures."""
    for row in records(config):
        if row.release == release:
            return RefreshRequest(Path(row.folder) if row.folder else None, row.datasets)
    return RefreshRequest()
