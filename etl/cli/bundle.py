"""`etl bundle`: write the figures that ship with the project."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads it when it runs
from typing import Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import ConsoleReporter
from etl.pipeline import shipped
from etl.pipeline.discovery import InputFolder
from etl.pipeline.gather import RunContext, read_files
from etl.quarantine import explained, is_whole_file
from warehouse.config import check_editable, read_config
from warehouse.errors import CruscottoError


def bundle(
    folder: Annotated[Path, typer.Option("--from", help="Folder of the providers' files.")],
) -> None:
    """Rewrite the figures that ship with the project from the providers' files."""
    check_editable(shipped.FOLDER)
    config = read_config()
    report = ConsoleReporter(config.language)
    if not folder.is_dir():
        raise CruscottoError(report.word("no_folder", folder=folder))
    files = InputFolder(read_catalog(config.catalog), folder)
    with report.progress("gathering") as progress:
        inputs = read_files(files, RunContext(config.snapshots, progress=progress))
    rejected = inputs["quarantine"].to_pandas()
    report.rejections(rejected)
    failures = explained(rejected[is_whole_file(rejected["rule"])], config.language)
    if not failures.empty:
        raise CruscottoError(*failures["message"])
    paths = shipped.write(inputs)
    report.say("bundle_written", files=len(paths), folder=shipped.FOLDER)
