"""Marts: the common ones, then each indicator, computed or copied from the last release."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.build.batches import batches, batches_at_once, compute_batches
from warehouse.build.previous import REUSED
from warehouse.build.small_cells import list_small_cells
from warehouse.build.status_tables import read_subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from warehouse.build.previous import Past
    from warehouse.build.status import Subject
    from warehouse.progress import Progress

HERE = Path(__file__).parent
JUDGING = HERE.parent / "status"
SQL = HERE.parent / "sql"
UNCOMMITTED_ROWS = 1_000_000  # they take memory that DuckDB does not count
BETWEEN = "indicator between $first and $last"  # lets DuckDB skip parts of a file


@dataclass(frozen=True, slots=True)
class Marts:
    """The indicators that were computed, and the fingerprint of every indicator."""

    computed: tuple[str, ...]
    fingerprints: dict[str, str]


@dataclass(frozen=True, slots=True)
class _BuildContext:
    """What computing indicators needs; `same`: those that are copied."""

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

    An indicator with the same fingerprint as in the release before has the same observations,
    comparisons and statuses: they are copied. The others are computed in batches, several at once.
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
    return Marts(tuple(sorted(fingerprints.keys() - same)), fingerprints)


def _fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    files = [SQL / "macros.sql", *sorted((SQL / "indicator").glob("*.sql"))]
    files += [*sorted(JUDGING.glob("*.py")), *sorted(HERE.glob("status*.py"))]
    code = "\n".join([duckdb.__version__, *map(_text, files)])
    rows = connection.execute(_text(SQL / "fingerprint.sql"), {"code": code})
    return dict(rows.fetchall())


def _each_indicator(context: _BuildContext, names: list[str], tell: Progress) -> None:
    connection = context.connection
    sizes = _sizes(connection, names)
    computed_sizes = {name: sizes[name] for name in names if name not in context.same}
    work, at_once = batches(computed_sizes), batches_at_once(computed_sizes)
    batch_of = {name: number for number, batch in enumerate(work) for name in batch}
    (threads,) = connection.execute("select current_setting('threads')").fetchone() or (1,)
    if at_once > 1:
        connection.execute("set threads = 1")  # of each query
    connection.execute("begin")  # one write to the disk for many batches
    computed = compute_batches(connection, context.settings, context.subjects, work, at_once)
    tables: Mapping[str, pa.Table] = {}
    done, uncommitted, number = 0, 0, None
    for of_batch, run in groupby(names, batch_of.get):
        indicators = list(run)
        inserts: Iterable[int]
        if of_batch is None:
            parts = batches({name: sizes[name] for name in indicators})
            inserts = (_copy(connection, part) for part in parts)
        else:
            if of_batch != number:
                number, tables = of_batch, {}  # freed before the next ones are computed
                tables = next(computed)
            inserts = (_insert(connection, tables, indicators),)
        for rows in inserts:
            uncommitted += rows
            if uncommitted > UNCOMMITTED_ROWS:
                connection.execute("commit; begin")
                uncommitted = 0
        done += len(indicators)
        tell("marts", done, len(names))
    connection.execute("commit")
    connection.execute(f"set threads = {int(threads)}")


def _sizes(connection: duckdb.DuckDBPyConnection, names: list[str]) -> dict[str, int]:
    """Return how many figures each indicator's numerator has."""
    rows = connection.execute(
        "select indicator, rows from indicator join variable_digest on variable = numerator"
    )
    sizes = dict(rows.fetchall())
    return {name: sizes.get(name, 0) for name in names}


def _copy(connection: duckdb.DuckDBPyConnection, indicators: Sequence[str]) -> int:
    """Copy rows of the release before, which are sorted by their key; return how many."""
    rows = 0
    for table in REUSED:
        connection.execute(
            f"insert into {table} from past.{table}"
            f" where list_contains($names, indicator) and {BETWEEN}",
            {"names": list(indicators), "first": indicators[0], "last": indicators[-1]},
        )
        rows += _inserted(connection)
    return rows


def _insert(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], indicators: Sequence[str]
) -> int:
    """Insert the rows of some indicators of a batch, which follow one another; return how many."""
    rows = 0
    for name, table in tables.items():
        connection.register("incoming", table)
        connection.execute(
            f"insert into {name} by name from incoming where {BETWEEN}",
            {"first": indicators[0], "last": indicators[-1]},
        )
        rows += _inserted(connection)
        connection.unregister("incoming")
    return rows


def _inserted(connection: duckdb.DuckDBPyConnection) -> int:
    (rows,) = connection.fetchone() or (0,)
    return int(rows)


def _name(path: Path) -> str:
    return path.stem.partition("_")[2]


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
