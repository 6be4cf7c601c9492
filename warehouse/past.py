"""The published release beside the one that is built: schema `past` of the connection."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from warehouse.contract import TABLES
from warehouse.errors import ReleaseError
from warehouse.manifest import digest, read_manifest
from warehouse.release import published

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from warehouse.config import Config
    from warehouse.manifest import Manifest

LOG = logging.getLogger(__name__)
COMPARED = (
    "component",
    "observation",
    "indicator",
    "annotation",
    "territory",
    "territory_membership",
)


class Past(NamedTuple):
    """The published release, if there is one that can be read."""

    folder: Path
    manifest: Manifest | None

    def reusable(self) -> dict[str, str]:
        """Return the fingerprints of the indicators whose observations are there, unharmed."""
        if self.manifest is None or not self.manifest.fingerprints:
            return {}
        entry = self.manifest.tables.get("observation")
        path = self.folder / "observation.parquet"
        whole = entry and list(entry.columns) == TABLES["observation"].schema.names
        if whole and entry and path.exists() and digest(path) == entry.sha256:
            return self.manifest.fingerprints
        return {}


def read_past(config: Config) -> Past:
    """Read the manifest of the published release; a damaged one is told and not compared with."""
    folder = config.releases / f"{published(config)}"
    try:
        return Past(folder, read_manifest(folder) if folder.is_dir() else None)
    except ReleaseError as error:
        LOG.warning("; ".join(error.faults))
        return Past(folder, None)


def load_past(connection: duckdb.DuckDBPyConnection, past: Past, place: str) -> None:
    """Make `past.<table>` of what is compared, empty where there is nothing before.

    What an older release has not of today's contract is empty. `place`: the SELECT of the mart
    `place`, which is computed as of the day on which that release was made.
    """
    connection.execute("create schema past")
    for name in COMPARED:
        connection.register("empty", TABLES[name].schema.empty_table())
        connection.execute(f"create table past.no_{name} as from empty")
        connection.unregister("empty")
        path = past.folder / f"{name}.parquet"
        there = past.manifest is not None and name in past.manifest.tables and path.exists()
        rows = f"from read_parquet('{_quoted(path)}') union all by name " if there else ""
        connection.execute(f"create view past.{name} as {rows}from past.no_{name}")
    with connection.cursor() as cursor:
        created = past.manifest.created.date() if past.manifest else None
        cursor.execute("set variable today = coalesce($day::date, today())", {"day": created})
        cursor.execute("set search_path = 'past,main'")
        cursor.execute(f"create table past.place as from ({place}\n)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
