"""Components to a draft release: load, compute the marts, audit, write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.audit import audits
from warehouse.contract import INPUTS, OUTPUTS, TABLES, conform
from warehouse.declared import declared_tables
from warehouse.draft import Draft, read_draft, sha256, write_draft
from warehouse.errors import ContractError
from warehouse.release import published

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warehouse.catalog import Catalog
    from warehouse.config import Config
    from warehouse.manifest import AuditResult

__all__ = ["Draft", "Progress", "build_draft", "read_draft"]

SQL = Path(__file__).parent / "sql"
# They depend on the day and on the release before, not only on sources and catalogue.
OUTSIDE_CONTENT = frozenset({"audit_result", "change"})


class Progress(Protocol):
    """Told of every step: its name, and how many of how many are done."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show it, or not."""


def build_draft(
    config: Config,
    catalog: Catalog,
    inputs: Mapping[str, pa.Table],
    progress: Progress | None = None,
) -> Draft:
    """Compute every table of a release from `inputs` and write it as a draft folder.

    What is published is not touched; the same figures with the same catalogue and audits are
    the same release. Raises `ContractError` for an input that is not in the contract's shape.
    """
    tell = progress or _silent
    before = published(config)
    catalog_digest = sha256(catalog.model_dump_json())
    with duckdb.connect(":memory:") as connection:
        _prepare(connection, config)
        _load(connection, {**_inputs(inputs), **declared_tables(catalog)}, tell)
        _compute(connection, config, before, tell)
        results = _audit(connection, tell)
        tables = {name: conform(name, connection.table(name).to_arrow_table()) for name in TABLES}
        content = sha256(catalog_digest, *_said(connection, results))
    tell("write", 0, 1)
    draft = write_draft(config, tables, catalog_digest, before, results, content)
    tell("write", 1, 1)
    return draft


def _silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


def _prepare(connection: duckdb.DuckDBPyConnection, config: Config) -> None:
    # One thread: floats are then added up in one order, and a rebuild is the same to the last bit.
    connection.execute("set threads = 1")
    connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
    today = datetime.now(tz=UTC).date()
    connection.execute("set variable today = $today::date", {"today": today})
    least = config.thresholds.minimum_coverage
    connection.execute("set variable minimum_coverage = $least::double", {"least": least})


def _inputs(given: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return a table for every input of the contract, empty where none is given."""
    if unknown := given.keys() - INPUTS.keys():
        raise ContractError(f"tables that are no input of a release: {sorted(unknown)}")
    empty = {name: contract.schema.empty_table() for name, contract in INPUTS.items()}
    return {**empty, **given}


def _load(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], tell: Progress
) -> None:
    for done, (name, table) in enumerate(tables.items(), start=1):
        _create_from(connection, name, conform(name, table))
        tell("load", done, len(tables))


def _compute(
    connection: duckdb.DuckDBPyConnection, config: Config, before: str | None, tell: Progress
) -> None:
    path = config.releases / f"{before}" / "observation.parquet"
    empty = OUTPUTS["observation"].schema.empty_table()
    _create_from(connection, "before", pq.read_table(path) if path.exists() else empty)
    marts = sorted((SQL / "marts").glob("*.sql"))
    for done, mart in enumerate(marts, start=1):
        name = mart.stem.partition("_")[2]
        _create(connection, name, mart.read_text(encoding="utf-8"))
        tell("marts", done, len(marts))


def _audit(connection: duckdb.DuckDBPyConnection, tell: Progress) -> tuple[AuditResult, ...]:
    wanted = audits()
    results = []
    for done, audit in enumerate(wanted, start=1):
        results.append(audit.run(connection))
        tell("audits", done, len(wanted))
    schema = OUTPUTS["audit_result"].schema
    rows = [result.model_dump() for result in results]
    _create_from(connection, "audit_result", pa.Table.from_pylist(rows, schema=schema))
    return tuple(results)


def _said(connection: duckdb.DuckDBPyConnection, results: tuple[AuditResult, ...]) -> Iterator[str]:
    """Yield what makes one release another: its audits, and what every table says."""
    yield from (result.sql for result in results)
    digest = (SQL / "content.sql").read_text(encoding="utf-8")
    for table in sorted(TABLES.keys() - OUTSIDE_CONTENT):
        (found,) = connection.execute(digest, {"table": table}).fetchone() or ("",)
        yield f"{table} {found}"


def _create_from(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("incoming", table)
    _create(connection, name, "from incoming")
    connection.unregister("incoming")


def _create(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Make a table of a SELECT, in the order of its key."""
    order = ", ".join(f'"{column}"' for column in TABLES[name].key) if name in TABLES else "all"
    connection.execute(f"create table {name} as from ({sql}\n) order by {order}")
