"""Files and folders that are replaced in one step, and digests of files."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_atomic(path: Path, content: bytes | str, *, sync: bool = False) -> None:
    """Write `path` in one step, creating its folder: a reader sees the old content or the new.

    With `sync`, the content and the folder's entry are on the disk when this returns.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        if sync:
            sync_to_disk(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    if sync:
        sync_to_disk(path.parent)


@contextmanager
def replace_folder(path: Path, *, prefix: str | None = None) -> Iterator[Path]:
    """Give an empty folder that replaces `path` when the block ends, or goes if it raises.

    Its name starts with `prefix` (default: a dot and the name of `path`), so that what a killed
    process leaves can be recognised and removed.
    """
    start = f".{path.name}." if prefix is None else prefix
    temporary = path.with_name(f"{start}{uuid4().hex}")
    temporary.mkdir(parents=True)  # with the umask's permissions: the server may be another user
    try:
        yield temporary
        if path.exists():
            shutil.rmtree(path)
        temporary.rename(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def sync_to_disk(*paths: Path) -> None:
    """Flush files and folders to the disk, in this order."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 digest of a file of any size, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
