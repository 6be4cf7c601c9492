"""`etl docs`: the pages of docs/ that are made of the catalogue and of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import Report
from warehouse.config import read_config

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"it": "indicators.md", "en": "indicators.en.md"}


def docs(
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder of the pages.")] = DOCS,
) -> None:
    """Write docs/indicators.md and its English sister from the published release."""
    from etl.docs.indicators import page  # noqa: PLC0415  # loads what computes
    from warehouse.query.store import Releases  # noqa: PLC0415

    config = read_config()
    catalog, store = read_catalog(config.catalog), Releases(config).open()
    for language, name in PAGES.items():
        file = out / name
        file.write_text(page(catalog, store, Report(language)), encoding="utf-8")
        Report(config.language).say("review_written", file=file)
