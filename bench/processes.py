"""Time and memory of processes of this project."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.support.deployment import PROJECT, environment


def run(config: Path, *words: str) -> tuple[float, float]:
    """Return seconds and peak megabytes of `python <words>` in the deployment of `config`."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=PROJECT,
        env=environment(config),
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"python {' '.join(words[:4])} failed with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1000


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
