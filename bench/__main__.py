"""`python -m bench`: measure a temporary deployment and print the results."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bench import browsing, national, queries, rebuild, same_marts, workbooks
from bench.figure import table
from tests.support.deployment import deploy, serving
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases


def main() -> int:
    """Print the tables; return 1 if a limit is exceeded."""
    console = Console()
    with TemporaryDirectory() as folder:
        file = deploy(Path(folder))
        console.print(table("Building", figures := rebuild.measure(file)))
        console.print(table("Marts, of the shipped figures", marts := same_marts.measure()))
        console.print(table("A large workbook, invented", books := workbooks.measure()))
        console.print(table("The country, invented", country := national.measure()))
        config = read_config(file)
        catalog = read_catalog(config.catalog)
        durations = queries.measure(config, catalog, Releases(config).open())
        console.print(table(f"Asking, median of {queries.TIMES}", durations))
        with serving(file) as (address, process):
            visits = browsing.measure(catalog, address, process)
        console.print(table("Drawing, in Chromium", visits))
    every = [*figures, *marts, *books, *country, *durations, *visits]
    return 0 if all(figure.is_within_limit for figure in every) else 1


if __name__ == "__main__":
    sys.exit(main())
