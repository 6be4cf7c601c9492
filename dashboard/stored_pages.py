"""Pages that a server drew, on disk for those that start later with the same release and code."""

from __future__ import annotations

import hashlib
import logging
import shutil
from typing import TYPE_CHECKING

from warehouse.files import write_atomic
from warehouse.release.publish import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warehouse.config import Config

LOG = logging.getLogger(__name__)
MOST_FILES, MOST_BYTES = 4_000, 64_000  # of one edition; of one page
MOST_EDITIONS = 3
DIGEST = 32  # bytes of a SHA-256


class StoredPages:
    """Files of pages below `cache/pages`, one folder for each edition.

    An edition is a release with all that its pages depend on: code, catalogue, settings and the
    other releases. What cannot be read, or is not what was written, is
    drawn; where nothing can be written, nothing is stored.
    """

    def __init__(self, config: Config, code: str) -> None:
        """Store pages that are drawn with the code, catalogue and settings named by `code`."""
        self._folder = config.drawn_pages
        self._releases = config.releases
        self._code = code
        self._is_writable = True

    def read(self, release: str, name: str) -> bytes | None:
        """Return the page that was stored as `name` of the present edition of a release."""
        try:
            content = self._path(release, name).read_bytes()
        except OSError:
            return None
        page = content[DIGEST:]
        return page if _digest(name, page) == content[:DIGEST] else None

    def write(self, release: str, name: str, page: bytes) -> None:
        """Store a page, unless it is large, there are many already, or nothing can be written."""
        path = self._path(release, name)
        if not self._is_writable or len(page) > MOST_BYTES:
            return
        try:
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True)
                _remove(older_editions(self._folder))
            if sum(1 for _ in path.parent.iterdir()) < MOST_FILES:
                write_atomic(path, _digest(name, page) + page)
        except OSError as error:
            self._is_writable = False
            LOG.warning("drawn pages stay in memory only: %s", error)

    def _path(self, release: str, name: str) -> Path:
        others = sorted(
            (entry.name, entry.stat().st_mtime_ns)
            for entry in self._releases.iterdir()
            if not entry.name.endswith(DRAFT) and not entry.name.startswith(".")
        )
        edition = hashlib.sha256(f"{self._code} {others}".encode()).hexdigest()[:16]
        file = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
        return self._folder / f"{release}-{edition}" / f"{file}.br"


def older_editions(folder: Path) -> list[Path]:
    """Return the editions that are one too many, the newest first."""
    editions = [(path.stat().st_mtime_ns, path) for path in folder.iterdir() if path.is_dir()]
    return [path for _, path in sorted(editions, reverse=True)[MOST_EDITIONS:]]


def _digest(name: str, page: bytes) -> bytes:
    """Return the digest of a page below its name: a file of another name is not that page."""
    return hashlib.sha256(name.encode("utf-8", "replace") + b"\0" + page).digest()


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
