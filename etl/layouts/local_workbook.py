"""The office's workbook of local indicators: its sheet of values → figures of municipalities."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd

from etl.parsing.layout import CELL_COLUMNS, FileContext, LayoutOptions, ParsedFile
from etl.workbook.reader import read
from etl.workbook.schema import workbook
from etl.workbook.validate import checked

PARTS = {"numerator": "", "denominator": "_denominator"}  # column → suffix of its variable


class Options(LayoutOptions):
    """Nothing to declare."""

    required_fields: ClassVar[tuple[str, ...]] = ("lists",)


def parse(content: bytes, _options: Options, context: FileContext) -> ParsedFile:
    """Return a cell for every figure."""
    filled = read(content, workbook("indicators"), context.lists)
    frames, rejected = checked(filled)
    values, sheet = frames["values"], filled.book.sheets["values"]
    parts = []
    for column, suffix in PARTS.items():
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
    return ParsedFile(cells, tuple(rejected), sheet=sheet.called)
