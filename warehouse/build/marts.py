"""The marts: the common ones at once, then every indicator by itself, or as it was before."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from warehouse.build.previous import Past
    from warehouse.progress import Progress

SQL = Path(__file__).parent.parent / "sql"
RESULTS = ("observation", "change", "anomaly")
MINE = "where indicator = getvariable('indicator')"


class Marts(NamedTuple):
    """What was computed anew, and of what every indicator's observations are made."""

    computed: tuple[str, ...]
    fingerprints: dict[str, str]


class _Work(NamedTuple):
    """What one indicator's computing needs; every thread has a cursor of its own."""

    connection: duckdb.DuckDBPyConnection
    settings: Mapping[str, object]
    same: frozenset[str]


def create_marts(
    connection: duckdb.DuckDBPyConnection,
    settings: Mapping[str, object],
    past: Past,
    tell: Progress,
) -> Marts:
    """Create places, residents, observations, changes and anomalies.

    The observations of an indicator are a function of what its fingerprint names: where the
    release before has the same one, they are taken from there, else computed. Each indicator is
    computed by one thread, so that floats are added up in one order and a rebuild is the same
    to the last bit, whatever else is built beside it.
    """
    for path in sorted((SQL / "marts").glob("*.sql")):
        connection.execute(f"create table {_name(path)} as from ({_text(path)}\n) order by all")
    fingerprints = _fingerprints(connection)
    reusable = past.reusable()
    same = frozenset(n for n, said in fingerprints.items() if reusable.get(n) == said)
    gone = connection.sql("select distinct indicator from past.observation").fetchall()
    names = sorted(fingerprints.keys() | {name for (name,) in gone})
    _each_indicator(_Work(connection, settings, same), names, tell)
    return Marts(tuple(sorted(fingerprints.keys() - same)), fingerprints)


def _fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    files = [SQL / "macros.sql", *sorted((SQL / "indicator").glob("*.sql"))]
    code = "\n".join([duckdb.__version__, *map(_text, files)])
    found = connection.execute(_text(SQL / "fingerprint.sql"), {"code": code})
    return dict(found.fetchall())


def _each_indicator(work: _Work, names: list[str], tell: Progress) -> None:
    connection = work.connection
    (threads,) = connection.execute("select current_setting('threads')").fetchone() or (1,)
    connection.execute("set threads = 1")  # of each query: several indicators at once
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        computed = pool.map(partial(_compute, work), (n for n in names if n not in work.same))
        done = 0
        for is_same, run in groupby(names, work.same.__contains__):
            if is_same:
                done += _take(connection, list(run))
            else:
                for _ in run:
                    _insert(connection, next(computed))
                    done += 1
            tell("marts", done, len(names))
    connection.execute(f"set threads = {int(threads)}")


def _take(connection: duckdb.DuckDBPyConnection, indicators: list[str]) -> int:
    """Take observations from the release before, where they stand in the order of their key."""
    taken = "from past.observation where list_contains($names, indicator)"
    bounds = "indicator between $first and $last"  # which parts of the file to read
    connection.execute(
        f"insert into observation {taken} and {bounds}",
        {"names": indicators, "first": indicators[0], "last": indicators[-1]},
    )
    return len(indicators)


def _insert(connection: duckdb.DuckDBPyConnection, found: Mapping[str, pa.Table]) -> None:
    for name, table in found.items():
        connection.register("incoming", table)
        connection.execute(f"insert into {name} by name from incoming")
        connection.unregister("incoming")


def _compute(work: _Work, indicator: str) -> dict[str, pa.Table]:
    """Return the rows of `RESULTS` of one indicator, each in the order of its key."""
    with work.connection.cursor() as cursor:
        _set(cursor, {**work.settings, "indicator": indicator})
        cursor.execute(f"create temp table before as from past.observation {MINE}")
        cursor.execute(f"create temp table wanted as from indicator {MINE}")
        parts = _parts(cursor)
        _set(cursor, parts)
        is_same = parts["align"] in {"same", None}
        _create(cursor, "part", "part" if is_same else "part_of_another_period")
        _create(cursor, "observation", "observation")
        found = {"observation": _ordered(cursor, "observation_now")}
        if work.settings["has_before"]:
            _create(cursor, "change", "change")
            found["change"] = _ordered(cursor, "change_now")
        if found.get("change"):
            _create(cursor, "anomaly", "anomaly")
            found["anomaly"] = _ordered(cursor, "anomaly_now")
        return found


def _set(cursor: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        cursor.execute(f"set variable {name} = $value", {"value": value})


def _create(cursor: duckdb.DuckDBPyConnection, name: str, file: str) -> None:
    sql = _text(SQL / "indicator" / f"{file}.sql")
    cursor.execute(f"create temp table {name}_now as from ({sql}\n)")


def _parts(cursor: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """Return dataset and variable of numerator (x) and denominator or weight (y), and `align`."""
    found = cursor.execute("select numerator, coalesce(denominator, weight), align from wanted")
    x, y, align = found.fetchone() or (None, None, None)
    named = {"x": (x or ".").split("."), "y": (y or ".").split(".")}
    parts = {f"{side}_dataset": words[0] for side, words in named.items()}
    return (
        parts | {f"{side}_variable": words[1] for side, words in named.items()} | {"align": align}
    )


def _ordered(cursor: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    return cursor.sql(f"from {name} order by territory, period").to_arrow_table()


def _name(path: Path) -> str:
    return path.stem.partition("_")[2]


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
