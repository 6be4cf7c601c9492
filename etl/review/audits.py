"""Audits that found bad rows, each with its description and sample rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.front_matter import description

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.release.manifest import AuditResult, Manifest


@dataclass(frozen=True, slots=True)
class AuditFailure:
    """An audit with bad rows; `because` is why it was accepted, empty where it was not."""

    result: AuditResult
    description: str
    because: str

    @property
    def forbids(self) -> bool:
        """Whether the release cannot be published until this is corrected or accepted."""
        return self.result.severity == "error" and not self.because

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the sample, in the order of the SELECT."""
        return tuple(dict.fromkeys(column for row in self.sample for column in row))

    @property
    def sample(self) -> tuple[dict[str, object], ...]:
        """The first bad rows."""
        return tuple(json.loads(self.result.sample or "[]"))


def failures(
    manifest: Manifest, language: str, results: Iterable[AuditResult] | None = None
) -> tuple[AuditFailure, ...]:
    """Return audits with bad rows (of `results`, if given), those that forbid publishing first."""
    accepted = {a.audit: a.because for a in manifest.accepted}
    rows = [
        AuditFailure(
            result,
            description(result.sql, language) or result.audit,
            accepted.get(result.audit, ""),
        )
        for result in (manifest.audits if results is None else results)
        if result.failures
    ]
    return tuple(
        sorted(rows, key=lambda row: (not row.forbids, row.result.severity, row.result.audit))
    )
