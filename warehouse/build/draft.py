"""Draft releases: a folder of Parquet tables with a manifest, written in one step."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from warehouse.files import replace_folder, sha256_of
from warehouse.release.declarations import write_declarations
from warehouse.release.manifest import (
    AuditResult,
    Manifest,
    TableEntry,
    read_manifest,
    write_manifest,
)
from warehouse.release.publish import DRAFT, is_whole, next_sequence
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A release to be published; `changes` has the columns of the table `change`."""

    path: Path
    manifest: Manifest
    changes: pd.DataFrame

    @property
    def release(self) -> str:
        """The id under which it will be published."""
        return self.manifest.release

    @property
    def waits(self) -> bool:
        """Whether it is a draft still, and not a release with the same content."""
        return self.path.name.endswith(DRAFT)

    @property
    def audits(self) -> tuple[AuditResult, ...]:
        """Every audit with the number of its bad rows."""
        return self.manifest.audits


def read_draft(config: Config, release: str) -> Draft:
    """Read a draft, or the release that it became."""
    path = config.releases / f"{release}{DRAFT}"
    return _reopen(path if path.exists() else config.releases / release)


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What the manifest records besides the tables; `catalog` as JSON, `content` is a digest."""

    catalog: str
    previous: str | None
    audits: tuple[AuditResult, ...]
    content: str
    marts: Marts


def write_draft(
    config: Config, connection: duckdb.DuckDBPyConnection, record: DraftRecord
) -> Draft:
    """Write the tables of the contract as `<id>.draft`, unless the same release is there.

    The id is the UTC date and the first eight digits of `record.content`.
    """
    for same in config.releases.glob(f"*-{record.content[:8]}"):
        if is_whole(config, same) and _is_current(same, record):
            return _reopen(same)
    created = datetime.now(tz=UTC).replace(microsecond=0)
    release = f"{created:%Y-%m-%d}-{record.content[:8]}"
    path = config.releases / f"{release}{DRAFT}"
    with replace_folder(path, prefix=".draft-") as folder:
        declarations = write_declarations(folder, record.catalog)
        manifest = Manifest(
            release=release,
            created=created,
            catalog=sha256(record.catalog),
            content=record.content,
            previous=record.previous,
            tables=_write_tables(folder, connection),
            audits=record.audits,
            fingerprints=record.marts.fingerprints,
            computed=record.marts.computed,
            files={declarations.name: sha256_of(declarations)},
            sequence=next_sequence(config),
        )
        write_manifest(folder, manifest)
    return _reopen(path)


def _is_current(same: Path, record: DraftRecord) -> bool:
    """Say whether it is a release, or a draft compared with the one published now."""
    return not same.name.endswith(DRAFT) or read_manifest(same).previous == record.previous


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
    """Write a table of any size piece by piece; the same rows give the same bytes."""
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
