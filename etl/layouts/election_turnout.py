"""Electors and voters of one election by municipality, and the turnout of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.cells import numbered_in_province, reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import CodeColumn, FileContext, ParsedFile, Province, TextOptions
from etl.parsing.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    code: CodeColumn
    electors: str = Field(description="Column of the electors.")
    voters: str = Field(description="Column of the voters.")
    sexes: dict[str, str] = Field(
        default_factory=dict, description="By variable: the column of the count for one sex."
    )
    previous: dict[str, str] = Field(
        default_factory=dict,
        description="By column with the turnout of an earlier election: its year.",
    )
    decimal: str = Field(".", description="The decimal sign in the columns of `previous`.")
    region: str | None = Field(None, description="Column of the region or province.")
    references: dict[str, str] = Field(
        default_factory=dict,
        description="By territory: how the column `region` begins in its rows (blank: all rows).",
    )
    province: Province = None

    @property
    def counts(self) -> dict[str, str]:
        """The column of each variable that is a count."""
        return {"electors": self.electors, "voters": self.voters, **self.sexes}


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `electors`, `voters` and `turnout` (%), and the `turnout` of the election before.

    A blank or a zero as the turnout of an earlier election means that the municipality did not
    exist. The turnout of each territory of `references` is that of all its rows.
    """
    counts = options.counts
    region = [options.region] if options.region else []
    columns = [options.code, *counts.values(), *options.previous, *region]
    rows, rejected = read_rows(content, columns, **options.reading)
    figures = pd.DataFrame({name: numbers(rows[column]) for name, column in counts.items()})
    for name, column in counts.items():
        rejected += reject_cells(rows[figures[name].isna()], [column], "number")
    references = list(_references(rows, figures, options, context.period))
    is_complete = figures.notna().all(axis="columns")
    rows, figures = rows[is_complete], figures[is_complete]
    if options.province:
        is_inside = numbered_in_province(rows[options.code], options.province)
        rows, figures = rows[is_inside], figures[is_inside]
    figures = figures.assign(turnout=100 * figures["voters"] / figures["electors"])
    parts = [
        _cells(rows, options, context.period, variable=name, value=figures[name], column=column)
        for name, column in (*counts.items(), ("turnout", options.voters))
    ]
    cells = pd.concat([*references, *parts, *_previous_turnouts(rows, options)], ignore_index=True)
    return ParsedFile(cells[cells["value"] > 0], tuple(rejected))


def _cells(rows: pd.DataFrame, options: Options, period: str, **columns: object) -> pd.DataFrame:
    return to_cells(rows, code=rows[options.code].str.strip(), period=period, **columns)


def _previous_turnouts(rows: pd.DataFrame, options: Options) -> Iterator[pd.DataFrame]:
    for column, year in options.previous.items():
        turnout = numbers(rows[column], options.decimal)
        yield _cells(rows, options, year, variable="turnout", value=turnout, column=column)


def _references(
    rows: pd.DataFrame, figures: pd.DataFrame, options: Options, period: str
) -> Iterator[pd.DataFrame]:
    """Yield the turnout of each territory of `references`."""
    for territory, beginning in options.references.items():
        is_inside = rows[options.region].str.startswith(beginning)
        sums = figures[is_inside].sum(skipna=False)
        yield to_cells(
            rows.head(1),
            code=territory,
            variable="turnout",
            period=period,
            value=100 * sums["voters"] / sums["electors"],
            column=options.voters,
        )
