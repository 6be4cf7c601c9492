"""The raw bytes of a provider's file, with where they come from; kept once, never changed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from warehouse.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

META, CONTENT = "snapshot.json", "content"


@dataclass(frozen=True)
class Snapshot:
    """One file as it came; `file` is its path below the folder that it was read from."""

    dataset: str
    file: str
    address: str
    licence: str
    content: bytes
    fetched: datetime | None = None

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


def files(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Return the files of `folder` that match the glob `pattern`, by name."""
    return tuple(sorted(path for path in folder.glob(pattern) if path.is_file()))


def read(path: Path) -> bytes:
    """Return a file's bytes; raises `SourceError` when they cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: not readable: {error.strerror}") from error


def keep(snapshot: Snapshot, folder: Path) -> datetime:
    """Keep the bytes and what is known of them under `folder`/<sha256>, once.

    Returns when these bytes were first kept.
    """
    final = folder / snapshot.sha256
    if not (final / META).exists():
        beside = folder / f".{snapshot.sha256}.{os.getpid()}"
        beside.mkdir(parents=True, exist_ok=True)
        (beside / CONTENT).write_bytes(snapshot.content)
        said = snapshot.row(0) | {"fetched": datetime.now(UTC).isoformat(timespec="seconds")}
        said.pop("rows")
        (beside / META).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.rename(final)
    meta = json.loads((final / META).read_text(encoding="utf-8"))
    return datetime.fromisoformat(meta["fetched"])
