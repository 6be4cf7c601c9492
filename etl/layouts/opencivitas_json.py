"""OpenCivitas' spending as compact JSON: the columns' names, and a list a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, refuse
from etl.parsing.layout import ParsedFile
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE, YEAR = "istatCode", "referenceYear"
COLUMNS, ROWS = "municipalityColumns", "municipalityRows"
FIGURES = {  # the column → the variable, what it is multiplied by and what is added
    "historicalSpendingCents": ("historic_spending", 0.01, 0),
    "standardSpendingCents": ("standard_spending", 0.01, 0),
    "serviceDifferenceBasisPoints": ("service_level", 0.01, 100),  # from the standard
}


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return spending (euro) and services (% of the standard) in the year that the file names.

    `options["province"]` (three digits), if given, keeps only its own. A null is no figure.
    `line` counts the municipalities of the file from 1.
    """
    rows, year = _rows(content)
    rows = rows[rows[CODE].str.startswith(options.get("province", ""))]
    parts: list[pd.DataFrame] = []
    refused: list[Rejection] = []
    for name, (variable, scale, shift) in FIGURES.items():
        figures = pd.to_numeric(rows[name], errors="coerce").astype(float)
        given = cells(
            rows,
            code=rows[CODE],
            variable=variable,
            period=year,
            value=shift + scale * figures,
            column=name,
        )
        parts.append(given[figures.notna()])
        refused += refuse(rows[figures.isna() & rows[name].notna()], [name], "number")
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _rows(content: bytes) -> tuple[pd.DataFrame, str]:
    read = read_json(content)
    try:
        rows = pd.DataFrame(read[ROWS], columns=read[COLUMNS], dtype=object)
        rows[CODE] = rows[CODE].astype("str")
        year = str(read[YEAR])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", f"{YEAR}, {COLUMNS}, {ROWS}")) from error
    if absent := [name for name in FIGURES if name not in rows]:
        raise SourceError(reject("json_shape", [f"{COLUMNS}: {name}" for name in absent]))
    return rows.assign(line=range(1, len(rows) + 1)), year
