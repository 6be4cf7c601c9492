"""The part of a refresh that asks the providers: what is due, and how each file came."""

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
from warehouse.query.store import Releases
from warehouse.release.publish import published

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from etl.cli.console import Report
    from etl.fetch import Fetched
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog


def due(
    config: Config, catalog: Catalog, among: Collection[str], report: Report
) -> tuple[str, ...]:
    """Return the datasets (of `among`, if given) that are due, and say which and why."""
    known = pd.DataFrame(columns=["dataset", "last_period", "fetched"])
    if published(config):
        known = Releases(config).open().frame("datasets")
    today = datetime.now(UTC).date()
    found = schedule.due(catalog, known, config.fetched, today)
    found = found[found["due"] & (found["dataset"].isin(list(among)) if among else True)]
    if found.empty:
        report.say("nothing_due")
    word = report.word
    shown = [
        (row.dataset, word(f"docs_cadence_{row.cadence}"), row.checked or "", word(str(row.why)))
        for row in found.itertuples()
    ]
    report.table("title_due", ("dataset", "cadence", "checked", "why"), shown)
    return tuple(found["dataset"])


def get(config: Config, catalog: Catalog, datasets: Collection[str], report: Report) -> Exit:
    """Fetch the files of some datasets (none: of all); say what came, and what did not."""
    with report.progress("fetching") as show:
        come = fetch(
            catalog,
            config.fetched,
            datasets or None,
            None if report.is_logged else show,
            _logged() if report.is_logged else None,
            pace=config.rate_limits,
            kept=config.snapshots,
        )
    _show(come, report)
    return Exit.FAULTS if any(one.status == "failed" for one in come) else Exit.DONE


def _logged() -> Callable[[Fetched], None]:
    """Return a function that logs a file that arrived, or did not."""
    write = log.timed("fetching")

    def show(file: Fetched) -> None:
        error = {"fault": file.fault.message["en"]} if file.fault else {}
        write(dataset=file.dataset, file=file.path, bytes=file.bytes, outcome=file.status, **error)

    return show


def _show(come: Collection[Fetched], report: Report) -> None:
    if not come:
        report.say("nothing_to_fetch")
    said = [
        (
            one.dataset,
            report.word(f"fetch_{one.status}"),
            "" if one.fault is None else one.fault.in_(report.language),
            one.path,
        )
        for one in come
    ]
    rows = []
    for (dataset, state, why), alike in groupby(said, key=itemgetter(0, 1, 2)):
        first, *others = [path for *_, path in alike]
        more = report.word("file_and_more", first=first, more=len(others))
        rows.append((dataset, more if others else first, state, why))
    report.table("title_fetched", ("dataset", "file", "state", "why"), rows)
