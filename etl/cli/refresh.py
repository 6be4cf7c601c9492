"""`etl refresh`: from the providers' files, or the shipped figures, to a draft or release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import ConsoleReporter
from etl.exit_codes import Exit
from etl.log import line as log_line
from etl.pipeline.arrow_memory import use_system_memory
from etl.pipeline.discovery import claimed_files, unclaimed
from etl.pipeline.history import records, request_of
from etl.pipeline.lock import LockedError, data_lock
from etl.pipeline.request import RefreshRequest
from etl.reporter import first_few
from warehouse.config import read_config
from warehouse.errors import CruscottoError
from warehouse.release.publish import is_whole, published

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog


LISTED_FILES = 5  # files without a declaration that are named


class Log(Enum):
    """How the steps of a run are reported."""

    BAR = "bar"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Options:
    """Whether to ask the providers first, and what to do with the release."""

    online: bool
    if_due: bool
    again: bool
    publish: bool


Folder = Annotated[Path | None, typer.Option("--from", help="Folder of the providers' files.")]
Datasets = Annotated[
    list[str] | None, typer.Option("--dataset", help="Read only this dataset; may be repeated.")
]
Online = Annotated[bool, typer.Option("--online", help="Fetch from the providers first.")]
IfDue = Annotated[
    bool, typer.Option("--if-due", help="Fetch only datasets that are due; else do nothing.")
]
Again = Annotated[
    bool, typer.Option("--again", help="Read again what the published release was made from.")
]
Publish = Annotated[bool, typer.Option("--publish", help="Publish if nothing failed.")]
LogForm = Annotated[
    Log, typer.Option("--log", help="A bar, or one line of JSON per step on stderr.")
]


def refresh(
    folder: Folder = None,
    *,
    dataset: Datasets = None,
    online: Online = False,
    if_due: IfDue = False,
    again: Again = False,
    publish: Publish = False,
    log: LogForm = Log.BAR,
) -> None:
    """Build a draft from the providers' files, or from the figures that ship with the project."""
    use_system_memory()
    config = read_config()
    report = ConsoleReporter(config.language, is_logged=log is Log.JSON)
    catalog = read_catalog(config.catalog)
    datasets = _dataset_names(dataset or [], catalog, report)
    request = RefreshRequest(_existing(folder, report), datasets)
    options = Options(online, if_due, again, publish)
    try:
        with data_lock(config.data):
            result = _refresh(config, catalog, request, options, report)
    except LockedError as error:
        report.say("refresh_locked", pid=str(error.holder.pid), since=error.holder.since)
        result = Exit.LOCKED
    raise typer.Exit(result)


def _refresh(
    config: Config,
    catalog: Catalog,
    request: RefreshRequest,
    options: Options,
    report: ConsoleReporter,
) -> Exit:
    """Ask the providers if asked to, then make the release unless it exists."""
    result = Exit.DONE
    if options.again:
        request = request_of(config, published(config))
        _existing(request.folder, report)
    is_fetched = options.online or options.if_due
    if is_fetched:
        from etl.pipeline import download  # noqa: PLC0415  # imports what fetches

        if options.if_due:
            due = download.due_datasets(config, catalog, request.datasets, report)
            if not due:
                return result
            request = replace(request, datasets=due)
        result = download.download(config, catalog, request.datasets, report)
    if request.folder:
        _check_folder(catalog, request.folder, report)
        _say_unclaimed(catalog, request.folder, report)
    if _exists(config, catalog, request, options, report):
        return result
    from etl.pipeline import refresh as pipeline  # noqa: PLC0415  # imports what computes

    outcome = pipeline.run(
        config, catalog, request, report, publish=options.publish, is_fetched=is_fetched
    )
    return max(result, outcome)


def _check_folder(catalog: Catalog, folder: Path, report: ConsoleReporter) -> None:
    """Raise `CruscottoError` where a folder has none of the declared files."""
    if claimed_files(catalog, folder):
        return
    paths = (path for d in catalog.datasets.values() for source in d.files for path in source.paths)
    example = next((path for path in paths if ":" not in path), "–")
    raise CruscottoError(report.word("nothing_in_folder", folder=folder, example=example))


def _say_unclaimed(catalog: Catalog, folder: Path, report: ConsoleReporter) -> None:
    """Name the files of a folder that no declaration reads, the newest first."""
    files = unclaimed(catalog, folder)
    if report.is_logged:
        log_line("unclaimed", files=files)
    elif files:
        report.say("unclaimed", n=len(files), files=first_few(files, LISTED_FILES))


def _exists(
    config: Config,
    catalog: Catalog,
    request: RefreshRequest,
    options: Options,
    report: ConsoleReporter,
) -> bool:
    """Say so if the same release is published, was replaced by another, or waits for review."""
    fingerprint = request.fingerprint(config, catalog)
    same = next((r for r in records(config) if r.fingerprint == fingerprint), None)
    current = published(config)
    if same is None or (request.datasets and same.release != current):
        return False
    if same.release == current and not is_whole(config, config.releases / current):
        return False
    if same.release == current:
        report.say("release_unchanged", release=current)
    elif same.is_stored(config):
        report.say("release_stored", release=same.release, current=current)
    elif same.waits(config) and (options.again or not options.publish):
        report.say("draft_waits", release=same.release)
    else:
        return False
    return True


def _existing(folder: Path | None, report: ConsoleReporter) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise CruscottoError(report.word("no_folder", folder=folder))
    return folder.resolve() if folder else None


def _dataset_names(names: list[str], catalog: Catalog, report: ConsoleReporter) -> tuple[str, ...]:
    for name in names:
        if name not in catalog.datasets:
            near = get_close_matches(name, catalog.datasets, n=3, cutoff=0.4)
            error = report.word("no_dataset", name=name, near=", ".join(near or catalog.datasets))
            raise typer.BadParameter(error, param_hint="--dataset")
    return tuple(dict.fromkeys(names))
