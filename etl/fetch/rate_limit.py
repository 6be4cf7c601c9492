"""The least interval between two calls to one host, whoever on this machine makes them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Pace:
    """Makes callers wait their turn: a lock file per host, and beside it the last call's time."""

    def __init__(self, folder: Path, intervals: Mapping[str, float]) -> None:
        """Keep `intervals`: seconds by domain, its subdomains included; "" is every other host."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._intervals = intervals

    def interval(self, host: str) -> float:
        """Return the interval of the longest declared domain that `host` belongs to."""
        fitting = [d for d in self._intervals if not d or f".{host}".endswith(f".{d}")]
        return self._intervals[max(fitting, key=len)] if fitting else 0

    def wait(self, host: str) -> None:
        """Return when a call to `host` may begin, and write down that it began."""
        interval = self.interval(host)
        name = re.sub(r"[^a-z0-9.-]", "_", host.lower())
        last = self._folder / f"{name}.last"
        with FileLock(self._folder / f"{name}.lock"):
            ago = time.time() - _written(last)
            if 0 <= ago < interval:  # a clock that was set back keeps nobody waiting
                time.sleep(interval - ago)
            last.write_text(repr(time.time()), encoding="ascii")


def _written(last: Path) -> float:
    try:
        return float(last.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):  # no call yet, or a process died while writing
        return 0
