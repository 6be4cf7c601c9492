"""A delimited file with a row a municipality and its region's name: the sums of one region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, numbers, read_rows, refuse
from etl.parsing.layout import ParsedFile
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the sums of `options["columns"]` (column → variable) as figures of one territory.

    For files whose codes are not Istat's: `territory` is the region, and its rows are those of
    which `region` (column: word) holds. `municipalities`: how many they are when the region is
    whole; raises `SourceError` with fewer, and gives no sum where one of them has no number.
    """
    ((where, said),) = options["region"].items()
    columns: dict[str, str] = options["columns"]
    rows, refused = read_rows(content, [where, *columns])
    rows = rows[rows[where].str.strip() == said]
    if len(rows) < options["municipalities"]:
        raise SourceError(reject("too_few", len(rows), expected=options["municipalities"]))
    parts = []
    for column, variable in columns.items():
        figures = numbers(rows[column])
        refused += refuse(rows[figures.isna()], [column], "number")
        given = cells(
            rows.head(1),
            code=options["territory"],
            variable=variable,
            period=str(options["period"]),
            value=round(figures.sum(skipna=False), 2),
            column=column,
        )
        parts.append(given)
    return ParsedFile(pd.concat(parts, ignore_index=True).dropna(subset="value"), tuple(refused))
