"""A delimited file with one row per municipality and its region's name: one region's sums."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, TextOptions
from etl.parsing.numbers import numbers
from etl.quarantine import reject
from warehouse.errors import SourceError


class Options(TextOptions):
    """What a dataset declares of its file, whose codes are not Istat's."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    territory: str = Field(description="The region that the sums are figures of.")
    region: dict[str, str] = Field(
        min_length=1, max_length=1, description="By the region's column: the name in its rows."
    )
    municipalities: int = Field(description="How many rows the complete region has.")
    columns: dict[str, str] = Field(description="By column: the variable.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the sums of the declared columns as figures of one territory.

    Raises `SourceError` with fewer `municipalities`, and gives no sum where one of them has not
    a number.
    """
    ((region_column, region),) = options.region.items()
    rows, rejected = read_rows(content, [region_column, *options.columns], **options.reading)
    rows = rows[rows[region_column].str.strip() == region]
    if len(rows) < options.municipalities:
        raise SourceError(reject("too_few", len(rows), expected=options.municipalities))
    parts = []
    for column, variable in options.columns.items():
        values = numbers(rows[column])
        rejected += reject_cells(rows[values.isna()], [column], "number")
        cells = to_cells(
            rows.head(1),
            code=options.territory,
            variable=variable,
            period=context.period,
            value=round(values.sum(skipna=False), 2),
            column=column,
        )
        parts.append(cells)
    return ParsedFile(pd.concat(parts, ignore_index=True).dropna(subset="value"), tuple(rejected))
