"""Empty tables of the contract in DuckDB."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import duckdb

from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable


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


@cache
def _statements() -> dict[str, str]:
    """Return the statement that creates each table, with DuckDB's names of the types."""
    with duckdb.connect() as connection:
        for name, contract in TABLES.items():
            connection.register("shape", contract.schema.empty_table())
            connection.execute(f"create table {name} as from shape")
            connection.unregister("shape")
        return dict(connection.sql("select table_name, sql from duckdb_tables()").fetchall())
