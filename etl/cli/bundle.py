"""`etl bundle`: the figures that ship with the project, written anew."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads it when it runs
from typing import Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import Report
from etl.pipeline import shipped
from etl.pipeline.discovery import InputFolder
from etl.pipeline.gather import RunContext, read_files
from etl.quarantine import of_whole_files
from warehouse.config import read_config
from warehouse.errors import CruscottoError


def bundle(
    folder: Annotated[Path, typer.Option("--from", help="Folder of the providers' files.")],
) -> None:
    """Write the figures that ship with the project anew from the providers' files."""
    config = read_config()
    report = Report(config.language)
    if not folder.is_dir():
        raise CruscottoError(report.word("no_folder", folder=folder))
    place = InputFolder(read_catalog(config.catalog), folder)
    with report.progress("gathering") as show:
        inputs = read_files(place, RunContext(config.snapshots, tell=show))
    refused = inputs["quarantine"].to_pandas()
    report.refusals(refused)
    whole = refused[of_whole_files(refused["rule"])]
    if faults := whole[f"message_{config.language}"].tolist():
        raise CruscottoError(*faults)
    written = shipped.write(inputs)
    report.say("bundled", files=len(written), folder=shipped.FOLDER)
