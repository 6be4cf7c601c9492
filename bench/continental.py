"""`python -m bench.continental`: build an invented continent, 100,000 local units of 300 M rows.

It takes long and 20 GB of disk, so `python -m bench` leaves it out.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bench.building import run
from bench.country import Country
from bench.figure import Figure, table

CONTINENT = Country(municipalities=100_000, provinces=1_200, indicators=150)
MEGABYTES = 6_000


def measure(folder: Path) -> list[Figure]:
    """Write the figures, build the release once and publish it."""
    CONTINENT.write_figures(folder)
    build = run(CONTINENT, folder)
    rows = f"{build.rows / 1e6:.0f} M observations"
    return [
        Figure(f"build of the continent, {rows}", build.seconds, "s"),
        Figure("its processor time", build.cpu_seconds, "s"),
        Figure("processor time of an observation", 1e6 * build.cpu_seconds / build.rows, "µs"),
        Figure("peak memory", build.megabytes, "MB", MEGABYTES),
        Figure("peak of the files that DuckDB spilled", build.spilled_megabytes, "MB"),
    ]


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        Console().print(table("The continent, invented", measure(Path(temporary))))
