"""A table with one row per place and one column per measure, all declared: CSV or a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from etl.parsing.cells import absent_places, numbered_in_province, reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.excel import sheet_as_csv
from etl.parsing.layout import (
    CodeColumn,
    FileContext,
    Header,
    ParsedFile,
    Province,
    TextOptions,
)
from etl.parsing.numbers import figures
from warehouse.declarations.base import Declaration
from warehouse.messages import field_error

if TYPE_CHECKING:
    from warehouse.errors import Rejection


class Column(Declaration):
    """A figure: `shift + scale * (the column + plus - minus)`, times `times`, divided by `per`.

    Where one of the columns is hidden the figure is hidden too.
    """

    variable: str = Field(description="The variable.")
    period: str | None = Field(None, description="Its period, where the file has several.")
    plus: tuple[str, ...] = Field((), description="Columns that are added.")
    minus: tuple[str, ...] = Field((), description="Columns that are subtracted.")
    times: str | None = Field(None, description="Column that multiplies the result.")
    per: str | None = Field(None, description="Column that divides the result.")
    scale: float = Field(1, description="Factor of the sum.")
    shift: float = Field(0, description="Addend of the scaled sum.")
    flag: bool = Field(
        default=False, description="1 where the figure is above zero, else 0: places that have any."
    )

    @property
    def further_columns(self) -> tuple[str, ...]:
        """The columns that the figure needs besides its own."""
        return (*self.factors, *self.plus, *self.minus)

    @property
    def factors(self) -> tuple[str, ...]:
        """The columns that multiply or divide the figure."""
        return tuple(name for name in (self.times, self.per) if name)


class Options(TextOptions):
    """What a dataset declares of its file."""

    code: CodeColumn = ""
    place: str | None = Field(
        None, description="The one place of a file without a column of codes: a code or territory."
    )
    places: dict[str, str] = Field(
        default_factory=dict,
        description="By text of the column `code`: the territory; other rows are left out.",
    )
    sheet: str | None = Field(
        None, description="The sheet of an Excel workbook that has the table; default: a CSV file."
    )
    columns: dict[str, Column] = Field(description="By column: the figure.")
    encoding: str = Field("utf-8-sig", description="The file's encoding.")
    decimal: str = Field(".", description="The decimal sign.")
    header: Header = None
    ignored: str = Field("", description="Signs to ignore in figures, such as `.` or `%`.")
    only: dict[str, str | tuple[str, ...]] = Field(
        default_factory=dict,
        description="By column: the text, or texts, of the rows that count; others are left out.",
    )
    summed: bool = Field(
        default=False,
        description="Rows of the same place and period are added up, such as months or roads.",
    )
    whole: bool = Field(
        default=False,
        description="The file, `zoned`, is complete: a municipality that it lacks has zero.",
    )
    missing: tuple[str, ...] = Field(("",), description="Texts instead of a missing figure.")
    suppressed: tuple[str, ...] = Field(
        (), description="Texts that hide a small number: a missing figure with the status Q."
    )
    unplaced: tuple[str, ...] = Field(
        (), description="Texts instead of a code, in rows that belong to no municipality."
    )
    province: Province = None
    dates: str | None = Field(None, description="Column of the date, which gives the period.")
    period_length: int = Field(
        7, description="How many characters of the date are the period; its last date counts."
    )
    periods: dict[str, str] = Field(
        default_factory=dict,
        description="By date: the period that it stands for; other dates are left out.",
    )

    @model_validator(mode="after")
    def _a_code_or_one_place(self) -> Options:
        if bool(self.code) == bool(self.place):
            raise field_error("code_or_place")
        return self


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return a cell for every declared column of every municipality that has a figure."""
    further = [name for column in options.columns.values() for name in column.further_columns]
    further += [options.dates] if options.dates else []
    key = [options.code] if options.code else []
    rows, rejected = read_rows(
        sheet_as_csv(content, options.sheet) if options.sheet else content,
        [*key, *options.columns, *further, *options.only],
        encoding="utf-8" if options.sheet else options.encoding,
        separator="," if options.sheet else options.separator,
        renamed=options.renamed,
        header=options.header,
    )
    rows = _selected(_placed(rows, options), options)
    rows = _dated(rows, options) if options.dates else rows
    parts: list[pd.DataFrame] = []
    for name, column in options.columns.items():
        cells, wrong_cells = _cells(rows, name, options, column.period or context.declared_period)
        parts.append(cells)
        rejected += wrong_cells
    table = pd.concat(parts, ignore_index=True)
    table = _sums(table) if options.summed else table
    table = _with_zeros(table, context) if options.whole else table
    return ParsedFile(table, tuple(rejected))


def _with_zeros(cells: pd.DataFrame, context: FileContext) -> pd.DataFrame:
    """Return the cells and zeros of the absent municipalities, as the municipalities then were."""
    parts = [cells]
    for (variable, period), rows in cells.groupby(["variable", "period"]):
        absent = absent_places(rows["code"], context.zone_of, context.merged_into)
        places = pd.DataFrame({"code": absent, "line": 0})
        column = rows["column"].iloc[0]
        codes = places["code"]
        parts.append(
            to_cells(places, code=codes, variable=variable, period=period, value=0.0, column=column)
        )
    return pd.concat(parts, ignore_index=True)


def _placed(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the rows with the column `place`: code or territory; those elsewhere are left out."""
    if options.place:
        return rows.assign(place=options.place)
    codes = rows[options.code].str.strip()
    if not options.places:
        return rows.assign(place=codes)
    rows = rows.assign(place=codes.map(options.places))
    return rows[rows["place"].notna()]


def _sums(cells: pd.DataFrame) -> pd.DataFrame:
    """Return one cell per place, variable and period; a hidden part hides the sum."""
    groups = cells.groupby(["code", "variable", "period"], as_index=False, sort=False)
    sums = groups.agg(
        obs_status=("obs_status", "max"),
        line=("line", "min"),
        column=("column", "first"),
    )
    return sums.assign(value=groups["value"].sum(skipna=False)["value"])


def _selected(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the rows of municipalities that count."""
    for name, texts in options.only.items():
        accepted = [texts] if isinstance(texts, str) else list(texts)
        rows = rows[rows[name].str.strip().isin(accepted)]
    if options.unplaced:
        rows = rows[~rows["place"].isin(options.unplaced)]
    if options.province:
        rows = rows[numbered_in_province(rows["place"], options.province)]
    return rows


def _dated(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the rows of the dates that count, with `period`."""
    dates = rows[options.dates]
    if options.periods:
        rows = rows.assign(period=dates.map(options.periods))
        return rows[rows["period"].notna()]
    rows = rows.assign(period=dates.str[: options.period_length])
    return rows[dates == dates.groupby(rows["period"]).transform("max")]


def _cells(
    rows: pd.DataFrame, name: str, options: Options, period: str | None
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the cells of one column, and those that are not numbers."""
    column = options.columns[name]
    terms = [name, *column.further_columns]
    texts = rows[terms].apply(lambda values: values.str.strip())
    numbers = figures(texts, texts, options.decimal, options.ignored)
    is_hidden = texts.isin(options.suppressed).any(axis=1)
    values = _values(numbers, name, column, is_hidden)
    cells = to_cells(
        rows,
        code=rows["place"],
        variable=column.variable,
        period=rows["period"] if options.dates else period,
        value=values,
        obs_status=is_hidden.map({True: "Q", False: "A"}),
        column=name,
    )
    is_unread = numbers.isna() & ~texts.isin([*options.suppressed, *options.missing])
    rejected: list[Rejection] = []
    for term in texts.columns[is_unread.any()]:
        rejected += reject_cells(rows.loc[is_unread[term], ["line", term]], [term], "number")
    return cells[values.notna() | is_hidden], rejected


def _values(
    numbers: pd.DataFrame, name: str, column: Column, is_hidden: pd.Series[bool]
) -> pd.Series[float]:
    added = numbers[[name, *column.plus]]
    total = added.sum(axis=1, skipna=False)
    # where a term of a sum is hidden, the others count for the country, not for the municipality
    total = total.where(~is_hidden, added.sum(axis=1, min_count=1))
    total = total.sub(numbers[list(column.minus)].sum(axis=1, skipna=False))
    values = column.shift + column.scale * total
    if column.flag:
        values = (values > 0).astype(float).where(values.notna())
    values = values * numbers[column.times] if column.times else values
    # a rate on nothing is missing rather than endless
    return values / numbers[column.per].replace(0, np.nan) if column.per else values
