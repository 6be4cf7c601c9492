"""Istat's statistical classification of municipalities: a workbook with one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.excel import first_sheet
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.numbers import numbers

if TYPE_CHECKING:
    from warehouse.errors import Rejection

CODE = "Codice Istat del Comune \n(alfanumerico)"  # the title is on two lines


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    columns: dict[str, str] = Field(description="By title of a column: the variable.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the declared variables by municipality. A blank is not a figure."""
    rows = first_sheet(content, [CODE, *options.columns])
    rows = rows.assign(line=range(2, len(rows) + 2))
    rows = rows[rows[CODE].str.strip() != ""]
    parts: list[pd.DataFrame] = []
    rejected: list[Rejection] = []
    for title, variable in options.columns.items():
        texts = rows[title].str.strip()
        values = numbers(texts)
        rejected += reject_cells(rows[values.isna() & (texts != "")], [title], "number")
        cells = to_cells(
            rows,
            code=rows[CODE].str.strip(),
            variable=variable,
            period=context.period,
            value=values,
            column=title,
        )
        parts.append(cells[values.notna()])
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))
