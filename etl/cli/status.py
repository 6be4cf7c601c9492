"""What `etl status` shows: the releases, and every dataset against its provider's rhythm."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from etl.catalog import read_catalog
from etl.pipeline.schedule import due
from warehouse.query.store import Releases
from warehouse.release.publish import drafts

if TYPE_CHECKING:
    from etl.cli.console import Report
    from warehouse.config import Config

COLUMNS = ("kept_by", "cadence", "last_period", "age", "next_expected", "due")


def show(config: Config, report: Report) -> None:
    """Show the published release, the drafts, the datasets and what the audits found."""
    store = Releases(config).open()
    report.releases([(store.manifest, "published"), *((m, "draft") for m in drafts(config))])
    report.table("title_datasets", COLUMNS, rows(config, store.frame("datasets"), report))
    report.audits(store.manifest)


def rows(config: Config, known: pd.DataFrame, report: Report) -> list[tuple[object, ...]]:
    """Return one row a dataset, what is due first, then the oldest; ages are in days."""
    catalog = read_catalog(config.catalog)
    today = datetime.now(tz=UTC).date()
    table = due(catalog, known, config.fetched, today)
    table = table.sort_values(["due", "age"], ascending=False, na_position="last", kind="stable")
    return [
        (
            f"{row.dataset}\n{row.owner}",
            report.word(f"docs_cadence_{row.cadence}"),
            _known(row.last_period),
            _known(row.age),
            _known(row.next_expected),
            report.word(str(row.why)),
        )
        for row in table.astype(object).itertuples()
    ]


def _known(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]  # any cell
        return "–"
    return f"{value:.0f}" if isinstance(value, float) else str(value)
