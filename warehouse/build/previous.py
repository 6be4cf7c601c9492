"""The published release, loaded as schema `past` to compare the new one with."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.errors import ReleaseError
from warehouse.files import sha256_of
from warehouse.messages import message
from warehouse.release.manifest import read_manifest
from warehouse.release.publish import published
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from warehouse.config import Config
    from warehouse.release.manifest import Manifest

LOG = logging.getLogger(__name__)
REUSED = ("observation", "comparison", "status", "target_status")  # copied where nothing changed
COMPARED = (
    "component",
    *REUSED,
    "indicator",
    "annotation",
    "territory",
    "territory_membership",
    "project",
)


@dataclass(frozen=True, slots=True)
class Past:
    """The published release, if it can be read; `tables`: those that are not damaged."""

    folder: Path
    manifest: Manifest | None = None
    tables: frozenset[str] = frozenset()

    def can_be_compared(self, content: str) -> bool:
        """Say whether a release of this content digest can be compared with it, or is the same."""
        is_whole = self.manifest is not None and all(
            name in self.tables for name in COMPARED if name in self.manifest.tables
        )
        return is_whole or self.folder.name.endswith(content[:8])

    def reusable(self) -> dict[str, str]:
        """Return the fingerprints of the indicators whose rows can be copied."""
        if self.manifest is None or not self.tables.issuperset(REUSED):
            return {}
        written = self.manifest.tables
        is_same = all(list(written[n].columns) == TABLES[n].schema.names for n in REUSED)
        return self.manifest.fingerprints if is_same else {}


def read_past(config: Config) -> Past:
    """Read the published release; damaged tables are reported, and not compared with."""
    folder = config.releases / f"{published(config)}"
    if not folder.is_dir():
        return Past(folder)
    try:
        manifest = read_manifest(folder)
    except ReleaseError as error:
        LOG.warning("; ".join(error.in_(config.language)))
        return Past(folder)
    tables = set()
    for name in COMPARED:
        path, entry = folder / f"{name}.parquet", manifest.tables.get(name)
        if entry and path.exists() and sha256_of(path) == entry.sha256:
            tables.add(name)
        elif entry:
            LOG.warning(message("not_compared", path=path).in_(config.language))
    return Past(folder, manifest, frozenset(tables))


def load_past(connection: duckdb.DuckDBPyConnection, past: Past, place: str) -> None:
    """Create `past.<table>` for every compared table, empty if there is no release before.

    Columns that an older release lacks are null. `place`: the SELECT of the mart `place`, which
    is computed as of the day on which that release was made.
    """
    connection.execute("begin; create schema past")
    for name in COMPARED:
        connection.register("empty", TABLES[name].schema.empty_table())
        connection.execute(f"create table past.no_{name} as from empty")
        connection.unregister("empty")
        path = past.folder / f"{name}.parquet"
        rows = f"from read_parquet('{_quoted(path)}') union all by name "
        rows = rows if name in past.tables else ""
        connection.execute(f"create view past.{name} as {rows}from past.no_{name}")
    connection.execute("commit")
    with connection.cursor() as cursor:
        created = past.manifest.created.date() if past.manifest else None
        cursor.execute("set variable today = coalesce($day::date, today())", {"day": created})
        cursor.execute("set search_path = 'past,main'")
        cursor.execute(f"create table past.place as from ({place}\n)")


def _quoted(path: Path) -> str:
    """Return a path for an SQL literal, with its quotes doubled."""
    return str(path).replace("'", "''")
