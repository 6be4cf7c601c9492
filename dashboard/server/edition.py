"""Digest of the code and the catalogue that answers are made with."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COMPILED = "__pycache__"


def digest_of(folders: Iterable[Path], settings: str = "") -> str:
    """Return a digest of all files below the folders, by their names and contents, and settings."""
    digest = hashlib.sha256(settings.encode())
    for folder in folders:
        for path in _files(folder):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            yield path
        elif path.name != COMPILED:
            yield from _files(path)
