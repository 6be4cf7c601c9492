"""Read-only queries on a release, by name or ad hoc, for any number of threads."""

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
        """Open nothing yet: the pointer is read when a release is requested."""
        self._config = config
        self._stores: dict[str, Store] = {}
        self._opening = threading.Lock()
        self._pointer: tuple[tuple[int, int], str] | None = None

    def open(self, release: str | None = None) -> Store:
        """Return the store of `release`, by default of the published one (one `stat`).

        Raises `ReleaseError` if nothing is published or the release does not exist.
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
        pointer = self._pointer
        if pointer is None or pointer[0] != mark:
            pointer = self._pointer = (mark, published(self._config) or "")
        return pointer[1]


class Store:
    """One release in memory: one connection, and a cursor of it per query."""

    def __init__(self, folder: Path) -> None:
        """Load the tables that the folder's manifest names."""
        self.manifest: Manifest = read_manifest(folder)
        self.release: str = self.manifest.release
        # One thread per query: queries take milliseconds, and many run at once.
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
        """Load a table; columns that an older release lacks are null."""
        contract = f" union all by name from {name}" if name in TABLES else ""
        sql = f"create or replace table {name} as from read_parquet($path){contract}"
        try:
            self._connection.execute(sql, {"path": str(path)})
        except duckdb.Error as error:
            raise ReleaseError(
                message("broken_table", path=path, said=str(error).splitlines()[0])
            ) from error

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Run `<query>.sql` of `sql/queries` with its `$parameters` and return its columns.

        Raises `ReleaseError` for an unknown query, or a missing or extra parameter.
        """
        table = self._table(query, parameters)
        frame: pd.DataFrame = table.to_pandas(date_as_object=False)
        return frame

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a query like `frame`; return a dict of plain Python values per row."""
        rows: list[dict[str, Any]] = self._table(query, parameters).to_pylist()
        return rows

    def _table(self, query: str, parameters: Mapping[str, object]) -> pa.Table:
        sql = _queries().get(query)
        if sql is None:
            raise ReleaseError(f"{query}: unknown query; known ones: {', '.join(_queries())}")
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
        """Return the rows of an ad hoc statement; it can neither write nor fetch.

        Raises `ReleaseError` of one line for anything but a valid query.
        """
        return ask(self._connection, statement)


@cache
def _queries() -> dict[str, str]:
    """Return every query of `sql/queries`, whatever its folder, by the name of its file."""
    files = sorted((SQL / "queries").rglob("*.sql"), key=lambda path: path.stem)
    return {path.stem: path.read_text(encoding="utf-8") for path in files}
