"""Audits: every one is a SELECT of bad rows; none found is good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

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


class Audit(NamedTuple):
    """A named SELECT of bad rows; `table` and `key` are the parameters of `unique_key.sql`."""

    name: str
    severity: Severity
    sql: str
    parameters: dict[str, Any]

    @property
    def table(self) -> str | None:
        """The one table that the audit is of, None for several."""
        return self.parameters.get("table")

    def passed(self) -> AuditResult:
        """Return the result of no bad rows."""
        return self._result(0, [])

    def run(self, connection: duckdb.DuckDBPyConnection) -> AuditResult:
        """Count the bad rows and keep the first as a sample; most audits find none."""
        bad, given = f"from ({self.sql}\n)", self.parameters or None
        ((failures,),) = connection.execute(f"select count(*) {bad}", given).fetchall()
        if not failures:
            return self.passed()
        first = connection.sql(f"{bad} order by all limit {SAMPLE_ROWS}", params=given)
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
    """Return the audits of `sql/audits`, and one of the key of every table."""
    return (*_of_folder(), *_of_keys())


def _of_folder() -> Iterator[Audit]:
    for path in sorted((SQL / "audits").glob("*.sql")):
        yield _read(path, path.stem, {})


def _of_keys() -> Iterator[Audit]:
    for table, contract in TABLES.items():
        if table != "audit_result":
            parameters = {"table": table, "key": list(contract.key)}
            yield _read(SQL / "unique_key.sql", f"unique_{table}", parameters)


def _read(path: Path, name: str, parameters: dict[str, Any]) -> Audit:
    sql = path.read_text(encoding="utf-8")
    severity = next((s for s in SEVERITIES if s == front_matter(sql).get("severity")), None)
    if severity is None:
        raise ReleaseError(f"{path}: its head needs a severity of {SEVERITIES}")
    return Audit(name, severity, sql, parameters)
