"""Snapshots: the raw bytes of a provider's files with their origin, stored once, never changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from etl.quarantine import reject
from warehouse.errors import SourceError
from warehouse.files import read_json, replace_folder, sha256_of, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

META, CONTENT, RECEIVED = "snapshot.json", "content", ".received.json"
MAGIC = frozenset("*?[")  # of a glob pattern; without them it is the path of one file


@dataclass(frozen=True)
class Snapshot:
    """One file as the provider published it; `file` is its path below the folder it was read from.

    `headers`: those of the provider's server, if the file was fetched.
    """

    dataset: str
    file: str
    address: str
    licence: str
    content: bytes
    fetched: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, which is also the snapshot's name."""
        return hashlib.sha256(self.content).hexdigest()

    def row(self, rows: int) -> dict[str, object]:
        """Return the row of table `snapshot`; `rows` figures were read from the file."""
        return {
            "snapshot": self.sha256,
            "dataset": self.dataset,
            "file": self.file,
            "address": self.address,
            "licence": self.licence,
            "fetched": self.fetched,
            "bytes": len(self.content),
            "rows": rows,
        }


@dataclass(frozen=True, slots=True)
class Received:
    """Metadata of a fetched file, stored as `<name>.received.json` in the same folder.

    `request`: the declaration it was fetched by; `sha256`: of the file; `raw`: of the bytes
    as received, before an archive's member was extracted or pages were concatenated; `fetched`:
    when this content was first received; `checked`: when the provider last confirmed it.
    """

    address: str
    request: str
    licence: str
    sha256: str
    raw: str
    bytes: int
    fetched: datetime
    checked: datetime
    headers: Mapping[str, str]


def received(path: Path) -> Received | None:
    """Return the metadata of the fetched file at `path`; None if the file has changed since."""
    try:
        fields = read_json(path.with_name(path.name + RECEIVED))
        if "asked" in fields:  # the key before 0.2
            fields["request"] = fields.pop("asked")
        times = {name: datetime.fromisoformat(fields[name]) for name in ("fetched", "checked")}
        metadata = Received(**{**fields, **times})
        return metadata if sha256_of(path) == metadata.sha256 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_received(path: Path, metadata: Received) -> None:
    """Store the metadata of the fetched file at `path`."""
    text = json.dumps(asdict(metadata), ensure_ascii=False, indent=1, default=datetime.isoformat)
    write_atomic(path.with_name(path.name + RECEIVED), text)


def files(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Return the files of `folder` that match the glob `pattern`, by name without suffix."""
    paths = folder.glob(pattern) if MAGIC & set(pattern) else (folder / pattern,)
    return in_order(path for path in paths if _is_file(path))


def _is_file(path: Path) -> bool:
    """Say whether a path is a file; one that may not be looked at counts as absent."""
    try:
        return path.is_file()
    except OSError:
        return False


def in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Sort files by their folder and by name without suffix."""
    return tuple(sorted(paths, key=lambda path: (path.parent, path.stem, path.suffix)))


def read(path: Path) -> bytes:
    """Return a file's bytes; raises `SourceError` if they cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(reject("file_unreadable")) from error


def store(snapshot: Snapshot, folder: Path) -> datetime:
    """Store the bytes and their origin under `folder`/<sha256>, unless they are there.

    Returns when these bytes were first stored; a damaged snapshot is replaced.
    """
    path = folder / snapshot.sha256
    if first := _first_stored(path, len(snapshot.content)):
        return first
    fetched = (snapshot.fetched or datetime.now(UTC)).isoformat(timespec="seconds")
    origin = snapshot.row(0) | {"fetched": fetched, "headers": dict(snapshot.headers)}
    del origin["rows"]
    with replace_folder(path) as temporary:
        (temporary / CONTENT).write_bytes(snapshot.content)
        text = json.dumps(origin, ensure_ascii=False, indent=1)
        (temporary / META).write_text(text, encoding="utf-8")
    return datetime.fromisoformat(fetched)


def _first_stored(path: Path, size: int) -> datetime | None:
    """Return when a snapshot was first stored; None where it is missing or incomplete."""
    try:
        origin = read_json(path / META)
        is_complete = (path / CONTENT).stat().st_size == size
        return datetime.fromisoformat(origin["fetched"]) if is_complete else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
