"""`etl docs`: pages and schemas generated from the catalogue and a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import ConsoleReporter
from warehouse.config import IS_CHECKOUT, PROJECT, check_editable, read_config
from warehouse.files import write_atomic

DOCS = PROJECT / "docs" if IS_CHECKOUT else Path("docs")
PAGES = {"it": "indicators.md", "en": "indicators.en.md"}


def docs(
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder of the pages.")] = DOCS,
) -> None:
    """Write the generated pages of docs/ and the JSON Schemas of the catalogue."""
    from etl.docs.catalogue import catalogue_page, json_schemas  # noqa: PLC0415  # slow
    from etl.docs.indicators import page  # noqa: PLC0415  # slow
    from warehouse.query.releases import Releases  # noqa: PLC0415

    config = read_config()
    check_editable(config.catalog)
    catalog, store = read_catalog(config.catalog), Releases(config).open()
    files = {
        out / name: page(catalog, store, ConsoleReporter(language))
        for language, name in PAGES.items()
    }
    files[out / "catalogue.md"] = catalogue_page()
    files |= {config.catalog / "schema" / name: text for name, text in json_schemas().items()}
    for file, text in files.items():
        write_atomic(file, text)
        ConsoleReporter(config.language).say("review_written", file=file)
