"""One table of projects as the release has it: a CSV with the contract's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl.parsing.dates import days
from etl.parsing.delimited import numbers, read_rows, refuse
from etl.parsing.layout import CELL_COLUMNS, ParsedFile
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

FLAGS = {"true": True, "false": False}


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the table `options["table"]`; a row with a cell of another kind is refused."""
    name = options["table"]
    contract = PROJECT_TABLES[name]
    rows, refused = read_rows(content, contract.key)
    given = [column for column in rows.columns if column != "line"]
    if unknown := sorted(set(given) - set(contract.schema.names)):
        raise SourceError(
            reject("columns_unknown", name, line=1, column=unknown[0], columns=unknown)
        )
    refused += _keys(rows, list(contract.key))
    columns: dict[str, pd.Series[Any]] = {}
    for column in given:
        columns[column], faults = _read(rows, column, contract.schema.field(column).type)
        refused += faults
    good = ~rows["line"].isin([r.line for r in refused])
    table = pa.Table.from_pandas(pd.DataFrame(columns)[good], preserve_index=False)
    return ParsedFile(pd.DataFrame(columns=list(CELL_COLUMNS)), tuple(refused), {name: table})


def _keys(rows: pd.DataFrame, key: list[str]) -> list[Rejection]:
    refused = [r for name in key for r in refuse(rows[rows[name] == ""], [name], "key")]
    return [*refused, *refuse(rows[rows.duplicated(key)], key[-1:], "unique")]


def _read(
    rows: pd.DataFrame, column: str, kind: pa.DataType
) -> tuple[pd.Series[Any], list[Rejection]]:
    text = rows[column].str.strip()
    blank = text == ""
    values: pd.Series[Any]
    if pa.types.is_date(kind):
        values, rule = days(text), "date"
        wrong, values = values.isna() & ~blank, values.dt.date
    elif pa.types.is_boolean(kind):
        values, rule = text.map(FLAGS), "flag"
        wrong = values.isna() & ~blank
    elif pa.types.is_string(kind):
        return text.mask(blank), []
    else:
        values, rule = numbers(text), "number"
        wrong = values.isna() & ~blank
    return values, list(refuse(rows[wrong], [column], rule))
