"""Digest of the code and the catalogue that answers are made with."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def digest_of(folders: Iterable[Path], patterns: tuple[str, ...] = ("*.py", "*.yaml")) -> str:
    """Return a digest of the files below the folders that have one of the patterns."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for pattern in patterns for path in folder.rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
