"""Audits that found bad rows, in words, with sample rows as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.front_matter import description

if TYPE_CHECKING:
    from warehouse.release.manifest import AuditResult, Manifest


@dataclass(frozen=True)
class Audited:
    """An audit's result; `because` is why it was accepted, empty where it was not."""

    result: AuditResult
    why: str
    because: str

    @property
    def forbids(self) -> bool:
        """Whether the release cannot be published as things stand."""
        return self.result.severity == "error" and not self.because

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the sample, in the order of the SELECT."""
        return tuple(dict.fromkeys(column for row in self.sample for column in row))

    @property
    def sample(self) -> tuple[dict[str, object], ...]:
        """The first bad rows."""
        return tuple(json.loads(self.result.sample or "[]"))


def audited(manifest: Manifest, language: str) -> tuple[Audited, ...]:
    """Return the audits that found bad rows: what forbids publishing first."""
    accepted = {a.audit: a.because for a in manifest.accepted}
    found = [
        Audited(a, description(a.sql, language) or a.audit, accepted.get(a.audit, ""))
        for a in manifest.audits
        if a.failures
    ]
    return tuple(sorted(found, key=lambda a: (not a.forbids, a.result.severity, a.result.audit)))
