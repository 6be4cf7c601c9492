"""Exit codes of `etl`, for cron, systemd and make."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """0 done or nothing to do; 1 error; 2 wrong usage; 3 failed audits; 4 locked; 130 stopped."""

    DONE = 0  # the draft is built or published; or nothing changed; or nothing is due
    FAULTS = 1  # a file failed, a provider did not answer, or a known error stopped the command
    USAGE = 2  # unknown option or dataset; typer's own code
    AUDITS = 3  # the draft is built, but an audit forbids publishing it
    LOCKED = 4  # another refresh is running on the same data folder
    INTERRUPTED = 130  # Ctrl+C, as shells number it
