"""The rows of a query in three forms: plain values of each row, or of each column, or a frame.

Few different texts fill most columns of texts: each is one object, wherever it stands. DuckDB makes
rows without Arrow, which takes a server 75 ms and 27 MiB; of a country's rows Arrow makes columns
in half the time. For a moment Arrow would import pandas, which takes every process 40 MiB.
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
    """Return a list per column."""
    names, rows = relation.columns, relation.fetchall()
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in names)
    return _shared(relation, dict(zip(names, columns, strict=True)))


def columns_of_many(relation: duckdb.DuckDBPyRelation) -> dict[str, list[Any]]:
    """Return the same by way of Arrow, quicker for very many rows; no column may be a moment."""
    table = relation.to_arrow_table()
    return _shared(relation, {name: table[name].to_pylist() for name in relation.columns})


def frame_of(relation: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return a frame."""
    frame: pd.DataFrame = relation.to_arrow_table().to_pandas(date_as_object=False)
    return frame


def _shared(
    relation: duckdb.DuckDBPyRelation, columns: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    for name, kind in zip(relation.columns, relation.types, strict=True):
        if str(kind) == TEXT:
            same = {text: text and intern(text) for text in set(columns[name])}
            columns[name] = list(map(same.__getitem__, columns[name]))
    return columns
