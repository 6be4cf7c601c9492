"""Differences between the values of any two releases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb

from warehouse.schema.ddl import create_empty
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from warehouse.query.store import Store

SQL = Path(__file__).parent.parent / "sql"
COMPARED = ("observation", "indicator", "annotation", "territory_membership")

ValueKind = Literal["method", "boundary", "new_period", "revised", "dropped", "status"]


@dataclass(frozen=True, slots=True)
class MovedValue:
    """An indicator in a territory that has other values than in the release before.

    `before` is the value then and `after` the value now; a series that is new has no `before`, a
    value that was withdrawn no `after`. `cells` counts the values that differ, `revised` those of
    periods that were there before. `usual` is the mean size of earlier changes over as many
    `steps`, from `pairs` of values; `ratio` is the difference against it.
    """

    indicator: str
    territory: str
    kind: ValueKind
    period_before: str | None
    period_after: str | None
    before: float | None
    after: float | None
    cells: int
    revised: int
    steps: int
    usual: float | None
    pairs: int | None
    ratio: float | None


def moved_values(before: Store, after: Store) -> tuple[MovedValue, ...]:
    """Return every series that differs, the farthest from its usual variation first."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        _load(connection, before, after)
        sql = (SQL / "between" / "moved_value.sql").read_text(encoding="utf-8")
        rows = connection.sql(sql).to_arrow_table().to_pylist()
    return tuple(MovedValue(**row) for row in rows)


def _load(connection: duckdb.DuckDBPyConnection, before: Store, after: Store) -> None:
    """Fill the tables that are compared: the later release, and the earlier in schema `past`."""
    connection.execute(_macros())
    create_empty(connection, TABLES)
    connection.execute("create schema past")
    for name in COMPARED:
        connection.register("earlier", before.table(name))
        connection.execute(f"create table past.{name} as from earlier")
        connection.unregister("earlier")
        connection.register("later", after.table(name))
        connection.execute(f"insert into {name} by name from later")
        connection.unregister("later")


@cache
def _macros() -> str:
    return (SQL / "macros.sql").read_text(encoding="utf-8")
