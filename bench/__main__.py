"""`python -m bench [PART…]`: measure a temporary deployment and print the results."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console

from bench import browsing, national, queries, rebuild, same_marts, serving, workbooks
from bench.figure import table
from tests.support.deployment import deploy, publish
from tests.support.deployment import serving as served
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.figure import Figure

BUILDING = "building"  # publishes what the others measure


def parts(file: Path) -> dict[str, tuple[str, Callable[[], list[Figure]]]]:
    """Return title and measurement of each part, by its name; all are of one deployment."""
    config = read_config(file)
    catalog = read_catalog(config.catalog)

    def browse() -> list[Figure]:
        with served(file) as (address, process):
            return browsing.measure(catalog, address, process)

    def of_release(measure: Callable[..., list[Figure]]) -> list[Figure]:
        return measure(config, catalog, Releases(config).open())

    return {
        BUILDING: ("Building", partial(rebuild.measure, file)),
        "marts": ("Marts, of the shipped figures", same_marts.measure),
        "country": ("The country, invented", national.measure),
        "workbook": ("Loading, a workbook of the office", workbooks.measure),
        "queries": (
            f"Asking, median of {queries.TIMES}",
            partial(of_release, queries.measure),
        ),
        "pages": ("Drawing, by the server", partial(of_release, serving.draw)),
        "serving": ("Serving", partial(serving.serve, file, catalog)),
        "browsing": ("Drawing, in Chromium", browse),
    }


def main() -> int:
    """Print the tables of the parts that are named, or of all; return 1 if a limit is exceeded."""
    console, names = Console(), sys.argv[1:]
    with TemporaryDirectory() as folder:
        # Servers are measured as installed ones start: with the compiled code that Python keeps.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        file = deploy(Path(folder))
        known = parts(file)
        if unknown := [name for name in names if name not in known]:
            console.print(f"{', '.join(unknown)}: no part; known ones: {', '.join(known)}")
            return 1
        if names and BUILDING not in names:
            publish(file)
        figures: list[Figure] = []
        for name, (title, measure) in known.items():
            if names and name not in names:
                continue
            rows = measure()
            console.print(table(title, rows))
            figures += rows
    return 0 if all(figure.is_within_limit for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
