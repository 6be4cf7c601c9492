"""Tables of the contract in DuckDB, empty or loaded from their files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

    from warehouse.schema.column_types import Table

PIECE = 500_000  # rows


def create_empty(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Create tables of the contract without rows, in one transaction."""
    created = [_statements()[name] for name in sorted(names)]
    connection.execute("\n".join(["begin;", *created, "commit;"]))  # written to disk once


def empty_tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the tables without rows, which need no query: most of them in a small release."""
    tables = "select table_name from duckdb_tables() where schema_name = 'main'"
    with connection.cursor() as cursor:
        rows = cursor.sql(f"{tables} and estimated_size = 0").fetchall()
    return {name for (name,) in rows}


def load(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    path: Path,
    schema: str = "main",
    rows: int = 0,
) -> None:
    """Load a table from its file into a schema; columns that an older release lacks are null.

    A table of the contract was created without rows in `main`. One of more `rows` than `PIECE` is
    loaded in pieces, each of which is compressed before the next one is read.
    """
    contract = f" union all by name from {name}" if name in TABLES else ""
    first = f"({_piece(0)})" if rows > PIECE else "read_parquet($path)"
    sql = f"create or replace table {schema}.{name} as from {first}{contract}"
    connection.execute(sql, {"path": str(path)})
    for start in range(PIECE, rows, PIECE):
        connection.execute("checkpoint")
        sql = f"insert into {schema}.{name} by name {_piece(start)}"
        connection.execute(sql, {"path": str(path)})


def _piece(start: int) -> str:
    rows = "select * exclude (file_row_number) from read_parquet($path, file_row_number = true)"
    return f"{rows} where file_row_number between {start} and {start + PIECE - 1}"


@cache
def _statements() -> dict[str, str]:
    """Return the statement that creates each table."""
    return {name: f"create table {name} ({_columns(table)});" for name, table in TABLES.items()}


def _columns(table: Table) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
