"""The raw bytes of a provider's file, with where they come from; kept once, never changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

META, CONTENT, RECEIVED = "snapshot.json", "content", ".received.json"


@dataclass(frozen=True)
class Snapshot:
    """One file as it came; `file` is its path below the folder that it was read from.

    `headers`: what the provider's server said of it, if it was fetched.
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


@dataclass(frozen=True)
class Received:
    """What is known of a fetched file; it stands beside the file, in `<name>.received.json`.

    `asked`: the declaration that it came by; `sha256`: of the file; `raw`: of the bytes as they
    came, before an archive's member was taken out or pages were put together; `fetched`: when
    this content first came; `checked`: when the provider last said that it still holds.
    """

    address: str
    asked: str
    licence: str
    sha256: str
    raw: str
    bytes: int
    fetched: datetime
    checked: datetime
    headers: Mapping[str, str]


def received(path: Path) -> Received | None:
    """Return what is known of the fetched file at `path`; None if it is not as it was fetched."""
    try:
        said = json.loads(path.with_name(path.name + RECEIVED).read_text(encoding="utf-8"))
        times = {name: datetime.fromisoformat(said[name]) for name in ("fetched", "checked")}
        known = Received(**{**said, **times})
        with path.open("rb") as file:
            return (
                known if hashlib.file_digest(file, "sha256").hexdigest() == known.sha256 else None
            )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def digest(path: Path) -> str:
    """Return the sha256 of a file, big as it may be."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_received(path: Path, known: Received) -> None:
    """Write down what is known of the fetched file at `path`."""
    beside = path.with_name(path.name + RECEIVED)
    part = beside.with_name(f"{beside.name}.{os.getpid()}")
    text = json.dumps(asdict(known), ensure_ascii=False, indent=1, default=datetime.isoformat)
    part.write_text(text, encoding="utf-8")
    part.replace(beside)


def files(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Return the files of `folder` that match the glob `pattern`, by name without its ending."""
    found = (path for path in folder.glob(pattern) if path.is_file())
    return tuple(sorted(found, key=lambda path: (path.parent, path.stem, path.suffix)))


def read(path: Path) -> bytes:
    """Return a file's bytes; raises `SourceError` when they cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(reject("file_unreadable")) from error


def keep(snapshot: Snapshot, folder: Path) -> datetime:
    """Keep the bytes and what is known of them under `folder`/<sha256>, once.

    Returns when these bytes were first kept; what is damaged there is kept anew.
    """
    final = folder / snapshot.sha256
    first = _kept(final, len(snapshot.content))
    if first is None:
        beside = folder / f".{snapshot.sha256}.{os.getpid()}"
        beside.mkdir(parents=True, exist_ok=True)
        (beside / CONTENT).write_bytes(snapshot.content)
        fetched = (snapshot.fetched or datetime.now(UTC)).isoformat(timespec="seconds")
        said = snapshot.row(0) | {"fetched": fetched, "headers": dict(snapshot.headers)}
        said.pop("rows")
        (beside / META).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        shutil.rmtree(final, ignore_errors=True)
        beside.rename(final)
        first = datetime.fromisoformat(fetched)
    return first


def _kept(final: Path, size: int) -> datetime | None:
    """Return when the bytes of a snapshot were first kept; None where they are not there whole."""
    try:
        said = json.loads((final / META).read_text(encoding="utf-8"))
        is_whole = (final / CONTENT).stat().st_size == size
        return datetime.fromisoformat(said["fetched"]) if is_whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
