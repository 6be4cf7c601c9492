"""One table of projects as the release has it: a CSV with the contract's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl.delimited import DATE, NUMBER, numbers, read_rows, refuse
from etl.reading import CELLS, Parsed, Refusal
from warehouse.errors import SourceError
from warehouse.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = {
    "it": "Questa colonna riconosce la riga e non può restare vuota.",
    "en": "This column identifies the row and cannot stay empty.",
}
REPEATED = {
    "it": "Un'altra riga del file ha la stessa chiave.",
    "en": "Another row of the file has the same key.",
}
FLAG = {"it": "Qui ci vuole true o false.", "en": "true or false is needed here."}
FLAGS = {"true": True, "false": False}


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return the table `options["table"]`; a row with a cell of another kind is refused."""
    name = options["table"]
    contract = PROJECT_TABLES[name]
    rows = read_rows(content, contract.key)
    given = [column for column in rows.columns if column != "line"]
    if unknown := sorted(set(given) - set(contract.schema.names)):
        raise SourceError(f"the table {name!r} has no columns {unknown}; see the template")
    refused = _keys(rows, list(contract.key))
    columns: dict[str, pd.Series[Any]] = {}
    for column in given:
        columns[column], faults = _read(rows, column, contract.schema.field(column).type)
        refused += faults
    good = ~rows["line"].isin([refusal.line for refusal in refused])
    table = pa.Table.from_pandas(pd.DataFrame(columns)[good], preserve_index=False)
    return Parsed(pd.DataFrame(columns=list(CELLS)), tuple(refused), {name: table})


def _keys(rows: pd.DataFrame, key: list[str]) -> list[Refusal]:
    refused = [r for name in key for r in refuse(rows[rows[name] == ""], [name], "key", KEY)]
    return [*refused, *refuse(rows[rows.duplicated(key)], key[-1:], "unique", REPEATED)]


def _read(
    rows: pd.DataFrame, column: str, kind: pa.DataType
) -> tuple[pd.Series[Any], list[Refusal]]:
    text = rows[column].str.strip()
    blank = text == ""
    values: pd.Series[Any]
    if pa.types.is_date(kind):
        values, rule, message = (
            pd.to_datetime(text, format="%Y-%m-%d", errors="coerce"),
            "date",
            DATE,
        )
        wrong, values = values.isna() & ~blank, values.dt.date
    elif pa.types.is_boolean(kind):
        values, rule, message = text.map(FLAGS), "flag", FLAG
        wrong = values.isna() & ~blank
    elif pa.types.is_string(kind):
        return text.mask(blank), []
    else:
        values, rule, message = numbers(text), "number", NUMBER
        wrong = values.isna() & ~blank
    return values, list(refuse(rows[wrong], [column], rule, message))
