"""The marts of several indicators at once."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.batching import in_batches
from warehouse.build.status_tables import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb
    import pyarrow as pa

    from warehouse.batching import Batch
    from warehouse.build.status import Subject

SQL = Path(__file__).parent.parent / "sql" / "indicator"
ROWS = 50_000  # of numerators; an indicator with more is a batch of its own
LARGE = 1_000_000  # rows of a batch that is computed alone, by all threads: two need too much RAM

Tables = dict[str, "pa.Table"]


def batches(sizes: Mapping[str, int]) -> list[Batch]:
    """Divide indicators into batches of up to `ROWS` numerators, in their order."""
    return in_batches(sizes, ROWS)


def batches_at_once(sizes: Mapping[str, int]) -> int:
    """Return how many batches are computed at once, each by one thread; a large one alone."""
    return 1 if max(sizes.values(), default=0) > LARGE else os.cpu_count() or 1


def compute_batches(
    connection: duckdb.DuckDBPyConnection,
    settings: Mapping[str, object],
    subjects: Mapping[str, Subject],
    work: Sequence[Batch],
    at_once: int,
) -> Iterator[Tables]:
    """Yield the rows of each batch in each mart, sorted by their key, in the order of `work`.

    No more than `at_once` batches are computed, or wait to be taken, at any time.
    """
    compute = partial(_compute, connection, settings, subjects)
    with ThreadPoolExecutor(at_once) as pool:
        waiting = deque(pool.submit(compute, batch) for batch in work[:at_once])
        for batch in work[at_once:]:
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
        cursor.execute("drop table figure_now")
        _create(cursor, "observation_now", _text("observation"))
        cursor.execute("drop table part_now")
        tables = judged(cursor, subjects)
        tables["comparison"] = cursor.sql(_text("comparison")).to_arrow_table()
        if settings["has_before"]:
            _create(cursor, "before", _text("before"))
            _create(cursor, "change_now", _text("change"))
            tables["change"] = cursor.table("change_now").to_arrow_table()
        if tables.get("change"):
            tables["anomaly"] = cursor.sql(_text("anomaly")).to_arrow_table()
        return tables | {"observation": cursor.table("observation_now").to_arrow_table()}


def _create(cursor: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    cursor.execute(f"create temp table {name} as from ({sql}\n)")


@cache
def _text(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
