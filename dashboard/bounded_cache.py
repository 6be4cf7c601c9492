"""Cache of answers within a budget, each computed once however many threads ask for it."""

from __future__ import annotations

import sys
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Value = TypeVar("Value")

SAMPLE = 50  # rows by which the others are weighed


class BoundedCache(Generic[Value]):
    """Keeps the answers used last, as long as their sizes are within the budget."""

    def __init__(self, budget: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        """Measure answers by `size`, by default one each; a larger one than the budget goes."""
        self._budget = budget
        self._size = size
        self._lock = Lock()
        self._kept: dict[Hashable, tuple[Value, int]] = {}  # the least used first
        self._running: dict[Hashable, Future[Value]] = {}
        self.total = 0

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the answer of `key`; what `compute` raises, every thread that waits gets."""
        with self._lock:
            if key in self._kept:
                self._kept[key] = entry = self._kept.pop(key)
                return entry[0]
            running = self._running.get(key)
            if running is None:
                mine = self._running[key] = Future()
        if running is not None:
            return running.result()
        try:
            value = compute()
            self._keep(key, value)
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._running[key]
        mine.set_result(value)
        return value

    def _keep(self, key: Hashable, value: Value) -> None:
        size = self._size(value)
        if size > self._budget:
            return
        with self._lock:
            self._kept[key] = value, size
            self.total += size
            while self.total > self._budget:
                _, freed = self._kept.pop(next(iter(self._kept)))
                self.total -= freed


def size_of_rows(rows: list[dict[str, Any]]) -> int:
    """Return about how many bytes rows take: those of the first ones, for all."""
    sample = rows[:SAMPLE]
    first = sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row.values())) for row in sample)
    return sys.getsizeof(rows) + first * len(rows) // max(1, len(sample))
