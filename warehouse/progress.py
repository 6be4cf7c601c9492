"""Progress of a long task, reported while it runs."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called after each step of a task with its name, its position and the number of steps."""

    def __call__(
        self, step: str, done: int, total: int, *, rows: int = 0, outcome: str = ""
    ) -> None:
        """Show the step; `rows` and `outcome` (a key of the messages) describe its result."""


def silent(step: str, done: int, total: int, *, rows: int = 0, outcome: str = "") -> None:
    """Show nothing."""
