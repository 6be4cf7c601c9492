"""Digest of the code and the catalogue that answers are made with."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.config import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warehouse.config import Config

CODE = PROJECT / "dashboard", PROJECT / "warehouse"
COMPILED = "__pycache__"
# Libraries whose version may change a page, and settings that change none.
LIBRARIES = ("babel", "dash", "jinja2", "markdown-it-py", "plotly")
WITHOUT: Any = {"server": {"host", "port", "workers", "rate", "monitoring"}, "limits": True}


def code_digest(config: Config) -> str:
    """Return a digest of all that makes a page but the release: code, catalogue, settings."""
    settings = config.model_dump_json(exclude=WITHOUT)
    versions = [version(name) for name in LIBRARIES]
    return digest_of((*CODE, config.catalog), f"{versions} {settings}")


def digest_of(folders: Iterable[Path], settings: str = "") -> str:
    """Return a digest of all files below the folders, by their names and contents, and settings."""
    digest = hashlib.sha256(settings.encode())
    for folder in _outermost([folder.resolve() for folder in folders]):
        for path in _files(folder):
            content = Path(path).read_bytes()
            digest.update(f"{path.removeprefix(str(folder))} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def _outermost(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the folders that are not inside another: their files are read once."""
    yield from (path for path in folders if not set(path.parents) & set(folders))


def _files(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name != COMPILED)
        yield from (f"{parent}/{name}" for name in sorted(names))
