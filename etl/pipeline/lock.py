"""One refresh at a time on a data folder: who comes second is told who is at work."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from warehouse.errors import CruscottoError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK, HOLDER = "refresh.lock", "refresh.holder.json"


@dataclass(frozen=True)
class Holder:
    """The process that is at work; `since` is UTC."""

    pid: int
    since: str


class LockedError(CruscottoError):
    """Another refresh is at work on the same data folder."""

    def __init__(self, holder: Holder) -> None:
        """Name who is at work."""
        super().__init__(f"process {holder.pid} is refreshing since {holder.since} UTC")
        self.holder = holder


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raises `LockedError` at once where another holds it.

    The lock goes with the process that holds it, however that ends.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / LOCK, timeout=0):
            now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", timespec="seconds")
            (data / HOLDER).write_text(json.dumps({"pid": os.getpid(), "since": now}), "utf-8")
            try:
                yield
            finally:
                (data / HOLDER).unlink(missing_ok=True)
    except Timeout:
        raise LockedError(_holder(data / HOLDER)) from None


def _holder(path: Path) -> Holder:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Holder(0, "?")  # it has just begun, or just ended
