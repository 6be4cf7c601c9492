"""When a provider's next figures are expected, and which datasets are due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from etl import snapshot
from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset

COLUMNS = [
    *("dataset", "owner", "cadence", "last_period", "age", "checked", "next_expected", "online"),
    *("due", "why"),
]
DAYS = {  # between two releases; a provider without a rhythm is asked four times a year
    "daily": 1,
    "monthly": 30,
    "quarterly": 91,
    "half-yearly": 182,
    "annual": 365,
    "irregular": 91,
}
RETRY_DAYS = 7  # until a provider is asked again whose month has come, but not its figures


def due(catalog: Catalog, datasets: pd.DataFrame, fetched: Path, today: date) -> pd.DataFrame:
    """Return one row per dataset, columns `COLUMNS`.

    `datasets`: what the published release has, columns `dataset`, `last_period`, `fetched` (the
    query `datasets`). `fetched`: the folder of fetched files, which tells when each provider
    was asked. `age`: days since the end of the last period. `next_expected`: the first day on
    which newer figures may exist. `due`: the provider can be asked (`online`) and that day has
    come; `why` is a key of `locale/cli.yaml`.
    """
    by_dataset = {row["dataset"]: row for row in datasets.to_dict("records")}
    rows = [
        _row(dataset, by_dataset.get(dataset.id, {}), fetched, today)
        for dataset in catalog.datasets.values()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    dataset: Dataset, current: Mapping[Hashable, object], fetched: Path, today: date
) -> dict[str, object]:
    period = current.get("last_period")
    period = period if isinstance(period, str) else None
    online = dataset.feed == "online"
    checked, content_day = _fetch_days(dataset, fetched)
    arrived = content_day or _day(current.get("fetched"))
    expected = next_expected(dataset, checked or arrived, arrived)
    why = "not_online" if not online else "never_fetched"
    if online and checked:
        why = "due_now" if expected and expected <= today else "not_due"
    return {
        "dataset": dataset.id,
        "owner": dataset.owner,
        "cadence": dataset.cadence,
        "last_period": period,
        "age": (today - Period.parse(period).end).days if period else None,
        "checked": checked,
        "next_expected": expected,
        "online": online,
        "due": why in {"never_fetched", "due_now"},
        "why": why,
    }


def next_expected(dataset: Dataset, checked: date | None, arrived: date | None) -> date | None:
    """Return the first day on which a provider asked on `checked` may have newer figures.

    With declared months of publication: the first of the next one, or a week later while the
    figures of the current one have not arrived. Otherwise by cadence.
    """
    if checked is None:
        return None
    if not dataset.release_months:
        return checked + timedelta(days=DAYS[dataset.cadence])
    starts = [
        date(year, month, 1)
        for year in (checked.year - 1, checked.year, checked.year + 1)
        for month in sorted(dataset.release_months)
    ]
    current = max(start for start in starts if start <= checked)
    following = min(start for start in starts if start > checked)
    if arrived is not None and arrived >= current:
        return following
    return min(following, checked + timedelta(days=RETRY_DAYS))


def _fetch_days(dataset: Dataset, fetched: Path) -> tuple[date | None, date | None]:
    """Return the day by which every file was asked for, and that of the newest content."""
    paths = [path for source in dataset.files if source.fetch for path in source.paths]
    files = [received for path in paths if (received := snapshot.received(fetched / path))]
    if not files or len(files) < len(paths):
        return None, None
    return min(f.checked for f in files).date(), max(f.fetched for f in files).date()


def _day(moment: object) -> date | None:
    return moment.date() if isinstance(moment, pd.Timestamp) else None
