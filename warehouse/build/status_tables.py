"""The marts `status` and `target_status` of one indicator, read from and given back to DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.build.status import Subject, status_columns
from warehouse.build.status_of_targets import TargetOf
from warehouse.schema.status_tables import STATUS_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

SQL = Path(__file__).parent.parent / "sql" / "status"


def read_subjects(
    connection: duckdb.DuckDBPyConnection, settings: Mapping[str, object]
) -> dict[str, Subject]:
    """Return what judging needs of the declaration of each indicator."""
    targets: dict[str, list[TargetOf]] = {}
    for row in _table(connection, "target").to_pylist():
        targets.setdefault(row.pop("indicator"), []).append(TargetOf(**row))
    return {
        row["indicator"]: Subject(
            **row | {"breaks": tuple(row["breaks"])},
            targets=tuple(targets.get(row["indicator"], ())),
            complete_coverage=float(str(settings["complete_coverage"])),
        )
        for row in _table(connection, "subject").to_pylist()
    }


def judged(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> dict[str, pa.Table]:
    """Judge an indicator by its observations, `observation_now`."""
    columns, standings = status_columns(subject, _table(cursor, "observation"))
    schema = STATUS_TABLES["status"].schema
    statuses = [
        pa.array(columns.get(field.name, ()), from_pandas=True).cast(field.type) for field in schema
    ]
    return {
        "status": pa.table(statuses, schema=schema),
        "target_status": pa.Table.from_pylist(
            standings, schema=STATUS_TABLES["target_status"].schema
        ),
    }


def _table(cursor: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    return cursor.sql((SQL / f"{name}.sql").read_text(encoding="utf-8")).to_arrow_table()
