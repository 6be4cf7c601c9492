"""A delimited file with one row a municipality and one column a measure, all of it declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from etl.delimited import NUMBER, cells, numbers, read_rows, refuse
from etl.reading import Parsed
from warehouse.declarations import Declaration
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Column(Declaration):
    """The figure of a column is `shift + scale * what the file says`."""

    variable: str
    period: str | None = None
    scale: float = 1
    shift: float = 0


class Options(Declaration):
    """What a file of this kind declares.

    `province` (three digits) keeps only its municipalities; the first `period_length` signs
    of the column `dates` are the period, and the last date of a period counts.
    """

    code: str
    columns: dict[str, Column]
    encoding: str = "utf-8-sig"
    separator: str = ","
    decimal: str = "."
    missing: tuple[str, ...] = ("",)
    province: str | None = None
    period: str | None = None
    dates: str | None = None
    period_length: int = 7


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return a cell for every declared column of every municipality that has a figure."""
    try:
        declared = Options.model_validate(dict(options))
    except ValidationError as error:
        raise SourceError(f"options of the layout wide_csv: {error}") from error
    needed = [declared.code, *declared.columns, *([declared.dates] if declared.dates else [])]
    rows = read_rows(content, needed, encoding=declared.encoding, separator=declared.separator)
    rows = _chosen(rows, declared)
    figures = {name: numbers(rows[name], declared.decimal) for name in declared.columns}
    parts = [
        cells(
            rows,
            code=rows[declared.code],
            variable=column.variable,
            period=rows["period"] if declared.dates else column.period or declared.period,
            value=column.shift + column.scale * figures[name],
            column=name,
        ).dropna(subset="value")
        for name, column in declared.columns.items()
    ]
    refused = [
        refusal
        for name, values in figures.items()
        for refusal in refuse(
            rows[values.isna() & ~rows[name].str.strip().isin(declared.missing)],
            [name],
            "number",
            NUMBER,
        )
    ]
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))


def _chosen(rows: pd.DataFrame, declared: Options) -> pd.DataFrame:
    if declared.province:
        rows = rows[rows[declared.code].str.zfill(6).str.startswith(declared.province)]
    if declared.dates:
        dates = rows[declared.dates]
        rows = rows.assign(period=dates.str[: declared.period_length])
        rows = rows[dates == dates.groupby(rows["period"]).transform("max")]
    return rows
