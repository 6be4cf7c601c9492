"""The published release beside the one that is built: schema `past` of the connection."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

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
COMPARED = (
    "component",
    "observation",
    "indicator",
    "annotation",
    "territory",
    "territory_membership",
    "project",
)
TOLD = frozenset(COMPARED)  # without one of them something would go unseen


class Past(NamedTuple):
    """The published release, if there is one that can be read; `whole`: its unharmed tables."""

    folder: Path
    manifest: Manifest | None = None
    whole: frozenset[str] = frozenset()

    def tells(self, content: str) -> bool:
        """Whether a release that says `content` can be compared with it, or is the same again."""
        is_whole = self.manifest is not None and self.whole >= TOLD & self.manifest.tables.keys()
        return is_whole or self.folder.name.endswith(content[:8])

    def reusable(self) -> dict[str, str]:
        """Return the fingerprints of the indicators whose observations are there."""
        if self.manifest is None or "observation" not in self.whole:
            return {}
        columns = list(self.manifest.tables["observation"].columns)
        is_same = columns == TABLES["observation"].schema.names
        return self.manifest.fingerprints if is_same else {}


def read_past(config: Config) -> Past:
    """Read the published release; what is damaged is told, and not compared with."""
    folder = config.releases / f"{published(config)}"
    if not folder.is_dir():
        return Past(folder)
    try:
        manifest = read_manifest(folder)
    except ReleaseError as error:
        LOG.warning("; ".join(error.in_(config.language)))
        return Past(folder)
    whole = set()
    for name in COMPARED:
        path, entry = folder / f"{name}.parquet", manifest.tables.get(name)
        if entry and path.exists() and sha256_of(path) == entry.sha256:
            whole.add(name)
        elif entry:
            LOG.warning(message("not_compared", path=path).in_(config.language))
    return Past(folder, manifest, frozenset(whole))


def load_past(connection: duckdb.DuckDBPyConnection, past: Past, place: str) -> None:
    """Make `past.<table>` of what is compared, empty where there is nothing before.

    What an older release has not of today's contract is empty. `place`: the SELECT of the mart
    `place`, which is computed as of the day on which that release was made.
    """
    connection.execute("begin; create schema past")
    for name in COMPARED:
        connection.register("empty", TABLES[name].schema.empty_table())
        connection.execute(f"create table past.no_{name} as from empty")
        connection.unregister("empty")
        path = past.folder / f"{name}.parquet"
        rows = f"from read_parquet('{quoted(path)}') union all by name "
        rows = rows if name in past.whole else ""
        connection.execute(f"create view past.{name} as {rows}from past.no_{name}")
    connection.execute("commit")
    with connection.cursor() as cursor:
        created = past.manifest.created.date() if past.manifest else None
        cursor.execute("set variable today = coalesce($day::date, today())", {"day": created})
        cursor.execute("set search_path = 'past,main'")
        cursor.execute(f"create table past.place as from ({place}\n)")


def quoted(path: Path) -> str:
    """Return a path as it stands in a literal of SQL."""
    return str(path).replace("'", "''")
