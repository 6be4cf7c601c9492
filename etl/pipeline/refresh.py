"""One refresh that has something to do: gather, build, audit, publish."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from etl import log
from etl.exit_codes import Exit
from etl.pipeline.cache import Cache
from etl.pipeline.gather import GatherInputs, gather
from etl.pipeline.history import record, request_of
from etl.quarantine import is_new, is_whole_file
from warehouse.build.build import build_draft
from warehouse.release.manifest import read_manifest
from warehouse.release.publish import is_whole, published
from warehouse.release.publish import publish as publish_release
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from etl.pipeline.request import RefreshRequest
    from etl.reporter import Reporter
    from warehouse.build.draft import Draft
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.release.manifest import AuditResult

CACHE_DAYS = 60  # an entry unused for longer is removed
PLAN_LEVELS = ("strategic", "operational")


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh in progress: what was asked for, and what was published before.

    `is_fetched`: the providers were asked in this run.
    """

    config: Config
    catalog: Catalog
    request: RefreshRequest
    before: dict[str, pa.Table] | None
    report: Reporter
    is_fetched: bool = False

    @property
    def is_shipped(self) -> bool:
        """Whether the figures are those that ship with the project."""
        return self.request.folder is None and not self.is_fetched


def run(
    config: Config,
    catalog: Catalog,
    request: RefreshRequest,
    report: Reporter,
    *,
    publish: bool,
    is_fetched: bool = False,
) -> Exit:
    """Build the draft of a request, report it, and with `publish` publish it if nothing failed."""
    before = published_tables(config)
    request = _feasible(config, request, before)
    refresh = Refresh(config, catalog, request, before, report, is_fetched)
    fingerprint = request.fingerprint(config, catalog)
    inputs = _gather(refresh)
    with report.progress("building") as progress:
        draft = build_draft(config, catalog, inputs, progress)
    _report(refresh, inputs, draft)
    result = _conclude(refresh, inputs["quarantine"].to_pandas(), draft, publish=publish)
    if result is Exit.DONE:
        _record(refresh, fingerprint, draft.release)
    Cache(config.cache / "etl").prune(days=CACHE_DAYS)
    return result


def _record(refresh: Refresh, fingerprint: str, release: str) -> None:
    """Add the refresh to the history; where that cannot be written, say what it costs."""
    try:
        record(refresh.config, refresh.request, fingerprint, release)
    except OSError:
        refresh.report.say("history_unwritten", path=refresh.config.refresh_history)


def published_tables(config: Config) -> dict[str, pa.Table] | None:
    """Return the input tables of the published release, None if it is incomplete."""
    folder = config.releases / f"{published(config)}"
    if not folder.is_dir() or not is_whole(config, folder):
        return None
    return {name: _table(name, folder / f"{name}.parquet") for name in INPUTS}


def _table(name: str, path: Path) -> pa.Table:
    """Return a table as today's contract has it, whatever it was when it was written."""
    schema = INPUTS[name].schema
    if not path.exists():
        return schema.empty_table()
    table = pq.read_table(path)
    return conform(name, table.select([c for c in table.column_names if c in schema.names]))


def _feasible(
    config: Config, request: RefreshRequest, before: Mapping[str, pa.Table] | None
) -> RefreshRequest:
    """Return the request; of all datasets where no complete release has the others."""
    if before is not None or not request.datasets:
        return request
    current = published(config)
    return replace(request_of(config, current) if current else request, datasets=())


def _gather(refresh: Refresh) -> dict[str, pa.Table]:
    config, request = refresh.config, refresh.request
    with refresh.report.progress("gathering") as progress:
        return gather(
            GatherInputs(
                refresh.catalog,
                request.folder,
                fetched=config.fetched,
                office=config.office,
                years=config.years,
                datasets=request.datasets,
                before=refresh.before,
                snapshots=config.snapshots if request.folder else None,
                cache=config.cache / "etl",
                progress=progress,
            )
        )


def _report(refresh: Refresh, inputs: Mapping[str, pa.Table], draft: Draft) -> None:
    """Print what a reader must look at; of shipped figures only what the release before lacks."""
    report = refresh.report
    rejected = inputs["quarantine"].to_pandas()
    new = rejected[_is_new(refresh, rejected)]
    if refresh.is_shipped:
        if refresh.before:
            report.rejections(new)
        report.audits(draft.manifest, _new_audits(refresh, draft))
        return
    report.inputs(inputs["component"].to_pandas(), inputs["snapshot"].to_pandas(), rejected)
    report.rejections(new)
    if len(rejected) > len(new):
        report.say("rejected_before", rows=len(rejected) - len(new))
    report.audits(draft.manifest)


def _is_new(refresh: Refresh, rejected: pd.DataFrame) -> pd.Series[bool]:
    before = refresh.before
    return is_new(rejected, before["quarantine"].to_pandas() if before else rejected[:0])


def _new_audits(refresh: Refresh, draft: Draft) -> tuple[AuditResult, ...]:
    """Return the audits that forbid publishing, or found other rows than in the release before."""
    forbidding = {audit.audit for audit in draft.manifest.refused}
    current = published(refresh.config)
    if not refresh.before or not current:
        return tuple(a for a in draft.audits if a.audit in forbidding)
    folder = refresh.config.releases / current
    earlier = {(a.audit, a.failures) for a in read_manifest(folder).audits}
    return tuple(
        a for a in draft.audits if a.audit in forbidding or (a.audit, a.failures) not in earlier
    )


def _failed_files(refresh: Refresh, rejected: pd.DataFrame) -> int:
    """Return how many files of the datasets that were read failed as a whole."""
    datasets = refresh.request.datasets or tuple(refresh.catalog.datasets)
    rows = rejected[is_whole_file(rejected["rule"]) & rejected["dataset"].isin(list(datasets))]
    return len(rows.drop_duplicates(["dataset", "file"]))


def _conclude(refresh: Refresh, rejected: pd.DataFrame, draft: Draft, *, publish: bool) -> Exit:
    """Publish if asked and nothing failed; say how the refresh ended."""
    config, report = refresh.config, refresh.report
    current = published(config)
    before = current or report.word("nothing")
    rows, audits = draft.manifest.tables["observation"].rows, len(draft.manifest.refused)
    failed = _failed_files(refresh, rejected)
    result = Exit.AUDITS if audits else Exit.FAULTS if failed else Exit.DONE
    if draft.path == config.releases / f"{current}":
        report.say("release_unchanged", release=current)
    elif not draft.waits and not publish:
        report.say("release_stored", release=draft.release, current=before)
    elif not publish:
        key = "draft_failed" if audits else "draft_ready"
        report.say(key, release=draft.release, observations=rows, audits=audits)
    elif audits:
        report.say("audits_forbid", audits=audits, before=before)
    elif failed:
        report.say("not_published", files=failed, before=before)
    else:
        publish_release(config, draft.release)
        if refresh.is_shipped:
            _say_contents(refresh, draft, rejected)
        else:
            report.say("now_published", release=draft.release, observations=rows)
    if report.is_logged:
        log.line("end", release=draft.release, rows=rows, outcome=result.name.lower())
    return result


def _say_contents(refresh: Refresh, draft: Draft, rejected: pd.DataFrame) -> None:
    """Say in one line what the published release contains."""
    folder, report = refresh.config.releases / draft.release, refresh.report
    rejections = report.word("known_rejections", n=len(rejected)) if len(rejected) else ""
    levels = _column(folder / "project.parquet", "level").to_pylist()
    report.say(
        "published_contents",
        indicators=len(_column(folder / "observation.parquet", "indicator").unique()),
        municipalities=sum(t.valid_to is None for t in refresh.catalog.municipalities),
        projects=sum(level in PLAN_LEVELS for level in levels),
        rejections=rejections,
    )


def _column(path: Path, name: str) -> pa.ChunkedArray:
    return pq.read_table(path, columns=[name])[name]
