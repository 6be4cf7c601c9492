"""Periods in Python and in SQL name the same days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.periods import Period, is_period

MACROS = Path(__file__).parents[2] / "warehouse/sql/macros.sql"
PERIODS = [
    "2023", "2024", "2023-S1", "2023-S2", "2024-S1", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4",
    *(f"{year}-{month:02d}" for year in (2023, 2024, 2100) for month in range(1, 13)),
    "2024-02-29", "2023-06-30", "2023-12-31",
]  # fmt: skip


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_has_the_days_of_the_sql_macros(text: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(MACROS.read_text(encoding="utf-8"))
        query = "select period_start($period)::date, period_end($period)::date"
        days = connection.execute(query, {"period": text}).fetchone()
    period = Period.parse(text)
    assert (period.start, period.end) == days


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("2023", "2024"),
        ("2023-S1", "2023-S2"),
        ("2023-S2", "2024-S1"),
        ("2023-Q3", "2023-Q4"),
        ("2023-Q4", "2024-Q1"),
        ("2023-09", "2023-10"),
        ("2023-12", "2024-01"),
        ("2024-02-28", "2024-02-29"),
        ("2023-12-31", "2024-01-01"),
    ],
)
def test_the_next_period_is_of_the_same_kind(text: str, following: str) -> None:
    assert Period.parse(text).next() == Period.parse(following)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2023", "2024", True),
        ("2023", "2025", False),
        ("2024", "2023", False),
        ("2023", "2024-S1", False),
        ("2023-Q4", "2024-Q1", True),
        ("2023-12", "2024-01", True),
        ("2023-06-29", "2023-06-30", False),  # readings of two days, not a rhythm
    ],
)
def test_a_period_follows_the_one_just_before_it(
    before: str, after: str, *, expected: bool
) -> None:
    assert Period.parse(after).follows(Period.parse(before)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-13",
        "2023-00",
        "2023-Q5",
        "2023-S3",
        "2023-02-29",
        "2023-6",
        "0000",
        "2023\n",
    ],
)
def test_what_is_not_a_period_is_refused(text: str) -> None:
    assert not is_period(text)
    with pytest.raises(ValueError, match=r"\S"):
        Period.parse(text)


def test_a_period_knows_its_kind_and_text() -> None:
    period = Period.parse("2023-S2")
    assert (period.kind, str(period)) == ("half-year", "2023-S2")
    assert (period.start, period.end) == (date(2023, 7, 1), date(2023, 12, 31))
