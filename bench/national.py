"""Invented data the size of Italy: all municipalities, 60 indicators, 20 years."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bench import national_pages
from bench.building import run
from bench.country import Country
from bench.figure import Figure

ITALY = Country(municipalities=7_900, provinces=107, indicators=60)
SECONDS, MEGABYTES = 60, 2_000


def measure() -> list[Figure]:
    """Build and serve the country, each in a process of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ITALY.write_figures(folder)
        build = run(ITALY, folder)
        rows = f"{build.rows / 1e6:.1f} M observations"
        return [
            Figure(f"rebuild of the country, {rows}", build.seconds, "s", SECONDS),
            Figure("its peak memory", build.megabytes, "MB", MEGABYTES),
            *national_pages.measure(ITALY, folder),
        ]
