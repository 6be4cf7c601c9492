"""Manifest of a release: its tables with digests, its catalogue, its audits, its own digest."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from warehouse.errors import ReleaseError
from warehouse.files import sha256_of, write_atomic
from warehouse.messages import field_errors, message, system_error

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True)


class TableEntry(_Entry):
    """One Parquet file: its columns with types, number of rows and SHA-256 digest."""

    columns: dict[str, str]
    rows: int
    sha256: str


class AuditResult(_Entry):
    """Number of bad rows of an audit; `sample`: the first ones as JSON."""

    audit: str
    severity: Literal["error", "warning"]
    failures: int
    sample: str
    sql: str


class Acceptance(_Entry):
    """Why a release was published despite a failed audit, and when (UTC)."""

    audit: str
    because: str
    at: datetime
    failures: int


class Manifest(_Entry):
    """A release or draft; `catalog` and `content` are digests, `previous` is the release before.

    `fingerprints`: a digest per indicator of what its observations are computed from;
    `computed`: the indicators that were computed; the others were copied from `previous`.
    `files`: digests of the files beside the tables; none in releases older than this field.
    `sequence`: its place among all releases and drafts, which no clock changes; 0 in those older
    than this field. `seal`: digest of the rest of the manifest, in those with a sequence.
    """

    release: str
    created: datetime
    catalog: str
    content: str
    previous: str | None
    tables: dict[str, TableEntry]
    audits: tuple[AuditResult, ...]
    accepted: tuple[Acceptance, ...] = ()
    fingerprints: dict[str, str] = {}
    computed: tuple[str, ...] = ()
    files: dict[str, str] = {}
    sequence: int = 0
    seal: str = ""

    @property
    def order(self) -> tuple[int, datetime, str]:
        """By which releases are sorted, the newest last."""
        return self.sequence, self.created, self.release

    @property
    def failed(self) -> tuple[AuditResult, ...]:
        """The audits that forbid publishing unless someone accepts them."""
        return tuple(a for a in self.audits if a.severity == "error" and a.failures)

    @property
    def refused(self) -> tuple[AuditResult, ...]:
        """The failed audits that no one has accepted."""
        accepted = {acceptance.audit for acceptance in self.accepted}
        return tuple(a for a in self.failed if a.audit not in accepted)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a release or draft; raises `ReleaseError` if it is not what was written.

    One without a seal is older than seals.
    """
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
        manifest = Manifest.model_validate_json(content)
    except FileNotFoundError:
        raise ReleaseError(message("no_manifest", folder=folder, manifest=MANIFEST)) from None
    except ValidationError as error:
        raise ReleaseError(
            *(
                message("broken_manifest", path=path, field=field, said=reason)
                for field, reason in field_errors(error, MANIFEST)
            )
        ) from error
    except OSError as error:
        raise ReleaseError(system_error(error)) from error
    if (manifest.sequence or manifest.seal) and manifest.seal != _seal(content):
        raise ReleaseError(message("other_bytes", path=path))
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, with its seal, into the folder of the tables that it names."""
    seal = _seal(manifest.model_dump_json())
    write_atomic(
        folder / MANIFEST, manifest.model_copy(update={"seal": seal}).model_dump_json(indent=2)
    )


def verify(folder: Path) -> Manifest:
    """Return the manifest; raises `ReleaseError` that lists every missing or altered file."""
    manifest = read_manifest(folder)
    faults = []
    if folder.name.partition(".")[0] != manifest.release:
        faults.append(message("other_name", folder=folder, release=manifest.release))
    digests = {f"{name}.parquet": entry.sha256 for name, entry in manifest.tables.items()}
    for name, digest in (digests | manifest.files).items():
        path = folder / name
        try:
            if sha256_of(path) != digest:
                faults.append(message("other_bytes", path=path))
        except FileNotFoundError:
            faults.append(message("no_table", path=path))
        except OSError as error:
            faults.append(system_error(error))
    if faults:
        raise ReleaseError(*faults)
    return manifest


def _seal(content: bytes | str) -> str:
    """Return the digest of a manifest's JSON, whatever its layout, without its seal."""
    fields = {name: value for name, value in json.loads(content).items() if name != "seal"}
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
