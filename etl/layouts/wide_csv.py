"""A delimited file with one row a municipality and one column a measure, all of it declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import Field, ValidationError

from etl.parsing.delimited import cells, figures, read_rows, refuse
from etl.parsing.layout import TOLD, ParsedFile
from etl.quarantine import wrong_options
from warehouse.declarations.base import Declaration
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Column(Declaration):
    """The figure of a column is `shift + scale * what the file says`, times column `times`.

    The columns named in `plus` are added to what the file says, those in `minus` taken off; one
    that is hidden hides the figure.
    """

    variable: str
    period: str | None = None
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    times: str | None = None
    scale: float = 1
    shift: float = 0


class Options(Declaration):
    """What a file of this kind declares.

    `province` (three digits) keeps only its municipalities; the first `period_length` signs
    of the column `dates` are the period, and the last date of a period counts; or `periods`
    says which period each date stands for, and other dates are left out. `suppressed` are the
    words that hide a small number: its figure is missing with the status Q. `header` is the
    first column's name, where titles stand above the header and notes below the rows; `ignored`
    are signs that say nothing in a figure, such as the thousands' point; `only` keeps the rows
    whose columns say so, where others speak of something else; `unplaced` are words in place of
    a code, for what belongs to no municipality.
    """

    code: str
    columns: dict[str, Column]
    encoding: str = "utf-8-sig"
    separator: str = ","
    decimal: str = "."
    header: str | None = None
    ignored: str = ""
    only: dict[str, str] = Field(default_factory=dict)
    missing: tuple[str, ...] = ("",)
    suppressed: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    province: str | None = None
    period: str | None = None
    dates: str | None = None
    period_length: int = 7
    periods: dict[str, str] = Field(default_factory=dict)


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return a cell for every declared column of every municipality that has a figure."""
    try:
        own = {name: said for name, said in options.items() if name not in TOLD}
        declared = Options.model_validate(own)
    except ValidationError as error:
        raise SourceError(wrong_options("wide_csv", error)) from error
    others = [o for c in declared.columns.values() for o in (c.times, *c.plus, *c.minus)]
    extra = filter(None, [*others, declared.dates, *declared.only])
    rows, refused = read_rows(
        content,
        [declared.code, *declared.columns, *extra],
        encoding=declared.encoding,
        separator=declared.separator,
        header=declared.header,
    )
    rows = _chosen(rows, declared)
    parts: list[pd.DataFrame] = []
    for name, column in declared.columns.items():
        given, unread = _measure(rows, name, column, declared)
        parts.append(given)
        refused += unread
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _measure(
    rows: pd.DataFrame, name: str, column: Column, declared: Options
) -> tuple[pd.DataFrame, list[Rejection]]:
    terms = [name, *column.plus]
    words = rows[[*terms, *column.minus, *filter(None, [column.times])]].apply(
        lambda said: said.str.strip()
    )
    read = figures(words, words, declared.decimal, declared.ignored)
    hidden = words.isin(declared.suppressed).any(axis=1)
    known = read[terms].sum(axis=1, skipna=False)
    # of a sum of which a term is hidden, what is known counts for the country, not for the place
    known = known.where(~hidden, read[terms].sum(axis=1, min_count=1))
    known = known.sub(read[list(column.minus)].sum(axis=1, skipna=False))
    values = column.shift + column.scale * known
    if column.times:
        values *= read[column.times]
    given = cells(
        rows,
        code=rows[declared.code],
        variable=column.variable,
        period=rows["period"] if declared.dates else column.period or declared.period,
        value=values,
        obs_status=hidden.map({True: "Q", False: "A"}),
        column=name,
    )
    unread = read.isna() & ~words.isin([*declared.suppressed, *declared.missing])
    refused = [
        r
        for said in words.columns[unread.any()]
        for r in refuse(rows.loc[unread[said], ["line", said]], [said], "number")
    ]
    return given[values.notna() | hidden], refused


def _chosen(rows: pd.DataFrame, declared: Options) -> pd.DataFrame:
    for name, said in declared.only.items():
        rows = rows[rows[name].str.strip() == said]
    if declared.unplaced:
        rows = rows[~rows[declared.code].str.strip().isin(declared.unplaced)]
    if declared.province:
        codes = rows[declared.code].str.strip().str.zfill(6).str[-6:]
        rows = rows[codes.str.startswith(declared.province)]
    if declared.dates:
        dates = rows[declared.dates]
        if declared.periods:
            rows = rows.assign(period=dates.map(declared.periods))
            return rows[rows["period"].notna()]
        rows = rows.assign(period=dates.str[: declared.period_length])
        rows = rows[dates == dates.groupby(rows["period"]).transform("max")]
    return rows
