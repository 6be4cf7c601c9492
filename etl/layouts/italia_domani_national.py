"""Italia Domani's national files: projects in one municipality only, counted and summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.aggregate import PERIOD, complete_places, merge_parts, sum_cells
from etl.parsing.cells import joined_code, reject_cells
from etl.parsing.dates import days
from etl.parsing.delimited import read_companion, read_rows
from etl.parsing.layout import FileContext, ParsedFile, Separator, TextOptions
from etl.parsing.numbers import numbers
from etl.parsing.text import header_names
from warehouse.declarations.base import Declaration

if TYPE_CHECKING:
    from warehouse.errors import Rejection

PROJECT = ["CUP"]
MEASURE, DAY = "Codice Univoco Submisura", "Data di Estrazione"
PROVINCE, PLACE = "Provincia", "Comune"
NO_NUMBER = ("", "N/D", "n.d.")
NOT_A_PLACE = "000"  # the whole country or a region: not a municipality
CODE = "code"


class Figure(Declaration):
    """A figure of a municipality: how many projects it has, or the sum of one of their columns."""

    sum: tuple[str, ...] = Field(
        (), description="The names that the column has had in the file's editions; none: rows."
    )
    where: dict[str, str] = Field(
        default_factory=dict, description="By column: the pattern that counted rows fit."
    )
    share: str = Field(
        "",
        description="Of a total that each row of a project may repeat: the variable of its part.",
    )
    reaches: tuple[str, str] | None = Field(
        None, description="Count only rows whose first column is at least the second."
    )


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_companions: ClassVar[tuple[str, ...]] = ("places",)
    separator: Separator = ";"
    figures: dict[str, Figure] = Field(description="By variable: what is counted or summed.")
    by_row: bool = Field(
        default=False,
        description="Count rows; default: projects, each a CUP with its rows together.",
    )
    measure: str = Field("", description="How the codes of the measures begin that count.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the declared `figures` by municipality at the day of extraction.

    A project is one CUP: the money of its rows is summed, a total that they repeat counts once.
    The money of a project is repeated whole in each of its places (companion file `places`), so
    that only projects in one municipality of the whole file count. A row without a number that a
    figure needs counts nowhere; where it has another text instead it is rejected, and its
    municipality has no figures: half a sum is not published.
    """
    columns = _columns(content, options)
    rows, rejected = read_rows(
        content, [*PROJECT, MEASURE, DAY, *columns], only=True, **options.reading
    )
    rows = rows[rows[MEASURE].str.startswith(options.measure)]
    rows = rows.merge(_places(context), on=PROJECT)
    day = days(rows[DAY].str.strip(), "%d/%m/%Y")
    rejected += reject_cells(rows[day.isna()], [DAY], "date")
    rows = rows.assign(period=day.dt.strftime("%Y-%m-%d"))
    rows = complete_places(rows, day.notna(), CODE)
    figures, wrong_cells = _figures(rows, options)
    is_rejected = rows["line"].isin([rejection.line for rejection in wrong_cells])
    # a rejected row stays, without figures, so that its place has no sum
    rows = rows.assign(**figures)[figures.notna().all(axis="columns") | is_rejected]
    if not options.by_row:
        rows = _projects(rows, options)
    cells = sum_cells(rows, [*options.figures], code=CODE, column=PROJECT[0])
    return ParsedFile(cells, (*rejected, *wrong_cells))


def _projects(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return one row per project, place and day."""
    figures = options.figures
    totals = {figure.share: name for name, figure in figures.items() if figure.share}
    sums = [name for name, figure in figures.items() if figure.sum and not figure.share]
    return merge_parts(rows, [*PROJECT, CODE, PERIOD], totals, sums)


def _columns(content: bytes, options: Options) -> list[str]:
    """Return the columns that the figures are read from, by the names of this edition."""
    header = header_names(content, options.separator)
    columns: list[str] = []
    for figure in options.figures.values():
        present = [name for name in figure.sum if name in header]
        columns += [*(present or figure.sum)[:1], *figure.where, *(figure.reaches or ())]
    return list(dict.fromkeys(columns))


def _places(context: FileContext) -> pd.DataFrame:
    """Return the municipality of each project that has one place only."""
    columns = [*PROJECT, PROVINCE, PLACE]
    places = read_companion(context, "places", columns, separator=";", only=True)
    code = joined_code(places[PROVINCE], places[PLACE])
    places = places.assign(**{CODE: code})[[*PROJECT, CODE]]
    single = places.drop_duplicates().drop_duplicates(PROJECT, keep=False)
    is_place = (single[CODE].str[:3] != NOT_A_PLACE) & (single[CODE].str[3:] != NOT_A_PLACE)
    return single[is_place]


def _figures(rows: pd.DataFrame, options: Options) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the figures of each row, and the cells that are not the numbers they need."""
    amounts = {
        name: numbers(rows[name], decimal=",", ignored=".")
        for name in _number_columns(rows, options)
    }
    rejected: list[Rejection] = []
    for name, values in amounts.items():
        is_wrong = values.isna() & ~rows[name].str.strip().isin(NO_NUMBER)
        rejected += reject_cells(rows[is_wrong], [name], "number")
    figures = {
        variable: _figure(rows, figure, amounts) for variable, figure in options.figures.items()
    }
    return pd.DataFrame(figures, index=rows.index), rejected


def _number_columns(rows: pd.DataFrame, options: Options) -> list[str]:
    """Return the columns of numbers that the figures use, each once."""
    columns: list[str] = []
    for figure in options.figures.values():
        columns += [*[name for name in figure.sum if name in rows][:1], *(figure.reaches or ())]
    return list(dict.fromkeys(columns))


def _figure(
    rows: pd.DataFrame, figure: Figure, amounts: dict[str, pd.Series[float]]
) -> pd.Series[float]:
    """Return the figure of each row; NaN where a number that it needs is missing."""
    columns = [name for name in figure.sum if name in rows]
    value = amounts[columns[0]] if columns else pd.Series(1.0, rows.index)
    for name, pattern in figure.where.items():
        value = value.where(rows[name].str.upper().str.match(pattern), 0.0)
    if figure.reaches:
        achieved, planned = (amounts[name] for name in figure.reaches)
        value = value.where(achieved >= planned, 0.0)
        value = value.where(achieved.notna() & planned.notna())
    return value
