"""The marts `status` and `target_status` of indicators, read from and given back to DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.build.status import Subject, status_columns
from warehouse.build.status_of_targets import TargetOf
from warehouse.build.status_series import plain
from warehouse.schema.status_tables import STATUS_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    table = _table(cursor, "observation")
    observations = table.filter(pc.is_finite(table["value"]))
    columns = {name: plain(observations[name]) for name in observations.column_names}
    runs = pc.run_end_encode(observations["indicator"].combine_chunks())
    statuses, standings, start = [], [], 0
    for indicator, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        of_indicator = {name: column[start:end] for name, column in columns.items()}
        status, rows = status_columns(subjects[indicator], of_indicator)
        statuses.append(status)
        standings += rows
        start = end
    return {
        "status": _status(statuses),
        "target_status": pa.Table.from_pylist(standings, schema=TARGET_STATUS),
    }


def _status(parts: Sequence[Columns]) -> pa.Table:
    """Return the columns of several indicators as one table, each column converted once."""
    if not parts:
        return STATUS.empty_table()
    columns = (np.concatenate([part[name] for part in parts]) for name in STATUS.names)
    arrays = [pa.array(column, from_pandas=True) for column in columns]
    return pa.table([a.cast(t) for a, t in zip(arrays, STATUS.types, strict=True)], schema=STATUS)


def _table(cursor: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    return cursor.sql((SQL / f"{name}.sql").read_text(encoding="utf-8")).to_arrow_table()
