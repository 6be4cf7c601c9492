"""`etl refresh` and `etl bundle`: from the providers' files to a draft, or to shipped figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl import bundled
from etl.found import Place
from etl.report import Report
from etl.run import Work, gather, read_files
from warehouse.build import build_draft
from warehouse.catalog import read_catalog
from warehouse.config import read_config
from warehouse.errors import SourceError
from warehouse.release import publish as publish_release
from warehouse.release import published

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.config import Config
    from warehouse.draft import Draft

Folder = Annotated[Path | None, typer.Option("--from", help="Folder of the providers' files.")]
Given = Annotated[Path, typer.Option("--from", help="Folder of the providers' files.")]


def refresh(
    folder: Folder = None,
    *,
    publish: Annotated[bool, typer.Option("--publish", help="Publish if no file failed.")] = False,
) -> None:
    """Build a draft from the providers' files, or from the figures that ship with the project."""
    config = read_config()
    report = Report(config.language)
    catalog = read_catalog(config.catalog)
    kept = config.data / "snapshots" if folder else None
    with report.progress("gathering") as show:
        inputs = gather(catalog, _existing(folder, report), show, kept=kept)
    with report.progress("building") as show:
        draft = build_draft(config, catalog, inputs, show)
    refused = inputs["quarantine"].to_pandas()
    report.read(inputs["component"].to_pandas(), inputs["snapshot"].to_pandas(), refused)
    report.refusals(refused)
    report.audits(draft.audits)
    if not _concluded(config, report, draft, refused, publish=publish):
        raise typer.Exit(1)


def bundle(folder: Given) -> None:
    """Write the figures that ship with the project anew from the providers' files."""
    config = read_config()
    report = Report(config.language)
    kept = config.data / "snapshots"
    place = Place(read_catalog(config.catalog), _existing(folder, report) or folder)
    with report.progress("gathering") as show:
        inputs = read_files(place, Work(kept, tell=show))
    refused = inputs["quarantine"].to_pandas()
    report.refusals(refused)
    if faults := refused[refused["line"] == 0][f"message_{config.language}"].tolist():
        raise SourceError(*faults)
    written = bundled.write(inputs)
    report.say("bundled", files=len(written), folder=bundled.FOLDER)


def _concluded(
    config: Config, report: Report, draft: Draft, refused: pd.DataFrame, *, publish: bool
) -> bool:
    """Publish if wanted and no file failed as a whole; say how it ended, return if well."""
    before = published(config)
    rows = draft.manifest.tables["observation"].rows
    failed = int((refused["line"] == 0).sum())
    if before == draft.release:
        report.say("unchanged", release=before)
    elif publish and failed:
        report.say("not_published", files=failed, before=before or report.word("nothing"))
    elif publish:
        publish_release(config, draft.release)
        report.say("now_published", release=draft.release, observations=rows)
    else:
        report.say("drafted", release=draft.release, observations=rows)
    return not failed


def _existing(folder: Path | None, report: Report) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise SourceError(report.word("no_folder", folder=folder))
    return folder
