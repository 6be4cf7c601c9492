"""Least interval between two calls to one host, across all processes of the machine."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class RateLimiter:
    """Makes callers wait their turn, with a lock file per host and the time of its last call."""

    def __init__(self, folder: Path, intervals: Mapping[str, float]) -> None:
        """Use `intervals`: seconds by domain and its subdomains; "" is any other host."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._intervals = intervals

    def interval(self, host: str) -> float:
        """Return the interval of the longest declared domain that `host` belongs to."""
        domains = [d for d in self._intervals if not d or f".{host}".endswith(f".{d}")]
        return self._intervals[max(domains, key=len)] if domains else 0

    def wait(self, host: str) -> None:
        """Return when a call to `host` may start, and record its start."""
        interval = self.interval(host)
        name = re.sub(r"[^a-z0-9.-]", "_", host.lower())
        last = self._folder / f"{name}.last"
        with FileLock(self._folder / f"{name}.lock"):
            elapsed = time.time() - _last_call(last)
            if 0 <= elapsed < interval:  # no wait after a clock was set back
                time.sleep(interval - elapsed)
            last.write_text(repr(time.time()), encoding="ascii")


def _last_call(last: Path) -> float:
    try:
        return float(last.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):  # no call yet, or a process died while writing
        return 0
