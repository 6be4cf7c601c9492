"""Plain Python values of Arrow columns, without pandas and without Arrow's functions.

Arrow itself imports pandas for a timestamp, which takes every serving process 40 MiB, and all its
functions to encode or cast a column: 9 MiB.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from sys import intern
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa

if TYPE_CHECKING:
    from datetime import tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS = 1_000_000
UNITS = {"s": 1, "ms": 1_000, "us": MICROSECONDS, "ns": 1_000 * MICROSECONDS}  # in a second


def plain_values(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column; a moment is in the zone of the column, or has none.

    Few different texts fill most columns of texts: each is one object, wherever it stands.
    """
    if pa.types.is_string(column.type):
        return _texts(column.to_pylist())
    if not pa.types.is_timestamp(column.type):
        values: list[Any] = column.to_pylist()
        return values
    zone = ZoneInfo(column.type.tz) if column.type.tz else None
    units = [unit for chunk in column.chunks for unit in chunk.view(pa.int64()).to_pylist()]
    a_second = UNITS[column.type.unit]
    return [None if n is None else _moment(n * MICROSECONDS // a_second, zone) for n in units]


def _texts(texts: list[str | None]) -> list[str | None]:
    same = {text: text and intern(text) for text in set(texts)}
    return list(map(same.__getitem__, texts))


def _moment(microseconds: int, zone: tzinfo | None) -> datetime:
    moment = EPOCH + timedelta(microseconds=microseconds)
    return moment.astimezone(zone) if zone else moment.replace(tzinfo=None)
