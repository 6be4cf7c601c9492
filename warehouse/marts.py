"""The marts: the common ones at once, then every indicator by itself, or as it was before."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from warehouse.contract import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from warehouse.build import Progress
    from warehouse.past import Past

SQL = Path(__file__).parent / "sql"
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
    for name in RESULTS:
        connection.register("empty", TABLES[name].schema.empty_table())
        connection.execute(f"create table {name} as from empty")
        connection.unregister("empty")
    (threads,) = connection.execute("select current_setting('threads')").fetchone() or (1,)
    connection.execute("set threads = 1")  # of each query: several indicators at once
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, found in enumerate(pool.map(partial(_compute, work), names), start=1):
            for name, table in found.items():
                connection.register("incoming", table)
                connection.execute(f"insert into {name} by name from incoming")
                connection.unregister("incoming")
            tell("marts", done, len(names))
    connection.execute(f"set threads = {int(threads)}")


def _compute(work: _Work, indicator: str) -> dict[str, pa.Table]:
    """Return the rows of `RESULTS` of one indicator, each in the order of its key."""
    with work.connection.cursor() as cursor:
        for name, value in {**work.settings, "indicator": indicator}.items():
            cursor.execute(f"set variable {name} = $value", {"value": value})
        cursor.execute(f"create temp table before as from past.observation {MINE}")
        if indicator in work.same:
            return {"observation": _ordered(cursor, "before")}
        cursor.execute(f"create temp table wanted as from indicator {MINE}")
        for name, value in _parts(cursor).items():
            cursor.execute(f"set variable {name} = $value", {"value": value})
        for path in sorted((SQL / "indicator").glob("*.sql")):
            cursor.execute(f"create temp table {_name(path)}_now as from ({_text(path)}\n)")
        return {name: _ordered(cursor, f"{name}_now") for name in RESULTS}


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


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
