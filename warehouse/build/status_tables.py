"""The marts `status` and `target_status` of one indicator, read from and given back to DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.build.status import Subject, status_rows
from warehouse.build.status_of_targets import TargetOf
from warehouse.schema.status_tables import STATUS_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

SQL = Path(__file__).parent.parent / "sql" / "status"


def judged(
    cursor: duckdb.DuckDBPyConnection, settings: Mapping[str, object]
) -> dict[str, pa.Table]:
    """Judge the indicator in `wanted` by its observations, `observation_now`."""
    declared = _rows(cursor, "subject")
    if not declared:
        return {}
    targets = tuple(TargetOf(**row) for row in _rows(cursor, "target"))
    (row,) = declared
    subject = Subject(
        **row | {"breaks": tuple(row["breaks"])},
        targets=targets,
        complete_coverage=float(str(settings["complete_coverage"])),
    )
    statuses, standings = status_rows(subject, _rows(cursor, "observation"))
    return {
        "status": _table("status", statuses),
        "target_status": _table("target_status", standings),
    }


def _rows(cursor: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    sql = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = cursor.sql(sql).to_arrow_table().to_pylist()
    return rows


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=STATUS_TABLES[name].schema)
