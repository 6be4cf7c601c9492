"""`etl …`: refresh the figures, review what changes, publish, roll back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl import bundled
from etl.report import Report
from etl.run import Place, gather, read_files
from warehouse.build import build_draft, read_draft
from warehouse.catalog import read_catalog
from warehouse.config import read_config
from warehouse.errors import CruscottoError, ReleaseError, SourceError
from warehouse.release import drafts, list_releases, published
from warehouse.release import publish as publish_release
from warehouse.release import rollback as roll_back
from warehouse.store import Releases

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.config import Config
    from warehouse.draft import Draft

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Refresh the figures of the dashboard, review what changes, publish, roll back.",
)

Folder = Annotated[Path | None, typer.Option("--from", help="Folder of the providers' files.")]
Given = Annotated[Path, typer.Option("--from", help="Folder of the providers' files.")]
Chosen = Annotated[str | None, typer.Argument(help="A release, such as 2026-01-31-0123abcd.")]


@app.command()
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


@app.command()
def bundle(folder: Given) -> None:
    """Write the figures that ship with the project anew from the providers' files."""
    config = read_config()
    report = Report(config.language)
    kept = config.data / "snapshots"
    place = Place(read_catalog(config.catalog), _existing(folder, report) or folder, kept)
    with report.progress("gathering") as show:
        inputs = read_files(place, show)
    refused = inputs["quarantine"].to_pandas()
    report.refusals(refused)
    if faults := refused[refused["line"] == 0][f"message_{config.language}"].tolist():
        raise SourceError(*faults)
    written = bundled.write(inputs)
    report.say("bundled", files=len(written), folder=bundled.FOLDER)


@app.command()
def review(release: Chosen = None) -> None:
    """Show what a draft would change: values, audits, refused rows."""
    config = read_config()
    report = Report(config.language)
    draft = read_draft(config, release or _newest(config, report))
    report.audits(draft.audits)
    report.changes(draft.changes)


@app.command()
def publish(release: Chosen = None) -> None:
    """Make a draft (by default the newest) the published release."""
    config = read_config()
    report = Report(config.language)
    manifest = publish_release(config, release or _newest(config, report))
    rows = manifest.tables["observation"].rows
    report.say("now_published", release=manifest.release, observations=rows)


@app.command()
def rollback(release: Chosen = None) -> None:
    """Point back to a release, by default the one before the published one."""
    config = read_config()
    manifest = roll_back(config, release)
    rows = manifest.tables["observation"].rows
    Report(config.language).say("now_published", release=manifest.release, observations=rows)


@app.command()
def releases() -> None:
    """List releases and drafts."""
    config = read_config()
    current = published(config)
    states = [(m, "draft") for m in drafts(config)]
    states += [(m, "published" if m.release == current else "kept") for m in list_releases(config)]
    Report(config.language).releases(states)


@app.command()
def status() -> None:
    """Show what is published, dataset by dataset."""
    config = read_config()
    report = Report(config.language)
    if published(config) is None:
        report.say("none_published")
        raise typer.Exit(1)
    store = Releases(config).open()
    report.releases([(store.manifest, "published"), *((m, "draft") for m in drafts(config))])
    report.datasets(store.frame("datasets"))
    report.audits(store.manifest.audits)


def main() -> None:
    """Run the command line; a known fault is a table and exit code 1."""
    try:
        app()
    except CruscottoError as error:
        Report(_language()).faults(error.faults)
        sys.exit(1)


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


def _newest(config: Config, report: Report) -> str:
    waiting = drafts(config)
    if not waiting:
        raise ReleaseError(report.word("no_draft"))
    return waiting[0].release


def _language() -> str:
    try:
        return read_config().language
    except CruscottoError:
        return "en"


if __name__ == "__main__":
    main()
