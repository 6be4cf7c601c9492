"""Processor time of a process and those that it started."""

from __future__ import annotations

import os
from pathlib import Path


def tree(process: int) -> list[int]:
    """Return a process and all that it started, directly or not."""
    path = Path(f"/proc/{process}/task/{process}/children")
    children = path.read_text(encoding="ascii").split()
    return [process, *(p for child in children for p in tree(int(child)))]


def cpu(process: int) -> float:
    """Return the milliseconds of processor time that a process and its children have used."""
    return sum(map(_cpu, tree(process)))


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) * 1000 / os.sysconf("SC_CLK_TCK")
