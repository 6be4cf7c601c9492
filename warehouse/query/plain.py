"""Plain Python values of Arrow columns, without pandas.

Arrow itself imports pandas for a timestamp, which takes every serving process 40 MiB.
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


def plain_values(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column; a moment is in the zone of the column, or has none.

    Few different texts fill most columns of texts: each is one object, wherever it stands.
    """
    if pa.types.is_string(column.type):
        return [text for chunk in column.chunks for text in _texts(chunk)]
    if not pa.types.is_timestamp(column.type):
        values: list[Any] = column.to_pylist()
        return values
    zone = ZoneInfo(column.type.tz) if column.type.tz else None
    moments = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64()).to_pylist()
    return [None if moment is None else _moment(moment, zone) for moment in moments]


def _texts(chunk: pa.Array) -> list[str | None]:
    encoded = chunk.dictionary_encode()
    texts = [intern(text) for text in encoded.dictionary.to_pylist()]
    return [None if place is None else texts[place] for place in encoded.indices.to_pylist()]


def _moment(microseconds: int, zone: tzinfo | None) -> datetime:
    moment = EPOCH + timedelta(microseconds=microseconds)
    return moment.astimezone(zone) if zone else moment.replace(tzinfo=None)
