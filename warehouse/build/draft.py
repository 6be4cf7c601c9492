"""A draft release: its folder of Parquet, written beside and moved into place in one step."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pyarrow.parquet as pq

from warehouse.files import replace_folder, sha256_of
from warehouse.release.manifest import (
    AuditResult,
    Manifest,
    TableEntry,
    read_manifest,
    write_manifest,
)
from warehouse.release.publish import DRAFT, is_whole
from warehouse.schema.conform import conform
from warehouse.schema.ddl import empty_tables
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pandas as pd

    from warehouse.build.marts import Marts
    from warehouse.config import Config

PIECE = 1 << 20  # rows of one row group


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
    def waits(self) -> bool:
        """Whether it is still a draft, and not a release that says the same."""
        return self.path.name.endswith(DRAFT)

    @property
    def audits(self) -> tuple[AuditResult, ...]:
        """All audits with the number of bad rows that each found."""
        return self.manifest.audits


def read_draft(config: Config, release: str) -> Draft:
    """Read a draft again, or the release that it became."""
    path = config.releases / f"{release}{DRAFT}"
    return _reopen(path if path.exists() else config.releases / release)


class Said(NamedTuple):
    """What the manifest of a draft says beside its tables; `catalog` and `content` are digests."""

    catalog: str
    previous: str | None
    audits: tuple[AuditResult, ...]
    content: str
    marts: Marts


def write_draft(config: Config, connection: duckdb.DuckDBPyConnection, said: Said) -> Draft:
    """Write the tables of the contract as `<id>.draft`; a release that says the same stays.

    The id is the UTC date and the first eight digits of `said.content`.
    """
    for same in config.releases.glob(f"*-{said.content[:8]}"):
        if is_whole(config, same) and _holds(same, said):
            return _reopen(same)
    created = datetime.now(tz=UTC).replace(microsecond=0)
    release = f"{created:%Y-%m-%d}-{said.content[:8]}"
    path = config.releases / f"{release}{DRAFT}"
    with replace_folder(path, prefix=".draft-") as folder:
        manifest = Manifest(
            release=release,
            created=created,
            catalog=said.catalog,
            content=said.content,
            previous=said.previous,
            tables=_write_tables(folder, connection),
            audits=said.audits,
            fingerprints=said.marts.fingerprints,
            computed=said.marts.computed,
        )
        write_manifest(folder, manifest)
    return _reopen(path)


def _holds(same: Path, said: Said) -> bool:
    """Say whether a release is out, or a draft was compared with the one that is published now."""
    return not same.name.endswith(DRAFT) or read_manifest(same).previous == said.previous


def sha256(*texts: str) -> str:
    """Return one digest of several texts."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _write_tables(folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, TableEntry]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        empty = empty_tables(connection)
        entries = pool.map(partial(_write, folder, connection, empty), TABLES)
        return dict(zip(TABLES, entries, strict=True))


def _write(
    folder: Path, connection: duckdb.DuckDBPyConnection, empty: set[str], name: str
) -> TableEntry:
    """Write a table piece by piece, so that it need not fit into memory; same rows, same bytes."""
    path, rows = folder / f"{name}.parquet", 0
    schema = conform(name, TABLES[name].schema.empty_table()).schema
    with connection.cursor() as cursor, pq.ParquetWriter(path, schema, compression="zstd") as file:
        while name not in empty:
            piece = f"from {name} where rowid >= {rows} and rowid < {rows + PIECE} order by rowid"
            table = conform(name, cursor.sql(f"select * {piece}").to_arrow_table())
            file.write_table(table)
            rows += table.num_rows
            if table.num_rows < PIECE:
                break
    columns = {field.name: str(field.type) for field in schema}
    return TableEntry(columns=columns, rows=rows, sha256=sha256_of(path))


def _reopen(path: Path) -> Draft:
    manifest = read_manifest(path)
    return Draft(path, manifest, pq.read_table(path / "change.parquet").to_pandas())
