"""Population by municipality and date, and how much of it lives in small municipalities."""

from __future__ import annotations

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.excel import sheet_as_csv
from etl.parsing.layout import FileContext, Header, LayoutOptions, ParsedFile, Separator
from etl.parsing.numbers import numbers

DATE = "date"


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    threshold: float = Field(description="Residents from which a municipality is not small.")
    code: str = Field("istat_code", description="Column with the municipality's code.")
    population: str = Field("population", description="Column with the residents.")
    only: dict[str, str] = Field(
        default_factory=dict,
        description="By column: the text in the rows that count; the others are left out.",
    )
    dates: dict[str, str] = Field(
        default_factory=dict,
        description="By date in the column `date`: the period (1 January) that it stands for; "
        "other dates are left out. Without it the file is of one day, its period.",
    )
    sheet: str | None = Field(
        None, description="The sheet of an Excel workbook that has the table; default: a CSV file."
    )
    header: Header = None
    separator: Separator = ","


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `residents` and `residents_small`, those of municipalities under `threshold`."""
    code, people = options.code, options.population
    columns = [code, people, *options.only, *([DATE] if options.dates else [])]
    rows, rejected = read_rows(
        sheet_as_csv(content, options.sheet) if options.sheet else content,
        columns,
        header=options.header,
        separator="," if options.sheet else options.separator,
    )
    for name, text in options.only.items():
        rows = rows[rows[name].str.strip() == text]
    period = rows[DATE].map(options.dates) if options.dates else context.period
    rows = rows.assign(period=period)
    rows = rows[rows["period"].notna()]
    residents = numbers(rows[people])
    small = residents.where(residents < options.threshold, 0.0)
    parts = [
        to_cells(
            rows,
            code=rows[code],
            variable=variable,
            period=rows["period"],
            value=value,
            column=people,
        )[residents.notna()]
        for variable, value in (("residents", residents), ("residents_small", small))
    ]
    rejected += reject_cells(rows[residents.isna()], [people], "number")
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))
