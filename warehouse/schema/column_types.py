"""Column types and the contract of one table: its Arrow schema and key."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TEXT, REAL, DAY, FLAG, INTEGER = pa.string(), pa.float64(), pa.date32(), pa.bool_(), pa.int64()
MOMENT = pa.timestamp("s", tz="UTC")


@dataclass(frozen=True, slots=True)
class Table:
    """A table's Arrow schema and the columns that identify a row."""

    schema: pa.Schema
    key: tuple[str, ...]


def declare(key: str, **columns: pa.DataType) -> Table:
    """Return a table with `columns`; those named in `key` (space separated) identify a row."""
    keys = tuple(key.split())
    fields = [pa.field(name, kind, nullable=name not in keys) for name, kind in columns.items()]
    return Table(pa.schema(fields), keys)
