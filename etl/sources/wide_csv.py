"""A delimited file with one row a municipality and one column a measure, all of it declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field, ValidationError

from etl.delimited import NUMBER, cells, numbers, read_rows, refuse
from etl.reading import Parsed, Refusal
from warehouse.declarations import Declaration
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Column(Declaration):
    """The figure of a column is `shift + scale * what the file says`, times column `times`."""

    variable: str
    period: str | None = None
    times: str | None = None
    scale: float = 1
    shift: float = 0


class Options(Declaration):
    """What a file of this kind declares.

    `province` (three digits) keeps only its municipalities; the first `period_length` signs
    of the column `dates` are the period, and the last date of a period counts; or `periods`
    says which period each date stands for, and other dates are left out. `suppressed` are the
    words that hide a small number: its figure is missing with the status Q.
    """

    code: str
    columns: dict[str, Column]
    encoding: str = "utf-8-sig"
    separator: str = ","
    decimal: str = "."
    missing: tuple[str, ...] = ("",)
    suppressed: tuple[str, ...] = ()
    province: str | None = None
    period: str | None = None
    dates: str | None = None
    period_length: int = 7
    periods: dict[str, str] = Field(default_factory=dict)


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return a cell for every declared column of every municipality that has a figure."""
    try:
        declared = Options.model_validate(dict(options))
    except ValidationError as error:
        raise SourceError(f"options of the layout wide_csv: {error}") from error
    factors = [column.times for column in declared.columns.values()]
    needed = [declared.code, *declared.columns, *filter(None, [*factors, declared.dates])]
    rows = read_rows(content, needed, encoding=declared.encoding, separator=declared.separator)
    rows = _chosen(rows, declared)
    parts: list[pd.DataFrame] = []
    refused: list[Refusal] = []
    for name, column in declared.columns.items():
        words = rows[name].str.strip()
        values = column.shift + column.scale * numbers(words, declared.decimal)
        if column.times:
            values *= numbers(rows[column.times], declared.decimal)
        hidden = words.isin(declared.suppressed)
        given = cells(
            rows,
            code=rows[declared.code],
            variable=column.variable,
            period=rows["period"] if declared.dates else column.period or declared.period,
            value=values,
            obs_status=hidden.map({True: "Q", False: "A"}),
            column=name,
        )
        parts.append(given[values.notna() | hidden])
        unread = values.isna() & ~hidden & ~words.isin(declared.missing)
        refused += refuse(rows[unread], [name], "number", NUMBER)
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))


def _chosen(rows: pd.DataFrame, declared: Options) -> pd.DataFrame:
    if declared.province:
        rows = rows[rows[declared.code].str.zfill(6).str.startswith(declared.province)]
    if declared.dates:
        dates = rows[declared.dates]
        if declared.periods:
            rows = rows.assign(period=dates.map(declared.periods))
            return rows[rows["period"].notna()]
        rows = rows.assign(period=dates.str[: declared.period_length])
        rows = rows[dates == dates.groupby(rows["period"]).transform("max")]
    return rows
