"""Read-only named queries on one release at a time, for any number of threads."""

from __future__ import annotations

import re
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import ReleaseError
from warehouse.messages import message
from warehouse.query.adhoc import ask
from warehouse.release.manifest import Manifest, read_manifest
from warehouse.release.publish import folder_of, published
from warehouse.schema.ddl import create_empty
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa

    from warehouse.config import Config

SQL = Path(__file__).parent.parent / "sql"
PARAMETER = re.compile(r"\$([a-z_]+)")
COMMENT = re.compile(r"--.*")


class Releases:
    """The releases of a deployment; each is opened once and stays open."""

    def __init__(self, config: Config) -> None:
        """Open nothing yet: the pointer is read when a release is asked for."""
        self._config = config
        self._stores: dict[str, Store] = {}
        self._opening = threading.Lock()
        self._seen: tuple[tuple[int, int], str] | None = None

    def open(self, release: str | None = None) -> Store:
        """Return the store of `release`, by default of the published one (one `stat`).

        Raises `ReleaseError` when nothing is published or there is no such release.
        """
        release = release or self._current()
        store = self._stores.get(release)
        if store is None:
            with self._opening:
                store = self._stores.get(release)
                if store is None:
                    folder = folder_of(self._config, release)
                    store = self._stores[release] = Store(folder)
        return store

    def _current(self) -> str:
        try:
            state = self._config.pointer.stat()
        except FileNotFoundError:
            raise ReleaseError(message("nothing_published")) from None
        mark = (state.st_mtime_ns, state.st_ino)
        seen = self._seen
        if seen is None or seen[0] != mark:
            seen = self._seen = (mark, published(self._config) or "")
        return seen[1]


class Store:
    """One release in memory: a connection that nobody uses, and a cursor of it per query."""

    def __init__(self, folder: Path) -> None:
        """Load the tables that the folder's manifest names."""
        self.manifest: Manifest = read_manifest(folder)
        self.release: str = self.manifest.release
        # One thread per query: they take milliseconds, and many are asked at once.
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        self._connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
        create_empty(self._connection, TABLES)
        for name, table in self.manifest.tables.items():
            if table.rows or name not in TABLES:
                self._load(name, folder / f"{name}.parquet")
        for path in sorted((SQL / "functions").glob("*.sql")):
            self._connection.execute(path.read_text(encoding="utf-8"))
        self._connection.execute("set python_enable_replacements = false")
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")

    def _load(self, name: str, path: Path) -> None:
        """Load a table; what an older release has not of today's contract is empty."""
        known = f" union all by name from {name}" if name in TABLES else ""
        sql = f"create or replace table {name} as from read_parquet($path){known}"
        try:
            self._connection.execute(sql, {"path": str(path)})
        except duckdb.Error as error:
            raise ReleaseError(
                message("broken_table", path=path, said=str(error).splitlines()[0])
            ) from error

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Run `<query>.sql` of `sql/queries` with its `$parameters` and return its columns.

        Raises `ReleaseError` for an unknown query, or a parameter too many or too few.
        """
        table = self._table(query, parameters)
        frame: pd.DataFrame = table.to_pandas(date_as_object=False)
        return frame

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a query like `frame`, and return a dict of plain Python values for every row."""
        found: list[dict[str, Any]] = self._table(query, parameters).to_pylist()
        return found

    def _table(self, query: str, parameters: Mapping[str, object]) -> pa.Table:
        sql = _queries().get(query)
        if sql is None:
            raise ReleaseError(f"{query}: no such query; there are {', '.join(_queries())}")
        wanted = frozenset(PARAMETER.findall(COMMENT.sub("", sql)))
        if wanted != parameters.keys():
            raise ReleaseError(
                f"{query}: takes {sorted(wanted) or 'no parameters'}, got {sorted(parameters)}"
            )
        try:
            with self._connection.cursor() as cursor:
                return cursor.sql(sql, params=parameters or None).to_arrow_table()
        except duckdb.Error as error:
            raise ReleaseError(f"{query}: {error}") from error

    def sql(self, statement: str) -> pa.Table:
        """Return what a person's own question asks for; nothing can be written or fetched.

        Raises `ReleaseError` of one line for what is no question, or a wrong one.
        """
        return ask(self._connection, statement)


@cache
def _queries() -> dict[str, str]:
    """Return every query of `sql/queries`, whatever its folder, by the name of its file."""
    files = sorted((SQL / "queries").rglob("*.sql"), key=lambda path: path.stem)
    return {path.stem: path.read_text(encoding="utf-8") for path in files}
