"""A draft release: its folder of Parquet, written beside and moved into place in one step."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from warehouse.manifest import (
    AuditResult,
    Manifest,
    TableEntry,
    digest,
    read_manifest,
    write_manifest,
)
from warehouse.release import DRAFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa

    from warehouse.config import Config


@dataclass(frozen=True)
class Draft:
    """A release that waits to be published; `changes` has the columns of the table `change`."""

    path: Path
    manifest: Manifest
    changes: pd.DataFrame

    @property
    def release(self) -> str:
        """The id that it will be published under."""
        return self.manifest.release

    @property
    def audits(self) -> tuple[AuditResult, ...]:
        """All audits with the number of bad rows that each found."""
        return self.manifest.audits


def read_draft(config: Config, release: str) -> Draft:
    """Read a draft again, or the release that it became."""
    path = config.releases / f"{release}{DRAFT}"
    return _reopen(path if path.exists() else config.releases / release)


def write_draft(
    config: Config,
    tables: Mapping[str, pa.Table],
    catalog: str,
    previous: str | None,
    audits: tuple[AuditResult, ...],
    content: str,
) -> Draft:
    """Write `<id>.draft`; where a release already says the same, return that, untouched.

    `catalog` and `content` are digests. The id is the UTC date and the first eight digits of
    `content`.
    """
    config.releases.mkdir(parents=True, exist_ok=True)
    for same in config.releases.glob(f"*-{content[:8]}"):
        return _reopen(same)
    created = datetime.now(tz=UTC).replace(microsecond=0)
    release = f"{created:%Y-%m-%d}-{content[:8]}"
    beside = Path(tempfile.mkdtemp(prefix=".draft-", dir=config.releases))
    try:
        manifest = Manifest(
            release=release,
            created=created,
            catalog=catalog,
            content=content,
            previous=previous,
            tables={name: _write(beside, name, table) for name, table in tables.items()},
            audits=audits,
        )
        write_manifest(beside, manifest)
        path = config.releases / f"{release}{DRAFT}"
        if path.exists():
            shutil.rmtree(path)
        beside.rename(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return _reopen(path)


def sha256(*texts: str) -> str:
    """Return one digest of several texts."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _write(folder: Path, name: str, table: pa.Table) -> TableEntry:
    path = folder / f"{name}.parquet"
    pq.write_table(table, path, compression="zstd")
    columns = {field.name: str(field.type) for field in table.schema}
    return TableEntry(columns=columns, rows=table.num_rows, sha256=digest(path))


def _reopen(path: Path) -> Draft:
    manifest = read_manifest(path)
    return Draft(path, manifest, pq.read_table(path / "change.parquet").to_pandas())
