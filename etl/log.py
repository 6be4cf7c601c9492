"""Log of a run for machines: one JSON object per line on standard error."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GATHERING = "gathering"  # its steps are datasets; those of other stages are parts
LOGGER = logging.getLogger(__name__)
LOGGER.setLevel(logging.INFO)


class JsonHandler(logging.Handler):
    """Writes a record's time (UTC), its step and its fields."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line to the present standard error."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry = {"time": moment, "step": record.getMessage(), **record.__dict__["fields"]}
        sys.stderr.write(json.dumps(entry, ensure_ascii=False, default=str) + "\n")
        sys.stderr.flush()


LOGGER.addHandler(JsonHandler())


def line(step: str, **fields: object) -> None:
    """Log one step of the run."""
    LOGGER.info(step, extra={"fields": fields})


def timed(stage: str) -> Callable[..., None]:
    """Return a function that logs a stage, with the seconds since its previous line."""
    before = time.monotonic()

    def write(**fields: object) -> None:
        nonlocal before
        now = time.monotonic()
        seconds, before = round(now - before, 3), now
        line(stage, **fields, seconds=seconds)

    return write


def progress(stage: str) -> Callable[..., None]:
    """Return a `warehouse.progress.Progress` that logs every step of a stage."""
    write = timed(stage)
    name = "dataset" if stage == GATHERING else "part"

    def show(step: str, done: int, total: int, *, rows: int = 0, outcome: str = "done") -> None:
        write(**{name: step}, done=done, total=total, rows=rows, outcome=outcome)

    return show
