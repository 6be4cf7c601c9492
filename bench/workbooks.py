"""A large workbook of the office: time to load it, memory of the refresh that reads it."""

from __future__ import annotations

import itertools
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from bench.figure import Figure
from bench.processes import run
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from tests.support.deployment import PROJECT, deploy
from tests.support.workbooks import INDICATOR, LISTS, VALUE

ROWS = 50_000
SECONDS, MEGABYTES = 5, 600
FIRST_YEAR = 1995


def measure() -> list[Figure]:
    """Load a workbook of monthly figures of all municipalities, and publish it."""
    with TemporaryDirectory() as folder:
        copytree(PROJECT / "warehouse" / "catalog", Path(folder) / "catalog")
        config = deploy(Path(folder), catalog=str(Path(folder) / "catalog"))
        book = Path(folder) / "indicators.xlsx"
        book.write_bytes(_content())
        seconds, _ = run(config, "-m", "etl", "load", str(book))
        _, megabytes = run(config, "-m", "etl", "refresh", "--publish")
    return [
        Figure(f"load a workbook of {ROWS:,} rows", seconds, "s", SECONDS),
        Figure("peak memory of its refresh", megabytes, "MB", MEGABYTES),
    ]


def _content() -> bytes:
    months = (f"{FIRST_YEAR + n // 12}-{n % 12 + 1:02}" for n in itertools.count())
    pairs = ((month, place) for month in months for place in LISTS["municipalities"])
    values = [
        VALUE | {"territory": place, "period": month, "numerator": number}
        for number, (month, place) in enumerate(itertools.islice(pairs, ROWS), start=1)
    ]
    return template(
        workbook("indicators"), LISTS, "it", {"indicators": [INDICATOR], "values": values}
    )
