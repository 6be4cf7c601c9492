"""The log of a run for machines: a line of JSON for every step, on the standard error."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

READING = "gathering"


def line(step: str, **said: object) -> None:
    """Write one line: `time` (UTC), `step`, and what is said of it."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(  # noqa: T201  # the log is what is asked for
        json.dumps({"time": now, "step": step, **said}, ensure_ascii=False, default=str),
        file=sys.stderr,
        flush=True,
    )


def steps(stage: str) -> Callable[..., None]:
    """Return what to call with (step, done, total, rows, outcome); it writes a line each time.

    Reading tells the `dataset`; what is computed tells its `part`. `seconds`: since the line
    before of the same stage.
    """
    before = time.monotonic()

    def tell(step: str, done: int, total: int, *, rows: int = 0, outcome: str = "done") -> None:
        nonlocal before
        now = time.monotonic()
        seconds, before = round(now - before, 3), now
        what = {"dataset": step} if stage == READING else {"part": step}
        line(stage, **what, done=done, total=total, seconds=seconds, rows=rows, outcome=outcome)

    return tell
