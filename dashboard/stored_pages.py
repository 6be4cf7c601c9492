"""Pages that a server drew, on disk for those that start later with the same release and code."""

from __future__ import annotations

import hashlib
import logging
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from warehouse.files import write_atomic
from warehouse.release.publish import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.config import Config

LOG = logging.getLogger(__name__)
MOST_FILES, MOST_BYTES = 4_000, 64_000  # of one edition; of one page
MOST_EDITIONS = 3
DIGEST = 32  # bytes of a SHA-256
LOCK_DIGITS = 2  # of the name of a page: 256 locks
PATIENCE, POLL = 10, 0.01  # seconds


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
        self._is_warned = False

    def place(self, release: str, name: str) -> Path:
        """Return the file of a page in the present edition of a release.

        It is asked for before the page is drawn: what changes meanwhile is another edition.
        """
        edition = hashlib.sha256(f"{self._code} {self._others()}".encode()).hexdigest()[:16]
        file = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
        return self._folder / f"{release}-{edition}" / f"{file}.br"

    def read(self, place: Path) -> bytes | None:
        """Return the page that was stored in a file."""
        try:
            content = place.read_bytes()
        except OSError:
            return None
        page = content[DIGEST:]
        return page if _digest(place, page) == content[:DIGEST] else None

    @contextmanager
    def alone(self, place: Path) -> Iterator[None]:
        """Let one process at a time draw a page: the others wait, and read what it stored.

        There are few locks, so that pages may share one. Who waits too long, or cannot write here,
        draws beside the other.
        """
        lock = FileLock(
            self._folder / f"{place.name[:LOCK_DIGITS]}.lock", PATIENCE, poll_interval=POLL
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except (OSError, Timeout, NotImplementedError):  # the last where the disk has no locks
            pass  # drawn twice, and right all the same
        try:
            yield
        finally:
            lock.release()

    def write(self, place: Path, page: bytes) -> None:
        """Store a page, unless it is large, there are many already, or nothing can be written."""
        if len(page) > MOST_BYTES:
            return
        try:
            if not place.parent.is_dir():
                place.parent.mkdir(parents=True, exist_ok=True)
                remove_older_editions(self._folder)
            if sum(1 for _ in place.parent.iterdir()) < MOST_FILES:
                write_atomic(place, _digest(place, page) + page)
        except OSError as error:
            if not self._is_warned:
                LOG.warning("a drawn page stays in memory only: %s", error)
            self._is_warned = True

    def _others(self) -> list[tuple[str, int]]:
        """Return the releases with the time of their last change."""
        return sorted(
            (entry.name, _changed(entry))
            for entry in self._releases.iterdir()
            if not entry.name.endswith(DRAFT) and not entry.name.startswith(".")
        )


def remove_older_editions(folder: Path) -> None:
    """Remove the editions that are too many, the oldest."""
    editions = [(_changed(path), path) for path in folder.iterdir() if path.is_dir()]
    for _, path in sorted(editions, reverse=True)[MOST_EDITIONS:]:
        shutil.rmtree(path, ignore_errors=True)


def _digest(place: Path, page: bytes) -> bytes:
    """Return the digest of a page below its place: a file that was moved is not that page."""
    name = f"{place.parent.name}/{place.name}\n"
    return hashlib.sha256(name.encode() + page).digest()


def _changed(path: Path) -> int:
    """Return when a folder was last changed; 0 where it has just been removed."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
