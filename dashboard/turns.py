"""Readers go first: what is read ahead waits while a page is being drawn."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turns:
    """Counts the readers whose page is being drawn; whoever can wait, waits until there is none."""

    def __init__(self) -> None:
        self._change = Condition()
        self._readers = 0

    @contextmanager
    def reader(self) -> Iterator[None]:
        """Go at once, and before those who can wait."""
        with self._change:
            self._readers += 1
        try:
            yield
        finally:
            with self._change:
                self._readers -= 1
                self._change.notify_all()

    def wait(self) -> None:
        """Return when no reader is waiting for a page."""
        with self._change:
            self._change.wait_for(lambda: not self._readers)
