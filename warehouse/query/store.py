"""Read-only queries on a release, by name or ad hoc, for any number of threads."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from warehouse.errors import ReleaseError
from warehouse.messages import message
from warehouse.query.adhoc import ask
from warehouse.query.results import columns_of, columns_of_many, frame_of, rows_of
from warehouse.release.manifest import Manifest, verify
from warehouse.schema.ddl import create_empty, load
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd
    import pyarrow as pa

    from warehouse.config import Limits

Result = TypeVar("Result")

SQL = Path(__file__).parent.parent / "sql"
PARAMETER = re.compile(r"\$([a-z_]+)")
COMMENT = re.compile(r"--.*")
DATABASE = "release"
MANY = 1_000_000  # observations, as of a country: Arrow makes columns in half the time
# Memory that is not needed any more is given back from 1 MiB on (by default from 128 and 512), and
# by a thread that does so seconds after a query: else it waits for the next query.
FREEING: dict[str, str | bool] = {
    "allocator_flush_threshold": "1MiB",
    "allocator_bulk_deallocation_flush_threshold": "1MiB",
    "allocator_background_threads": True,
}


class Store:
    """One release in memory: one connection, and a cursor of it per query.

    The memory is given back when nothing refers to the store any more.
    """

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        """Load the tables of a folder; raises `ReleaseError` if one is not as its manifest says.

        `limits`: memory and threads of the database, by default DuckDB's own.
        """
        self.manifest: Manifest = verify(folder)
        self.folder = folder
        self.release: str = self.manifest.release
        self._connection = duckdb.connect(":memory:", config=_settings(limits))
        try:
            self._read()
        except duckdb.OutOfMemoryException as error:
            raise ReleaseError(
                message("release_memory", path=folder, reason=_first(error))
            ) from error

    def _read(self) -> None:
        """Load every table and the functions, then lock the database."""
        self._connection.execute("set enable_progress_bar = false")  # it would go into the log
        self._connection.execute(f"attach ':memory:' as {DATABASE} (compress)")
        self._connection.execute(f"use {DATABASE}")
        self._connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
        create_empty(self._connection, TABLES)
        for name, table in self.manifest.tables.items():
            if table.rows or name not in TABLES:
                self._load(name, self.folder / f"{name}.parquet", table.rows)
        for path in sorted((SQL / "functions").glob("*.sql")):
            self._connection.execute(path.read_text(encoding="utf-8"))
        self._connection.execute(f"checkpoint {DATABASE}")  # which compresses the tables
        self._connection.execute("set python_enable_replacements = false")
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")

    def _load(self, name: str, path: Path, rows: int) -> None:
        try:
            load(self._connection, name, path, rows=rows)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise ReleaseError(message("broken_table", path=path, said=_first(error))) from error

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Run `<query>.sql` of `sql/queries` with its `$parameters` and return its columns.

        Raises `ReleaseError` for an unknown query, or a missing or extra parameter.
        """
        return self._run(query, parameters, frame_of)

    def columns(self, query: str, **parameters: object) -> dict[str, list[Any]]:
        """Run a query of many rows like `frame`; return the plain Python values of each column."""
        table = self.manifest.tables.get("observation")
        is_country = table is not None and table.rows > MANY
        return self._run(query, parameters, columns_of_many if is_country else columns_of)

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a query like `frame`; return a dict of plain Python values per row."""
        return self._run(query, parameters, rows_of)

    def _run(
        self,
        query: str,
        parameters: Mapping[str, object],
        fetch: Callable[[duckdb.DuckDBPyRelation], Result],
    ) -> Result:
        sql = _queries().get(query)
        if sql is None:
            raise ReleaseError(f"{query}: unknown query; known ones: {', '.join(_queries())}")
        wanted = frozenset(PARAMETER.findall(COMMENT.sub("", sql)))
        if wanted != parameters.keys():
            raise ReleaseError(
                f"{query}: takes {sorted(wanted) or 'no parameters'}, got {sorted(parameters)}"
            )
        try:
            with self._cursor() as cursor:
                return fetch(cursor.sql(sql, params=parameters or None))
        except duckdb.Error as error:
            raise ReleaseError(f"{query}: {error}") from error

    def table(self, name: str) -> pa.Table:
        """Return a whole table of the contract, empty where the release has none."""
        with self._cursor() as cursor:
            return cursor.sql(f"from {name}").to_arrow_table()

    def sql(self, statement: str) -> pa.Table:
        """Return the rows of an ad hoc statement; it can neither write nor fetch.

        Raises `ReleaseError` of one line for anything but a valid query.
        """
        return ask(self._cursor, statement)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor; it does not inherit the database of the connection."""
        cursor = self._connection.cursor()
        cursor.execute(f"use {DATABASE}")
        return cursor


def _first(error: Exception) -> str:
    return str(error).splitlines()[0]


def _settings(limits: Limits | None) -> dict[str, str | bool | int | float | list[str]]:
    """Return the settings of a database in memory that never writes to the disk.

    One thread per query, if nothing else is configured: queries take milliseconds, and many run
    at once.
    """
    memory = {"memory_limit": f"{limits.memory}MiB"} if limits else {}
    threads = limits.threads if limits else 1
    return {"threads": threads, "temp_directory": "", **FREEING, **memory}


@cache
def _queries() -> dict[str, str]:
    """Return every query of `sql/queries`, whatever its folder, by the name of its file."""
    files = sorted((SQL / "queries").rglob("*.sql"), key=lambda path: path.stem)
    return {path.stem: path.read_text(encoding="utf-8") for path in files}
