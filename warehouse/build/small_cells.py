"""Municipal figures that rest on one or two units: which are not published, and their removal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SQL = Path(__file__).parent.parent / "sql" / "small_cells"
KEY = "dataset, variable, territory, period"


def list_small_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `hidden_cell`: figures of one or two units, and those that would give them away.

    A hidden figure must not be its zone's less the others, nor a declared total less the other
    parts; each figure hidden for that may call for another one.
    """
    connection.execute(
        "create table hidden_cell as"
        " select dataset, variable, territory, period from component limit 0"
    )
    rows = _hide(connection, "few_units")
    while rows:
        rows = _hide(connection, "rest_of_zone") + _hide(connection, "rest_of_total")


def remove_small_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the hidden figures out of `component`; sums that contain them stay."""
    connection.execute(
        "update component set value = null, obs_status = 'Q' from hidden_cell as hidden"
        " where component.dataset = hidden.dataset and component.variable = hidden.variable"
        " and component.territory = hidden.territory and component.period = hidden.period"
    )


def _hide(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Add what a SELECT finds to `hidden_cell`; return how many were not in it."""
    sql = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(
        f"insert into hidden_cell from ({sql}\n) as cell anti join hidden_cell using ({KEY})"
    )
    (rows,) = connection.fetchone() or (0,)
    return int(rows)
