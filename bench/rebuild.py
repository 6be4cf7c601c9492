"""Time and memory of a full rebuild from the shipped figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.processes import run
from tests.support.deployment import PROJECT, deploy

if TYPE_CHECKING:
    from pathlib import Path

UNCHANGED_SECONDS = 2
# The floor: the same figures merely read and summed, by a process that starts from nothing.
FLOOR = """
import sys
from pathlib import Path
import pandas as pd
for file in Path(sys.argv[1]).rglob("*.csv"):
    frame = pd.read_csv(file, dtype="str")
    frame.groupby(list(frame.columns[:3])).size()
"""


def measure(config: Path) -> list[Figure]:
    """Build and publish the deployment of `config`; compare with a plain reading by pandas."""
    build = ("-m", "etl", "refresh", "--publish")
    run(deploy(config.parent / "before"), *build)  # compiles the code, as an installation has
    seconds, megabytes = run(config, *build)
    unchanged, _ = run(config, "-m", "etl", "refresh")
    floor, _ = run(config, "-c", FLOOR, str(PROJECT / "etl" / "shipped"))
    return [
        Figure("full rebuild and publication", seconds, "s"),
        Figure("its peak memory", megabytes, "MB"),
        Figure("unchanged refresh", unchanged, "s", UNCHANGED_SECONDS),
        Figure("times what pandas takes to read and group the same files", seconds / floor, "×"),
    ]
