"""Files and folders that are replaced in one step, their leftovers, JSON and digests of files."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A name that `write_atomic` or `replace_folder` gives until they end; before 0.2 with a process id.
TEMPORARY = re.compile(
    r"\..+\.[0-9a-f]{32}|(\.[0-9a-f]{16,64}|current|pins|refresh\.json)(\.br)?\.\d{1,10}"
)


def is_temporary(path: Path) -> bool:
    """Say whether a path is what a killed process left of a file or folder being replaced."""
    return TEMPORARY.fullmatch(path.name) is not None


def read_json(path: Path) -> Any:  # noqa: ANN401  # any JSON value
    """Return the value of a JSON file; raises `OSError`, or `ValueError` if it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError(f"{path}: too many levels") from None


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
