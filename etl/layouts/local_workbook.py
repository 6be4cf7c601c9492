"""The office's workbook of local indicators: its sheet of values → figures of municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.layout import CELL_COLUMNS, ParsedFile
from etl.workbook.reader import read
from etl.workbook.schema import workbook
from etl.workbook.validate import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS = {"numerator": "", "denominator": "_denominator"}  # how the variables are named


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return a cell for every figure; `options["lists"]` are the catalogue's lists of choices."""
    filled = read(content, workbook("indicators"), options["lists"])
    frames, refused = checked(filled)
    values, sheet = frames["values"], filled.book.sheets["values"]
    parts = []
    for column, ending in PARTS.items():
        known = values[values[column].notna()]
        part = pd.DataFrame(
            {
                "code": known["territory"],
                "variable": known["indicator"] + ending,
                "period": known["period"],
                "value": known[column].astype(float),
                "obs_status": known["obs_status"].fillna("A"),
                "line": known["line"],
                "column": sheet.label(column),
            }
        )
        parts.append(part[list(CELL_COLUMNS)])
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused), sheet=sheet.called)
