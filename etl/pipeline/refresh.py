"""One refresh, once it is known that there is something to do: read, build, check, publish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from etl import log
from etl.exit_codes import Exit
from etl.pipeline.cache import Cache
from etl.pipeline.gather import gather
from etl.pipeline.request import order_of, remember
from etl.quarantine import of_whole_files, was_not_refused
from warehouse.build.build import build_draft
from warehouse.release.publish import is_whole, published
from warehouse.release.publish import publish as publish_release
from warehouse.schema.conform import conform
from warehouse.schema.tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from etl.cli.console import Report
    from etl.pipeline.request import RefreshRequest
    from warehouse.build.draft import Draft
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog

FORGOTTEN = 60  # days after which nobody needs what was kept


def run(
    config: Config, catalog: Catalog, order: RefreshRequest, report: Report, *, publish: bool
) -> Exit:
    """Make a draft of what is ordered, show it, and publish it if wanted and nothing failed."""
    before = published_tables(config)
    order = _possible(config, order, before)
    fingerprint = order.fingerprint(config, catalog)
    cache = config.cache / "etl"
    with report.progress("gathering") as show:
        inputs = gather(
            catalog,
            order.folder,
            show,
            kept=config.snapshots if order.folder else None,
            fetched=config.fetched,
            office=config.office,
            cache=cache,
            datasets=order.datasets,
            before=before,
        )
    with report.progress("building") as show:
        draft = build_draft(config, catalog, inputs, show)
    refused = inputs["quarantine"].to_pandas()
    report.read(inputs["component"].to_pandas(), inputs["snapshot"].to_pandas(), refused)
    is_new = was_not_refused(refused, before["quarantine"].to_pandas() if before else refused[:0])
    report.refusals(refused[is_new])
    report.refused_before(int((~is_new).sum()))
    report.audits(draft.manifest)
    ended = _concluded(config, report, draft, _failed(refused, order, catalog), publish=publish)
    if ended is Exit.DONE:
        remember(config, order, fingerprint, draft.release)
    Cache(cache).forget(days=FORGOTTEN)
    return ended


def _possible(
    config: Config, order: RefreshRequest, before: Mapping[str, pa.Table] | None
) -> RefreshRequest:
    """Return the order; of all datasets where no whole release has the others."""
    if before is not None or not order.datasets:
        return order
    current = published(config)
    return replace(order_of(config, current) if current else order, datasets=())


def published_tables(config: Config) -> dict[str, pa.Table] | None:
    """Return the published release's tables of what sources said, None if it is not whole."""
    folder = config.releases / f"{published(config)}"
    if not folder.is_dir() or not is_whole(config, folder):
        return None
    return {name: _table(name, folder / f"{name}.parquet") for name in INPUTS}


def _table(name: str, path: Path) -> pa.Table:
    """Return a table as the contract has it today, whatever it was when it was written."""
    schema = INPUTS[name].schema
    if not path.exists():
        return schema.empty_table()
    written = pq.read_table(path)
    return conform(name, written.select([c for c in written.column_names if c in schema.names]))


def _failed(refused: pd.DataFrame, order: RefreshRequest, catalog: Catalog) -> int:
    """Return how many files of the datasets that were read failed as a whole."""
    read = order.datasets or tuple(catalog.datasets)
    whole = refused[of_whole_files(refused["rule"]) & refused["dataset"].isin(list(read))]
    return len(whole.drop_duplicates(["dataset", "file"]))


def _concluded(config: Config, report: Report, draft: Draft, failed: int, *, publish: bool) -> Exit:
    """Publish if wanted and nothing failed; say how it ended."""
    before = published(config)
    rows = draft.manifest.tables["observation"].rows
    audits = len(draft.manifest.refused)
    ended = Exit.AUDITS if audits else Exit.FAULTS if failed else Exit.DONE
    if draft.path == config.releases / f"{before}":
        report.say("unchanged", release=before)
    elif not draft.waits and not publish:
        report.say("set_aside", release=draft.release, current=before or report.word("nothing"))
    elif not publish:
        key = "drafted_failed" if audits else "drafted"
        report.say(key, release=draft.release, observations=rows, audits=audits)
    elif audits:
        report.say("audits_forbid", audits=audits, before=before or report.word("nothing"))
    elif failed:
        report.say("not_published", files=failed, before=before or report.word("nothing"))
    else:
        publish_release(config, draft.release)
        report.say("now_published", release=draft.release, observations=rows)
    if report.is_logged:
        log.line("end", release=draft.release, rows=rows, outcome=ended.name.lower())
    return ended
