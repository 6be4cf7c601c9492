"""Audits that found bad rows, in words, with sample rows as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from warehouse.release.manifest import AuditResult, Manifest

WORDS = Path(__file__).with_name("audits.yaml")


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
        Audited(a, why(a, language), accepted.get(a.audit, ""))
        for a in manifest.audits
        if a.failures
    ]
    return tuple(sorted(found, key=lambda a: (not a.forbids, a.result.severity, a.result.audit)))


def why(result: AuditResult, language: str) -> str:
    """Say what the audit looks for: in words of ours, else as its SQL begins."""
    name = "unique_key" if result.audit.startswith("unique_") else result.audit
    if name in _words():
        return _words()[name][language]
    comments = [line for line in result.sql.splitlines() if line.startswith("-- ")]
    return next((c[3:] for c in comments if not c.startswith("-- severity")), result.audit)


@cache
def _words() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = read_yaml(WORDS.read_text(encoding="utf-8"))
    return content
