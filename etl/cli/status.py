"""`etl status`: the releases, the datasets against their providers' rhythm, the audits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from etl.catalog import read_catalog
from etl.pipeline.schedule import due
from etl.workbook.names import loaded
from warehouse.files import sha256_of
from warehouse.formatting import MISSING
from warehouse.query.releases import Releases
from warehouse.release.publish import drafts

if TYPE_CHECKING:
    from etl.reporter import Reporter
    from warehouse.config import Config
    from warehouse.query.store import Store

RELEASE_COLUMNS = ("release", "hour", "observations", "state")
WORKBOOK_COLUMNS = ("workbook_file", "loaded_on", "workbook_state")
DATASET_COLUMNS = ("dataset_owner", "last_period_cadence", "age", "next_expected", "due")


def show(config: Config, report: Reporter) -> None:
    """Print the published release, the drafts, the datasets and the audits with bad rows."""
    store = Releases(config).open()
    states = [(store.manifest, "published"), *((draft, "draft") for draft in drafts(config))]
    releases = [
        (m.release, f"{m.created:%H:%M}", m.tables["observation"].rows, report.word(state))
        for m, state in states
    ]
    report.table("title_releases", RELEASE_COLUMNS, releases)
    report.table("title_workbooks", WORKBOOK_COLUMNS, workbook_rows(config, store, report))
    datasets = dataset_rows(config, store.frame("datasets"), report)
    report.table("title_datasets", DATASET_COLUMNS, datasets)
    report.audits(store.manifest)


def workbook_rows(config: Config, store: Store, report: Reporter) -> list[tuple[object, ...]]:
    """Return one row per workbook that the office loaded, in the order in which they count."""
    published = {row["sha256"] for row in store.rows("snapshots")}
    rows: list[tuple[object, ...]] = []
    for name in loaded(config):
        path = config.office / name
        day = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        state = "workbook_published" if sha256_of(path) in published else "workbook_waits"
        rows.append((name, day.isoformat(), report.word(state)))
    return rows


def dataset_rows(
    config: Config, datasets: pd.DataFrame, report: Reporter
) -> list[tuple[object, ...]]:
    """Return one row per dataset, due ones first, then the oldest; ages are in days."""
    catalog = read_catalog(config.catalog)
    today = datetime.now(tz=UTC).date()
    table = due(catalog, datasets, config.fetched, today)
    table = table.sort_values(["due", "age"], ascending=False, na_position="last", kind="stable")
    return [
        (
            f"{row.dataset}\n{row.owner}",
            f"{_text(row.last_period)}\n{report.word(f'docs_cadence_{row.cadence}')}",
            _text(row.age),
            _text(row.next_expected),
            report.word(str(row.why)),
        )
        for row in table.astype(object).itertuples()
    ]


def _text(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]  # any cell
        return MISSING
    return f"{value:.0f}" if isinstance(value, float) else str(value)
