"""Lock of a data folder: one refresh at a time, and who holds it."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from warehouse.errors import CruscottoError
from warehouse.files import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK, HOLDER = "refresh.lock", "refresh.holder.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock; `since` is UTC."""

    pid: int
    since: str


class LockedError(CruscottoError):
    """Another process holds the lock of the data folder."""

    def __init__(self, holder: Holder) -> None:
        """Name the process that holds the lock."""
        super().__init__(f"process {holder.pid} is refreshing since {holder.since} UTC")
        self.holder = holder


@contextmanager
def data_lock(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raises `LockedError` at once where another process does.

    The lock is released when its process ends, however that happens.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / LOCK, timeout=0):
            now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", timespec="seconds")
            holder = json.dumps(asdict(Holder(os.getpid(), now)))
            (data / HOLDER).write_text(holder, encoding="utf-8")
            try:
                yield
            finally:
                (data / HOLDER).unlink(missing_ok=True)
    except Timeout:
        raise LockedError(_holder(data / HOLDER)) from None


def _holder(path: Path) -> Holder:
    try:
        return Holder(**read_json(path))
    except (OSError, ValueError, TypeError):
        return Holder(0, "?")  # it has just started, or just ended
