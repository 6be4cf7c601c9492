"""Audits: SELECTs of bad rows, run on a draft; no rows means all is well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from warehouse.errors import ReleaseError
from warehouse.front_matter import front_matter
from warehouse.release.manifest import AuditResult
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

SQL = Path(__file__).parent.parent / "sql"
Severity = Literal["error", "warning"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SAMPLE_ROWS = 5


@dataclass(frozen=True, slots=True)
class Audit:
    """A named SELECT of bad rows; `table` and `key` are the parameters of `unique_key.sql`."""

    name: str
    severity: Severity
    sql: str
    parameters: dict[str, Any]

    @property
    def table(self) -> str | None:
        """The only table that the audit reads; None for several."""
        return self.parameters.get("table")

    def passed(self) -> AuditResult:
        """Return the result without bad rows."""
        return self._result(0, [])

    def run(self, connection: duckdb.DuckDBPyConnection) -> AuditResult:
        """Count the bad rows and keep the first ones as a sample."""
        bad_rows, parameters = f"from ({self.sql}\n)", self.parameters or None
        ((failures,),) = connection.execute(f"select count(*) {bad_rows}", parameters).fetchall()
        if not failures:
            return self.passed()
        first = connection.sql(f"{bad_rows} order by all limit {SAMPLE_ROWS}", params=parameters)
        return self._result(failures, first.to_arrow_table().to_pylist())

    def _result(self, failures: int, sample: list[dict[str, Any]]) -> AuditResult:
        return AuditResult(
            audit=self.name,
            severity=self.severity,
            failures=failures,
            sample=json.dumps(sample, default=str, ensure_ascii=False),
            sql=self.sql,
        )


def audits() -> tuple[Audit, ...]:
    """Return the audits of `sql/audits`, and one per table for its key."""
    return (*_folder_audits(), *_key_audits())


def _folder_audits() -> Iterator[Audit]:
    for path in sorted((SQL / "audits").glob("*.sql")):
        yield _read(path, path.stem, {})


def _key_audits() -> Iterator[Audit]:
    for table, contract in TABLES.items():
        if table != "audit_result":
            parameters = {"table": table, "key": list(contract.key)}
            yield _read(SQL / "unique_key.sql", f"unique_{table}", parameters)


def _read(path: Path, name: str, parameters: dict[str, Any]) -> Audit:
    sql = path.read_text(encoding="utf-8")
    severity = next((s for s in SEVERITIES if s == front_matter(sql).get("severity")), None)
    if severity is None:
        raise ReleaseError(f"{path}: its front matter needs a severity of {SEVERITIES}")
    return Audit(name, severity, sql, parameters)
