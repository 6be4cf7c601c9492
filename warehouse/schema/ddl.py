"""Tables of the contract without rows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import duckdb

from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable


def create_empty(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Create tables of the contract, each with its columns and without rows, at one go."""
    created = [_statements()[name] for name in sorted(names)]
    connection.execute("\n".join(["begin;", *created, "commit;"]))  # written to disk once


def empty_tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the tables without rows: most, in a small release; nothing need be asked of them."""
    counted = "select table_name from duckdb_tables() where schema_name = 'main'"
    with connection.cursor() as cursor:
        found = cursor.sql(f"{counted} and estimated_size = 0").fetchall()
    return {name for (name,) in found}


@cache
def _statements() -> dict[str, str]:
    """Return what creates each table, in DuckDB's own words for the schema's types."""
    with duckdb.connect() as connection:
        for name, contract in TABLES.items():
            connection.register("shape", contract.schema.empty_table())
            connection.execute(f"create table {name} as from shape")
            connection.unregister("shape")
        return dict(connection.sql("select table_name, sql from duckdb_tables()").fetchall())
