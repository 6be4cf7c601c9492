"""How a command of `etl` ends, as a number that cron, systemd and make can read."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """0 done, or nothing to do; 1 to mend; 2 wrong words; 3 audits failed; 4 another is at work."""

    DONE = 0  # the draft stands or is published; or nothing changed; or nothing is due
    FAULTS = 1  # a file failed, a provider did not answer, or a known fault stopped the command
    USAGE = 2  # an option or dataset that there is not; typer's own code
    AUDITS = 3  # the draft stands, but an audit forbids publishing it
    LOCKED = 4  # another refresh is at work on the same data folder
