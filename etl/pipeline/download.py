"""The part of a refresh that asks the providers: which datasets are due, what arrived."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import pandas as pd

from etl import log
from etl.exit_codes import Exit
from etl.fetch import fetch
from etl.pipeline import schedule
from warehouse.query.releases import Releases
from warehouse.release.publish import published

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from etl.fetch import Fetched
    from etl.reporter import Reporter
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog


def due_datasets(
    config: Config, catalog: Catalog, candidates: Collection[str], report: Reporter
) -> tuple[str, ...]:
    """Return the datasets (of `candidates`, if any) that are due, and print which and why."""
    datasets = pd.DataFrame(columns=["dataset", "last_period", "fetched"])
    if published(config):
        datasets = Releases(config).open().frame("datasets")
    today = datetime.now(UTC).date()
    rows = schedule.due(catalog, datasets, config.fetched, today)
    rows = rows[rows["due"] & (rows["dataset"].isin(list(candidates)) if candidates else True)]
    if rows.empty:
        report.say("nothing_due")
    word = report.word
    cells = [
        (row.dataset, word(f"docs_cadence_{row.cadence}"), row.checked or "", word(str(row.why)))
        for row in rows.itertuples()
    ]
    report.table("title_due", ("dataset", "cadence", "checked", "why"), cells)
    return tuple(rows["dataset"])


def download(config: Config, catalog: Catalog, datasets: Collection[str], report: Reporter) -> Exit:
    """Fetch the files of some datasets (none: of all); print what arrived and what did not."""
    with report.progress("fetching") as progress:
        results = fetch(
            catalog,
            config.fetched,
            datasets or None,
            None if report.is_logged else progress,
            _logger() if report.is_logged else None,
            pace=config.rate_limits,
            snapshots=config.snapshots,
        )
    _print(results, report)
    is_failed = any(result.status == "failed" for result in results)
    return Exit.FAULTS if is_failed else Exit.DONE


def _logger() -> Callable[[Fetched], None]:
    """Return a function that logs a file that arrived, or did not."""
    write = log.timed("fetching")

    def show(file: Fetched) -> None:
        error = {"fault": file.fault.message["en"]} if file.fault else {}
        write(dataset=file.dataset, file=file.path, bytes=file.bytes, outcome=file.status, **error)

    return show


def _print(results: Collection[Fetched], report: Reporter) -> None:
    if not results:
        report.say("nothing_to_fetch")
    cells = [
        (
            result.dataset,
            report.word(f"fetch_{result.status}"),
            "" if result.fault is None else result.fault.in_(report.language),
            result.path,
        )
        for result in results
    ]
    rows = []
    for (dataset, state, reason), group in groupby(cells, key=itemgetter(0, 1, 2)):
        first, *paths = [path for *_, path in group]
        files = report.word("file_and_more", first=first, more=len(paths)) if paths else first
        rows.append((dataset, files, state, reason))
    report.table("title_fetched", ("dataset", "file", "state", "why"), rows)
