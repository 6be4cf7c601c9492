"""Istat's statistical classification of municipalities: a workbook with a row a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, numbers, refuse
from etl.parsing.excel import first_sheet
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.errors import Rejection

CODE = "Codice Istat del Comune \n(alfanumerico)"  # the title is on two lines


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the variables of `options["columns"]`, at `options["period"]`, by municipality.

    `columns`: by the title of a column the variable that it is. A blank is no figure.
    """
    columns: dict[str, str] = options["columns"]
    rows = first_sheet(content, [CODE, *columns])
    rows = rows.assign(line=range(2, len(rows) + 2))
    rows = rows[rows[CODE].str.strip() != ""]
    parts: list[pd.DataFrame] = []
    refused: list[Rejection] = []
    for title, variable in columns.items():
        said = rows[title].str.strip()
        value = numbers(said)
        refused += refuse(rows[value.isna() & (said != "")], [title], "number")
        given = cells(
            rows,
            code=rows[CODE].str.strip(),
            variable=variable,
            period=str(options["period"]),
            value=value,
            column=title,
        )
        parts.append(given[value.notna()])
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))
