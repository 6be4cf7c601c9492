"""One table of projects as the release has it: a CSV with the contract's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field, field_validator

from etl.parsing.cells import no_cells, reject_cells
from etl.parsing.dates import days
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.numbers import numbers
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError
from warehouse.messages import field_error
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

FLAGS = {"true": True, "false": False}


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    table: str = Field(description="Name of the project table.")

    @field_validator("table")
    @classmethod
    def _is_a_project_table(cls, name: str) -> str:
        if name not in PROJECT_TABLES:
            raise field_error("project_table")
        return name


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return the declared table; a row with a cell of another type is rejected."""
    contract = PROJECT_TABLES[options.table]
    rows, rejected = read_rows(content, contract.key)
    columns = [column for column in rows.columns if column != "line"]
    if unknown := sorted(set(columns) - set(contract.schema.names)):
        raise SourceError(
            reject("columns_unknown", options.table, line=1, column=unknown[0], columns=unknown)
        )
    rejected += _wrong_keys(rows, contract.key)
    values: dict[str, pa.Array] = {}
    for column in columns:
        kind = contract.schema.field(column).type
        values[column], wrong_cells = _converted(rows, column, kind)
        rejected += wrong_cells
    is_good = ~rows["line"].isin([rejection.line for rejection in rejected])
    table = pa.table(values).filter(pa.array(is_good))
    return ParsedFile(no_cells(), tuple(rejected), {options.table: table})


def _wrong_keys(rows: pd.DataFrame, key: Sequence[str]) -> list[Rejection]:
    rejected: list[Rejection] = []
    for name in key:
        rejected += reject_cells(rows[rows[name] == ""], [name], "key")
    return rejected + reject_cells(rows[rows.duplicated(list(key))], [key[-1]], "unique")


def _converted(
    rows: pd.DataFrame, column: str, kind: pa.DataType
) -> tuple[pa.Array, list[Rejection]]:
    """Return a column as values of its type, and the cells that are not."""
    if pa.types.is_string(kind):
        trimmed = pc.utf8_trim_whitespace(pa.array(rows[column], pa.string()))
        return pc.if_else(pc.equal(trimmed, ""), None, trimmed), []
    texts = rows[column].str.strip()
    is_blank = texts == ""
    values: pd.Series[Any]
    if pa.types.is_date(kind):
        rule, values = "date", days(texts).dt.date
    elif pa.types.is_boolean(kind):
        rule, values = "flag", texts.map(FLAGS)
    else:
        rule, values = "number", numbers(texts)
    wrong_cells = reject_cells(rows[values.isna() & ~is_blank], [column], rule)
    return pa.array(values, from_pandas=True), wrong_cells
