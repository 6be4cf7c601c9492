"""Time and memory of a process of this project."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.support.deployment import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path


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
