"""Column types and the contract of one table: its columns and key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

# As DuckDB names them.
TEXT, REAL, DAY, FLAG, INTEGER = "varchar", "double", "date", "boolean", "bigint"
MOMENT = "timestamp with time zone"


@dataclass(frozen=True, eq=False)
class Table:
    """The type of each column of a table, and the columns that identify a row."""

    columns: Mapping[str, str]
    key: tuple[str, ...]

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns in Arrow; those of the key are never null."""
        import pyarrow as pa  # noqa: PLC0415  # a server starts without it

        types = {
            TEXT: pa.string(),
            REAL: pa.float64(),
            DAY: pa.date32(),
            FLAG: pa.bool_(),
            INTEGER: pa.int64(),
            MOMENT: pa.timestamp("s", tz="UTC"),
        }
        return pa.schema(
            [
                pa.field(name, types[kind], nullable=name not in self.key)
                for name, kind in self.columns.items()
            ]
        )


def declare(key: str, **columns: str) -> Table:
    """Return a table with `columns`; those named in `key` (space separated) identify a row."""
    return Table(MappingProxyType(columns), tuple(key.split()))
