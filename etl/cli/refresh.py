"""`etl refresh`: from the providers' files, or the figures that ship, to a draft or release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import Report
from etl.exit_codes import Exit
from etl.pipeline.lock import LockedError, alone
from etl.pipeline.request import RefreshRequest, done_before, order_of
from warehouse.config import read_config
from warehouse.errors import CruscottoError
from warehouse.release.publish import is_whole, published

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog


class Log(Enum):
    """How the steps of a run are told."""

    BAR = "bar"
    JSON = "json"


@dataclass(frozen=True)
class Wanted:
    """What to do with the release of an order, and whether to ask the providers before."""

    online: bool
    if_due: bool
    again: bool
    publish: bool


Folder = Annotated[Path | None, typer.Option("--from", help="Folder of the providers' files.")]
Chosen = Annotated[
    list[str] | None, typer.Option("--dataset", help="Read only this dataset; may be repeated.")
]
Online = Annotated[bool, typer.Option("--online", help="Fetch from the providers first.")]
IfDue = Annotated[
    bool, typer.Option("--if-due", help="Fetch only datasets that are due; else do nothing.")
]
Again = Annotated[
    bool, typer.Option("--again", help="Read again what the published release was made of.")
]
Publish = Annotated[bool, typer.Option("--publish", help="Publish if nothing failed.")]
Logged = Annotated[Log, typer.Option("--log", help="A bar, or a line of JSON a step on stderr.")]


def refresh(
    folder: Folder = None,
    *,
    dataset: Chosen = None,
    online: Online = False,
    if_due: IfDue = False,
    again: Again = False,
    publish: Publish = False,
    log: Logged = Log.BAR,
) -> None:
    """Build a draft from the providers' files, or from the figures that ship with the project."""
    config = read_config()
    report = Report(config.language, is_logged=log is Log.JSON)
    catalog = read_catalog(config.catalog)
    order = RefreshRequest(_existing(folder, report), _known(dataset or [], catalog, report))
    wanted = Wanted(online, if_due, again, publish)
    try:
        with alone(config.data):
            ended = _refresh(config, catalog, order, wanted, report)
    except LockedError as error:
        report.say("locked", pid=error.holder.pid, since=error.holder.since)
        ended = Exit.LOCKED
    raise typer.Exit(ended)


def _refresh(
    config: Config, catalog: Catalog, order: RefreshRequest, wanted: Wanted, report: Report
) -> Exit:
    """Ask the providers if wanted, then make the release unless it is there already."""
    ended = Exit.DONE
    if wanted.again:
        order = order_of(config, published(config))
        _existing(order.folder, report)
    if wanted.online or wanted.if_due:
        # what computes or fetches loads only where there is something to compute or to fetch
        from etl.pipeline import download  # noqa: PLC0415

        if wanted.if_due:
            order = replace(order, datasets=download.due(config, catalog, order.datasets, report))
            if not order.datasets:
                return ended
        ended = download.get(config, catalog, order.datasets, report)
    if _is_there(config, catalog, order, wanted, report):
        return ended
    from etl.pipeline import refresh as transaction  # noqa: PLC0415

    return max(ended, transaction.run(config, catalog, order, report, publish=wanted.publish))


def _is_there(
    config: Config, catalog: Catalog, order: RefreshRequest, wanted: Wanted, report: Report
) -> bool:
    """Say so if the same was done before: it is published, was set aside, or waits for review."""
    fingerprint = order.fingerprint(config, catalog)
    same = next((d for d in done_before(config) if d.fingerprint == fingerprint), None)
    current = published(config)
    if same is None or (order.datasets and same.release != current):
        return False
    if same.release == current and not is_whole(config, config.releases / current):
        return False
    if same.release == current:
        report.say("unchanged", release=current)
    elif same.is_kept(config):
        report.say("set_aside", release=same.release, current=current)
    elif same.waits(config) and (wanted.again or not wanted.publish):
        report.say("waits", release=same.release)
    else:
        return False
    return True


def _existing(folder: Path | None, report: Report) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise CruscottoError(report.word("no_folder", folder=folder))
    return folder.resolve() if folder else None


def _known(names: list[str], catalog: Catalog, report: Report) -> tuple[str, ...]:
    for name in names:
        if name not in catalog.datasets:
            near = get_close_matches(name, catalog.datasets, n=3, cutoff=0.4)
            said = report.word("no_dataset", name=name, near=", ".join(near or catalog.datasets))
            raise typer.BadParameter(said, param_hint="--dataset")
    return tuple(dict.fromkeys(names))
