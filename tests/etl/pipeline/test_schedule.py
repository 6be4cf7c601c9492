"""A provider is due by its cadence or its months of publication, and not before."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from etl.cli.console import ConsoleReporter
from etl.pipeline import download
from etl.pipeline.schedule import due, next_expected
from etl.snapshot import Received, write_received
from tests.support.specimens import CATALOG
from warehouse.declarations.sources import SourceFile
from warehouse.files import sha256_of
from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset

PLAIN = CATALOG.datasets["irpef"]
FILE = SourceFile.model_validate(
    {
        "path": "income/irpef.csv",
        "layout": "wide_csv",
        "fetch": {"kind": "http", "address": "https://example.org/irpef.csv"},
    }
)


def dataset(cadence: str = "annual", months: tuple[int, ...] = ()) -> Dataset:
    fields = {"cadence": cadence, "release_months": months, "files": (FILE,)}
    return PLAIN.model_copy(update=fields)


def catalog(entry: Dataset) -> Catalog:
    return CATALOG.model_copy(update={"datasets": {entry.id: entry}})


def store_fetched(folder: Path, checked: str, fetched: str) -> None:
    """Put a file there as it is after the provider was asked."""
    path = folder / FILE.path
    path.parent.mkdir(parents=True)
    path.write_text("x", "utf-8")
    days = {"checked": checked, "fetched": fetched}
    times = {name: datetime.fromisoformat(f"{day}T06:00:00+00:00") for name, day in days.items()}
    received = Received(
        address="",
        request="",
        licence="",
        sha256=sha256_of(path),
        raw="",
        bytes=1,
        headers={},
        **times,
    )
    write_received(path, received)


@pytest.mark.parametrize(
    ("cadence", "checked", "expected"),
    [
        ("daily", date(2026, 3, 1), date(2026, 3, 2)),
        ("monthly", date(2026, 3, 1), date(2026, 3, 31)),
        ("annual", date(2026, 3, 1), date(2027, 3, 1)),
        ("irregular", date(2026, 3, 1), date(2026, 5, 31)),
    ],
)
def test_a_provider_is_asked_once_in_each_cadence(
    cadence: str, checked: date, expected: date
) -> None:
    assert next_expected(dataset(cadence), checked, checked) == expected


def test_a_provider_with_release_months_is_asked_in_the_next_one() -> None:
    # asked in May, after this year's figures came in April
    april = dataset(months=(4,))
    assert next_expected(april, date(2026, 5, 10), date(2026, 4, 20)) == date(2027, 4, 1)


def test_in_its_month_a_provider_is_asked_every_week_until_the_figures_arrive() -> None:
    april = dataset(months=(4,))
    assert next_expected(april, date(2026, 4, 2), date(2025, 4, 20)) == date(2026, 4, 9)
    assert next_expected(april, date(2026, 4, 9), date(2026, 4, 9)) == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2023", date(2023, 12, 31)),
        ("2023-S1", date(2023, 6, 30)),
        ("2023-Q3", date(2023, 9, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-02-05", date(2024, 2, 5)),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, expected: date) -> None:
    assert Period.parse(period).end == expected


def test_a_dataset_that_was_never_fetched_is_due(tmp_path: Path) -> None:
    published = pd.DataFrame({"dataset": ["irpef"], "last_period": ["2024"], "fetched": [pd.NaT]})
    (row,) = due(catalog(dataset()), published, tmp_path, date(2026, 1, 1)).to_dict("records")
    assert (row["due"], row["why"], row["age"]) == (True, "never_fetched", 1 + 365)


def test_due_datasets_are_listed_in_the_language_of_the_deployment(
    config: Callable[..., Config], capsys: pytest.CaptureFixture[str]
) -> None:
    assert download.due_datasets(config(), catalog(dataset()), (), ConsoleReporter("it")) == (
        "irpef",
    )
    output = capsys.readouterr().out
    assert "annuale" in output
    assert "annual " not in output


@pytest.mark.parametrize(("today", "is_due"), [(date(2026, 6, 1), False), (date(2027, 3, 1), True)])
def test_a_dataset_is_due_again_when_its_cadence_has_passed(
    tmp_path: Path, today: date, *, is_due: bool
) -> None:
    store_fetched(tmp_path, checked="2026-03-01", fetched="2025-03-01")
    (row,) = due(catalog(dataset()), pd.DataFrame(), tmp_path, today).to_dict("records")
    assert row["due"] == is_due
    assert row["owner"] == PLAIN.owner


def test_a_dataset_loaded_from_files_is_never_due(tmp_path: Path) -> None:
    plain = PLAIN.model_copy(update={"files": PLAIN.files[:1]})
    (row,) = due(catalog(plain), pd.DataFrame(), tmp_path, date(2040, 1, 1)).to_dict("records")
    assert (row["due"], row["online"], row["why"]) == (False, False, "not_online")
