"""Differences between the values of any two releases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from warehouse.release.manifest import verify
from warehouse.schema.ddl import create_empty, load

if TYPE_CHECKING:
    from warehouse.query.store import Store

SQL = Path(__file__).parent.parent / "sql"
COMPARED = ("observation", "indicator", "annotation", "territory_membership", "status")

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


@dataclass(frozen=True, slots=True)
class MovedSign:
    """Direction and target of an indicator in a territory, in two releases.

    The words are those of the table `status`; a target is None where no target judges the value,
    or another one than before.
    """

    indicator: str
    territory: str
    before: str
    after: str
    target_before: str | None
    target_after: str | None
    period_before: str | None
    period_after: str | None
    value_before: float | None
    value_after: float | None

    @property
    def has_flipped(self) -> bool:
        """Say whether the direction is another one."""
        return self.before != self.after

    @property
    def has_passed(self) -> bool:
        """Say whether the target was reached since, or is no longer."""
        signs = (self.target_before, self.target_after)
        return None not in signs and signs.count("reached") == 1


@dataclass(frozen=True, slots=True)
class Differences:
    """Series with other values, the farthest from their usual variation first, and all signs.

    Signs are of series that both releases judged, whose last value or sign differs or that have a
    target; a release without the table `status` has none.
    """

    values: tuple[MovedValue, ...]
    signs: tuple[MovedSign, ...]


def differences(before: Store, after: Store) -> Differences:
    """Compare two releases; raises `ReleaseError` if one is not there, or not whole, any more."""
    for store in (before, after):
        verify(store.folder)
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute("set enable_progress_bar = false")  # it would go into the log
        _load(connection, before, after)
        return Differences(
            tuple(MovedValue(**row) for row in _rows(connection, "moved_value")),
            tuple(MovedSign(**row) for row in _rows(connection, "moved_sign")),
        )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    sql = (SQL / "between" / f"{query}.sql").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    return rows


def _load(connection: duckdb.DuckDBPyConnection, before: Store, after: Store) -> None:
    """Fill the tables that are compared: the later release, and the earlier in schema `past`."""
    connection.execute(_macros())
    create_empty(connection, COMPARED)
    connection.execute("create schema past")
    for name in COMPARED:
        for store, schema in ((before, "past"), (after, "main")):
            if name in store.manifest.tables:
                load(connection, name, store.folder / f"{name}.parquet", schema)
            elif schema == "past":
                connection.execute(f"create table past.{name} as from {name}")


@cache
def _macros() -> str:
    return (SQL / "macros.sql").read_text(encoding="utf-8")
