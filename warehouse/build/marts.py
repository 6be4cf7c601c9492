"""Marts: the common ones, then each indicator, computed or copied from the last release."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.build.previous import REUSED
from warehouse.build.small_cells import list_small_cells
from warehouse.build.status_tables import judged, read_subjects

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from warehouse.build.previous import Past
    from warehouse.build.status import Subject
    from warehouse.progress import Progress

HERE = Path(__file__).parent
JUDGING = HERE.parent / "status"
SQL = HERE.parent / "sql"
ONE_INDICATOR = "where indicator = getvariable('indicator')"


@dataclass(frozen=True, slots=True)
class Marts:
    """The indicators that were computed, and the fingerprint of every indicator."""

    computed: tuple[str, ...]
    fingerprints: dict[str, str]


@dataclass(frozen=True, slots=True)
class _BuildContext:
    """What computing an indicator needs; every thread has its own cursor."""

    connection: duckdb.DuckDBPyConnection
    settings: Mapping[str, object]
    same: frozenset[str]
    subjects: Mapping[str, Subject]


def create_marts(
    connection: duckdb.DuckDBPyConnection,
    settings: Mapping[str, object],
    past: Past,
    tell: Progress,
) -> Marts:
    """Create places, residents, observations, changes, anomalies, comparisons and statuses.

    An indicator with the same fingerprint as in the release before has the same observations and
    statuses: they are copied. The others are computed, each by one thread, so that floats are
    added in one order and a rebuild is the same to the last bit.
    """
    for path in sorted((SQL / "marts").glob("*.sql")):
        connection.execute(f"create table {_name(path)} as from ({_text(path)}\n) order by all")
    list_small_cells(connection)
    fingerprints = _fingerprints(connection)
    reusable = past.reusable()
    same = frozenset(n for n, digest in fingerprints.items() if reusable.get(n) == digest)
    gone = connection.sql("select distinct indicator from past.observation").fetchall()
    names = sorted(fingerprints.keys() | {name for (name,) in gone})
    subjects = read_subjects(connection, settings)
    _each_indicator(_BuildContext(connection, settings, same, subjects), names, tell)
    comparison = _text(SQL / "comparison.sql")
    connection.execute(f"insert into comparison by name from ({comparison}\n) order by all")
    return Marts(tuple(sorted(fingerprints.keys() - same)), fingerprints)


def _fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    files = [SQL / "macros.sql", *sorted((SQL / "indicator").glob("*.sql"))]
    files += [*sorted(JUDGING.glob("*.py")), *sorted(HERE.glob("status*.py"))]
    code = "\n".join([duckdb.__version__, *map(_text, files)])
    rows = connection.execute(_text(SQL / "fingerprint.sql"), {"code": code})
    return dict(rows.fetchall())


def _each_indicator(context: _BuildContext, names: list[str], tell: Progress) -> None:
    connection = context.connection
    (threads,) = connection.execute("select current_setting('threads')").fetchone() or (1,)
    connection.execute("set threads = 1")  # of each query: several indicators at once
    connection.execute("begin")  # one write to the disk, not one for each table of each indicator
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        computed = pool.map(partial(_compute, context), (n for n in names if n not in context.same))
        done = 0
        for is_same, run in groupby(names, context.same.__contains__):
            if is_same:
                done += _copy(connection, list(run))
            else:
                for _ in run:
                    _insert(connection, next(computed))
                    done += 1
            tell("marts", done, len(names))
    connection.execute("commit")
    connection.execute(f"set threads = {int(threads)}")


def _copy(connection: duckdb.DuckDBPyConnection, indicators: list[str]) -> int:
    """Copy rows of the release before, which are sorted by their key."""
    bounds = "indicator between $first and $last"  # lets DuckDB skip parts of the file
    for table in REUSED:
        connection.execute(
            f"insert into {table} from past.{table} where list_contains($names, indicator)"
            f" and {bounds}",
            {"names": indicators, "first": indicators[0], "last": indicators[-1]},
        )
    return len(indicators)


def _insert(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> None:
    for name, table in tables.items():
        connection.register("incoming", table)
        connection.execute(f"insert into {name} by name from incoming")
        connection.unregister("incoming")


def _compute(context: _BuildContext, indicator: str) -> dict[str, pa.Table]:
    """Return the rows of one indicator in each mart, sorted by their key."""
    with context.connection.cursor() as cursor:
        _set(cursor, {**context.settings, "indicator": indicator})
        cursor.execute(f"create temp table before as from past.observation {ONE_INDICATOR}")
        cursor.execute(f"create temp table wanted as from indicator {ONE_INDICATOR}")
        parts = _parts(cursor)
        _set(cursor, parts)
        is_same = parts["align"] in {"same", None}
        _create(cursor, "part", "part" if is_same else "part_of_another_period")
        _create(cursor, "observation", "observation")
        tables = {"observation": _ordered(cursor, "observation_now")}
        if subject := context.subjects.get(indicator):
            tables |= judged(cursor, subject)
        if context.settings["has_before"]:
            _create(cursor, "change", "change")
            tables["change"] = _ordered(cursor, "change_now")
        if tables.get("change"):
            _create(cursor, "anomaly", "anomaly")
            tables["anomaly"] = _ordered(cursor, "anomaly_now")
        return tables


def _set(cursor: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        cursor.execute(f"set variable {name} = $value", {"value": value})


def _create(cursor: duckdb.DuckDBPyConnection, name: str, file: str) -> None:
    sql = _text(SQL / "indicator" / f"{file}.sql")
    cursor.execute(f"create temp table {name}_now as from ({sql}\n)")


def _parts(cursor: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """Return dataset and variable of numerator (x) and denominator or weight (y), and `align`."""
    rows = cursor.execute("select numerator, coalesce(denominator, weight), align from wanted")
    x, y, align = rows.fetchone() or (None, None, None)
    x_dataset, x_variable = (x or ".").split(".")
    y_dataset, y_variable = (y or ".").split(".")
    return {
        "x_dataset": x_dataset,
        "y_dataset": y_dataset,
        "x_variable": x_variable,
        "y_variable": y_variable,
        "align": align,
    }


def _ordered(cursor: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    return cursor.sql(f"from {name} order by territory, period").to_arrow_table()


def _name(path: Path) -> str:
    return path.stem.partition("_")[2]


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
