"""Counters of answers in Prometheus' text format, summed over the workers of a server."""

from __future__ import annotations

import json
import os
import resource
import time
from bisect import bisect_left
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHARED_FOLDER = "CRUSCOTTO_METRICS"  # where the workers of one server keep their counters
SECONDS_BETWEEN_WRITES = 1.0
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
GROUPS = (
    ("/_page/", "change"),
    ("/_places/", "change"),
    ("/_dash-layout", "layout"),
    ("/_dash-", "file"),
    ("/assets/", "file"),
    ("/bundle/", "file"),
    ("/shapes/", "file"),
    ("/api/", "api"),
    ("/health/", "health"),
    ("/metrics", "health"),
)


class Metrics:
    """Counters of one worker, kept in a folder where the others find them."""

    def __init__(self) -> None:
        folder = os.environ.get(SHARED_FOLDER)
        self._file = Path(folder, f"{os.getpid()}.json") if folder else None
        self._counters: defaultdict[str, float] = defaultdict(float)
        self._written = 0.0

    def count(self, path: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        group = next((name for start, name in GROUPS if path.startswith(start)), "page")
        method = method if method in {"GET", "HEAD", "POST"} else "other"
        labels = f'kind="{group}",method="{method}",status="{status}"'
        self._counters[f"cruscotto_requests_total{{{labels}}}"] += 1
        bucket = bisect_left(BUCKETS, seconds)
        for limit in (*BUCKETS[bucket:], "+Inf"):
            self._counters[f'cruscotto_request_seconds_bucket{{kind="{group}",le="{limit}"}}'] += 1
        self._counters[f'cruscotto_request_seconds_sum{{kind="{group}"}}'] += seconds
        self._counters[f'cruscotto_request_seconds_count{{kind="{group}"}}'] += 1
        if self._file and time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self._write(self._file)

    def text(self, gauges: Mapping[str, float]) -> str:
        """Return the counters of all workers and `gauges`, in Prometheus' text format."""
        if self._file:
            self._write(self._file)
        totals: defaultdict[str, float] = defaultdict(float)
        for counters in self._all():
            for key, value in counters.items():
                totals[key] += value
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        values = {**totals, **gauges, "cruscotto_worker_peak_memory_bytes": memory}
        return "\n".join([*_lines(values), ""])

    def _all(self) -> Iterator[Mapping[str, float]]:
        """Yield the counters of every worker; those of one that ended stay."""
        if not self._file:
            yield self._counters
            return
        for path in sorted(self._file.parent.glob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))

    def _write(self, path: Path) -> None:
        self._written = time.monotonic()
        write_atomic(path, json.dumps(self._counters).encode())


def _lines(values: Mapping[str, float]) -> Iterator[str]:
    named = ""
    for key in sorted(values, key=_order):
        name = key.partition("{")[0]
        family = name.removesuffix("_bucket").removesuffix("_sum").removesuffix("_count")
        if family != named:
            named = family
            yield f"# TYPE {family} {_kind(name, family)}"
        yield f"{key} {values[key]:g}" if values[key] < 1 else f"{key} {values[key]:.15g}"


def _order(key: str) -> tuple[str, str, float]:
    """Return families together and the buckets of one in ascending order."""
    start, _, limit = key.partition('le="')
    return start.partition("{")[0], start, float(limit.rstrip('"}') or 0)


def _kind(name: str, family: str) -> str:
    if name != family:
        return "histogram"
    return "counter" if family.endswith("_total") else "gauge"
