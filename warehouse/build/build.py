"""Build a draft release: load tables, compute the marts, audit, write."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.build.audits import audits
from warehouse.build.draft import Draft, DraftRecord, read_draft, sha256, write_draft
from warehouse.build.marts import create_marts
from warehouse.build.previous import load_past, read_past
from warehouse.build.shortage import shortage_reported
from warehouse.build.small_cells import remove_small_cells
from warehouse.declarations.tables import declaration_tables
from warehouse.errors import ContractError
from warehouse.progress import Progress, silent
from warehouse.release.publish import has_releases, published
from warehouse.schema.conform import conform
from warehouse.schema.ddl import create_empty, empty_tables
from warehouse.schema.input_tables import INPUTS
from warehouse.schema.tables import OUTPUTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warehouse.build.previous import Past
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.release.manifest import AuditResult

__all__ = ["Draft", "Progress", "build_draft", "read_draft"]

SQL = Path(__file__).parent.parent / "sql"
# These depend on the day and on the release before, not only on sources and catalogue.
OUTSIDE_CONTENT = frozenset({"audit_result", "change", "anomaly"})
MEMORY, LARGE_MEMORY = "1GB", "3GB"  # what does not fit is spilled to a file
LARGE = 20_000_000  # rows: an indicator of a continent is more than 1 GB with its parts
ROWS_A_PART = 5_000_000  # of figures that are sorted at once
ROWS_A_THREAD = 1_000_000  # fewer are computed faster by one thread than by several


def build_draft(
    config: Config,
    catalog: Catalog,
    inputs: Mapping[str, pa.Table | Path],
    progress: Progress | None = None,
) -> Draft:
    """Compute every table of a release from `inputs` and write it as a draft folder.

    An input is a table, or the Parquet file that holds it. The published release is not touched;
    the same figures with the same catalogue and audits give the same release. Only indicators
    whose declaration, figures, places or thresholds differ from the published release are
    computed (`Draft.manifest.computed`); the others are copied from it. Raises `ContractError`
    for an input that does not follow the contract, `ReleaseError` where memory or disk is short.
    """
    tell = progress or silent
    past = read_past(config)
    declarations = catalog.model_dump_json()
    config.releases.mkdir(parents=True, exist_ok=True)
    with (
        shortage_reported(config.releases),
        TemporaryDirectory(prefix=".draft-", dir=config.releases) as scratch,
        duckdb.connect(Path(scratch) / "build.duckdb") as connection,
    ):
        rows = _rows(inputs.values())
        connection.execute(f"set threads = {min(os.cpu_count() or 1, 1 + rows // ROWS_A_THREAD)}")
        connection.execute(f"set memory_limit = '{LARGE_MEMORY if rows > LARGE else MEMORY}'")
        settings = _prepare(connection, config, past)
        create_empty(connection, TABLES)
        _load(connection, {**_valid_inputs(inputs), **declaration_tables(catalog)}, tell)
        load_past(connection, past, (SQL / "marts" / "1_place.sql").read_text(encoding="utf-8"))
        marts = create_marts(connection, settings, past, tell)
        content = sha256(sha256(declarations), *_content(connection))
        lost = has_releases(config) and not past.can_be_compared(content)
        connection.execute("set variable lost = $lost", {"lost": lost})
        results = _audit(connection, tell)
        remove_small_cells(connection)
        tell("write", 0, 1)
        record = DraftRecord(declarations, published(config), results, content, marts)
        draft = write_draft(config, connection, record)
        tell("write", 1, 1)
    return draft


def _prepare(
    connection: duckdb.DuckDBPyConnection, config: Config, past: Past
) -> dict[str, object]:
    """Set variables, and return them."""
    connection.execute("set enable_progress_bar = false")  # the caller shows progress
    connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
    settings: dict[str, object] = {
        "today": datetime.now(tz=UTC).date(),
        "minimum_coverage": config.thresholds.minimum_coverage,
        "complete_coverage": config.thresholds.complete_coverage,
        "has_before": "observation" in past.tables,
    }
    for name, value in settings.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
    return settings


def _rows(inputs: Iterable[pa.Table | Path]) -> int:
    return sum(i.num_rows if isinstance(i, pa.Table) else _rows_in(i) for i in inputs)


def _rows_in(path: Path) -> int:
    rows: int = pq.read_metadata(path).num_rows
    return rows


def _valid_inputs(inputs: Mapping[str, pa.Table | Path]) -> Mapping[str, pa.Table | Path]:
    if unknown := inputs.keys() - INPUTS.keys():
        raise ContractError(f"tables that are not an input of a release: {sorted(unknown)}")
    return inputs


def _load(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table | Path], tell: Progress
) -> None:
    connection.execute("begin")  # one write to the disk, not one for each table
    for done, (name, table) in enumerate(tables.items(), start=1):
        if name == "component" and isinstance(table, Path):
            _insert_figures(connection, table)
        else:
            rows = pq.read_table(table) if isinstance(table, Path) else table
            _insert(connection, name, conform(name, rows))
        tell("load", done, len(tables))
    connection.execute("commit")


def _audit(connection: duckdb.DuckDBPyConnection, tell: Progress) -> tuple[AuditResult, ...]:
    all_audits, empty = audits(), empty_tables(connection)
    results = []
    for done, audit in enumerate(all_audits, start=1):
        results.append(audit.passed() if audit.table in empty else audit.run(connection))
        tell("audits", done, len(all_audits))
    schema = OUTPUTS["audit_result"].schema
    rows = [result.model_dump() for result in results]
    _insert(connection, "audit_result", pa.Table.from_pylist(rows, schema=schema))
    return tuple(results)


def _content(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield what tells one release from another: its audits and a digest of each table."""
    yield from (audit.sql for audit in audits())
    digest = (SQL / "content.sql").read_text(encoding="utf-8")
    for table in sorted(TABLES.keys() - OUTSIDE_CONTENT - empty_tables(connection)):
        (value,) = connection.execute(digest, {"table": table}).fetchone() or ("",)
        yield f"{table} {value}"


def _insert(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Fill a table, sorted by its key."""
    if table.num_rows:
        connection.register("incoming", table)
        connection.execute(f"insert into {name} from incoming order by {_key(name)}")
        connection.unregister("incoming")


def _insert_figures(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Fill the table of figures, sorted by its key, from a Parquet file of any size.

    They are sorted part by part: a sort of all of them would be written to the disk and read again.
    """
    conform("component", pq.read_schema(path).empty_table())
    sql = (SQL / "component_parts.sql").read_text(encoding="utf-8")
    parts = connection.execute(sql, {"path": str(path), "rows": ROWS_A_PART}).fetchall()
    if any(None in part for part in parts):
        raise ContractError("component: rows without a dataset or a variable")
    for dataset, first, last in parts:
        connection.execute(
            "insert into component by name from read_parquet($path)"
            " where dataset = $dataset and variable between $first and $last"
            f" order by {_key('component')}",
            {"path": str(path), "dataset": dataset, "first": first, "last": last},
        )
        connection.execute("commit; begin")  # rows that are not committed take memory


def _key(name: str) -> str:
    return ", ".join(f'"{column}"' for column in TABLES[name].key)
