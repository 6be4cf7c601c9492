"""Plain values of Arrow columns."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from warehouse.query.plain import plain_values


def test_texts_are_as_they_were_and_each_is_one_object() -> None:
    texts = ["015146", None, "Milano", "015146", "", "Nord è", "Milano"]
    column = pa.chunked_array([texts[:4], texts[4:]], pa.string())
    values = plain_values(column)
    assert values == texts
    assert values[0] is values[3]
    assert values[2] is values[6]


def test_an_empty_column_and_one_of_unknown_texts() -> None:
    assert plain_values(pa.chunked_array([], pa.string())) == []
    assert plain_values(pa.chunked_array([[None, None]], pa.string())) == [None, None]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_moment_is_the_same_in_every_unit(unit: str) -> None:
    moment = datetime(2026, 11, 30, 14, 20, 17, tzinfo=UTC)
    moments = [moment, None]
    values = plain_values(pa.chunked_array([pa.array(moments, pa.timestamp(unit, "Europe/Rome"))]))
    assert values == moments
    assert str(values[0]) == "2026-11-30 15:20:17+01:00"
    without = plain_values(pa.chunked_array([pa.array(moments, pa.timestamp(unit))]))
    assert without == [moment.replace(tzinfo=None), None]


def test_columns_are_read_without_the_functions_of_arrow() -> None:
    program = """
import sys
import duckdb
from warehouse.query.plain import plain_values
table = duckdb.sql("select 'a' as text, 1.5 as real, now() as moment").to_arrow_table()
print([type(plain_values(table[name])[0]).__name__ for name in table.column_names])
print(*(name for name in ("pyarrow.compute", "pandas") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["['str', 'Decimal', 'datetime']", ""]
