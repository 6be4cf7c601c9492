"""The rows of a query in three forms: plain values of each row, or of each column, or a frame.

Few different texts fill most columns of texts: each is one object, wherever it stands. DuckDB makes
rows without Arrow, which takes a server 75 ms to import; of many rows Arrow makes columns in two
thirds of the time. For a moment Arrow would import pandas, which takes every process 40 MiB.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pandas as pd


TEXT = "VARCHAR"


def rows_of(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    """Return a dict per row."""
    names = relation.columns
    return [
        {
            name: intern(value) if type(value) is str else value
            for name, value in zip(names, row, strict=True)
        }
        for row in relation.fetchall()
    ]


def columns_of(relation: duckdb.DuckDBPyRelation) -> dict[str, list[Any]]:
    """Return a list per column; none is of moments."""
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    table = relation.to_arrow_table()
    values = {name: table[name].to_pylist() for name in types}
    return {n: _shared(v) if types[n] == TEXT else v for n, v in values.items()}


def frame_of(relation: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return a frame."""
    frame: pd.DataFrame = relation.to_arrow_table().to_pandas(date_as_object=False)
    return frame


def _shared(texts: list[str | None]) -> list[str | None]:
    same = {text: text and intern(text) for text in set(texts)}
    return list(map(same.__getitem__, texts))
