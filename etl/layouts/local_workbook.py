"""The office's workbook of local indicators: its sheet of values → figures of municipalities."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd

from etl.parsing.layout import CELL_COLUMNS, FileContext, LayoutOptions, ParsedFile
from etl.workbook.reader import read_workbook
from etl.workbook.schema import VARIABLE_SUFFIXES, workbook
from etl.workbook.validate import validate


class Options(LayoutOptions):
    """Nothing to declare."""

    required_fields: ClassVar[tuple[str, ...]] = ("lists",)


def parse(content: bytes, _options: Options, context: FileContext) -> ParsedFile:
    """Return a cell for every figure."""
    book = workbook("indicators")
    content_by_sheet = read_workbook(content, book, context.lists, context.years)
    frames, rejected = validate(content_by_sheet)
    values, sheet = frames["values"], content_by_sheet.book.sheets["values"]
    parts = []
    for column, suffix in VARIABLE_SUFFIXES.items():
        rows = values[values[column].notna()]
        part = pd.DataFrame(
            {
                "code": rows["territory"],
                "variable": rows["indicator"] + suffix,
                "period": rows["period"],
                "value": rows[column].astype(float),
                "obs_status": rows["obs_status"].fillna("A"),
                "line": rows["line"],
                "column": sheet.label(column),
            }
        )
        parts.append(part[list(CELL_COLUMNS)])
    cells = pd.concat(parts, ignore_index=True)
    return ParsedFile(cells, tuple(rejected), sheet=sheet.current_title)
