"""The marts of several indicators at once: a query costs as much for few rows as for many."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.build.status_tables import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb
    import pyarrow as pa

    from warehouse.build.status import Subject

SQL = Path(__file__).parent.parent / "sql" / "indicator"
ROWS = 50_000  # of numerators; an indicator with more is a batch of its own
BATCHES_AHEAD = os.cpu_count() or 1  # computed, and waiting to be inserted

Batch = tuple[str, ...]
Tables = dict[str, "pa.Table"]


def batches(sizes: Mapping[str, int]) -> list[Batch]:
    """Divide indicators into batches of about `ROWS` rows, in their order."""
    result: list[Batch] = []
    total = 0
    for indicator, size in sizes.items():
        if result and total + size <= ROWS:
            result[-1] += (indicator,)
            total += size
        else:
            result.append((indicator,))
            total = size
    return result


def compute_batches(
    connection: duckdb.DuckDBPyConnection,
    settings: Mapping[str, object],
    subjects: Mapping[str, Subject],
    work: Sequence[Batch],
) -> Iterator[Tables]:
    """Yield the rows of each batch in each mart, sorted by their key, in the order of `work`."""
    compute = partial(_compute, connection, settings, subjects)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = deque(pool.submit(compute, batch) for batch in work[:BATCHES_AHEAD])
        for batch in work[BATCHES_AHEAD:]:
            yield waiting.popleft().result()
            waiting.append(pool.submit(compute, batch))
        while waiting:
            yield waiting.popleft().result()


def _compute(
    connection: duckdb.DuckDBPyConnection,
    settings: Mapping[str, object],
    subjects: Mapping[str, Subject],
    batch: Batch,
) -> Tables:
    with connection.cursor() as cursor:
        for name, value in {**settings, "batch": list(batch)}.items():
            cursor.execute(f"set variable {name} = $value", {"value": value})
        _create(cursor, "wanted", _text("wanted"))
        _create(cursor, "figure_now", _text("figure"))
        parts = f"({_text('part')}) union all by name ({_text('part_of_another_period')})"
        _create(cursor, "part_now", f"from ({parts}) order by indicator, territory, period")
        tables = {mart: _table(cursor, mart) for mart in ("observation", "comparison")}
        tables |= judged(cursor, subjects)
        if settings["has_before"]:
            _create(cursor, "before", _text("before"))
            tables["change"] = _table(cursor, "change")
        if tables.get("change"):
            tables["anomaly"] = _table(cursor, "anomaly")
        return tables


def _table(cursor: duckdb.DuckDBPyConnection, mart: str) -> pa.Table:
    """Compute a mart as the table `<mart>_now`, which the next ones read, and return its rows."""
    _create(cursor, f"{mart}_now", _text(mart))
    return cursor.sql(f"from {mart}_now").to_arrow_table()


def _create(cursor: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    cursor.execute(f"create temp table {name} as from ({sql}\n)")


@cache
def _text(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
