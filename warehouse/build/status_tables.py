"""The marts `status` and `target_status` of indicators, read from and given back to DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.build.status import Subject, status_columns
from warehouse.build.status_of_targets import TargetOf
from warehouse.schema.status_tables import STATUS_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from warehouse.build.status import Columns

SQL = Path(__file__).parent.parent / "sql" / "status"
STATUS, TARGET_STATUS = (STATUS_TABLES[name].schema for name in ("status", "target_status"))


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


def judged(
    cursor: duckdb.DuckDBPyConnection, subjects: Mapping[str, Subject]
) -> dict[str, pa.Table]:
    """Judge indicators by their observations, `observation_now`."""
    observations = _table(cursor, "observation")
    runs = pc.run_end_encode(observations["indicator"].combine_chunks())
    statuses, standings, start = [STATUS.empty_table()], [], 0
    for indicator, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        of_indicator = observations.slice(start, end - start)
        columns, rows = status_columns(subjects[indicator], of_indicator)
        statuses.append(_status(columns))
        standings += rows
        start = end
    return {
        "status": pa.concat_tables(statuses),
        "target_status": pa.Table.from_pylist(standings, schema=TARGET_STATUS),
    }


def _status(columns: Columns) -> pa.Table:
    arrays = [pa.array(columns.get(f.name, ()), from_pandas=True).cast(f.type) for f in STATUS]
    return pa.table(arrays, schema=STATUS)


def _table(cursor: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    return cursor.sql((SQL / f"{name}.sql").read_text(encoding="utf-8")).to_arrow_table()
