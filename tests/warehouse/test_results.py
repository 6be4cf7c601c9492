"""The rows of a query as plain Python values."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pytest

from warehouse.query.results import columns_of, columns_of_many, frame_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = (
    "from (values ('015146', 'Milano'), (null, ''), ('015146', 'Nord è'), ('', 'Milano')) t(a, b)"
)
VALUES = """
    select
        1.5::double as real,
        null::double as nothing,
        7::bigint as whole,
        2.25::decimal(5, 2) as exact,
        true as flag,
        [1, 2] as list,
        date '2026-11-30' as day
"""


def columns_of_rows(relation: duckdb.DuckDBPyRelation) -> dict[str, list[object]]:
    rows = rows_of(relation)
    return {name: [row[name] for row in rows] for name in relation.columns}


@pytest.mark.parametrize("read", [columns_of, columns_of_many, columns_of_rows])
def test_texts_are_as_they_were_and_each_is_one_object(
    read: Callable[[duckdb.DuckDBPyRelation], dict[str, list[object]]],
) -> None:
    with duckdb.connect() as connection:
        columns = read(connection.sql(TEXTS))
    assert columns == {
        "a": ["015146", None, "015146", ""],
        "b": ["Milano", "", "Nord è", "Milano"],
    }
    assert columns["a"][0] is columns["a"][2]
    assert columns["b"][0] is columns["b"][3]


def test_rows_and_columns_have_the_same_values() -> None:
    with duckdb.connect() as connection:
        (row,) = rows_of(connection.sql(VALUES))
        columns = columns_of(connection.sql(VALUES))
        assert columns_of_many(connection.sql(VALUES)) == columns
        frame = frame_of(connection.sql(VALUES))
        assert rows_of(connection.sql(f"{VALUES} limit 0")) == []
        nothing: dict[str, list[object]] = {name: [] for name in columns}
        assert columns_of(connection.sql(f"{VALUES} limit 0")) == nothing
        assert columns_of_many(connection.sql(f"{VALUES} limit 0")) == nothing
    assert row == {
        "real": 1.5, "nothing": None, "whole": 7, "exact": Decimal("2.25"), "flag": True,
        "list": [1, 2], "day": date(2026, 11, 30),
    }  # fmt: skip
    assert {name: [value] for name, value in row.items()} == columns
    assert list(frame.columns) == list(row)


def test_a_moment_is_in_the_zone_of_the_database() -> None:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'Europe/Rome'")
        sql = (
            "select timestamptz '2026-11-30 14:20:17+00' as aware, timestamp '2026-11-30' as naive"
        )
        (row,) = rows_of(connection.sql(sql))
    assert row["aware"] == datetime(2026, 11, 30, 14, 20, 17, tzinfo=UTC)
    assert str(row["aware"]) == "2026-11-30 15:20:17+01:00"
    assert str(row["naive"]) == "2026-11-30 00:00:00"


def test_few_rows_are_read_without_arrow_and_many_without_its_functions() -> None:
    program = """
import sys
import duckdb
from warehouse.query.results import columns_of, columns_of_many, rows_of
for read in (rows_of, columns_of):
    read(duckdb.sql("select 'a' as text, now() as moment"))
print("pyarrow" in sys.modules)
columns_of_many(duckdb.sql("select 'a' as text, 1.5 as real"))
print(*(name for name in ("pyarrow.compute", "pandas") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["False", ""]
