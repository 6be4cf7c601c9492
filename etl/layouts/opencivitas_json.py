"""OpenCivitas' spending as compact JSON: the columns' names, and one list per municipality."""

from __future__ import annotations

import pandas as pd

from etl.parsing.cells import numbered_in_province, reject_cells, to_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Province
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

CODE, YEAR = "istatCode", "referenceYear"
COLUMNS, ROWS = "municipalityColumns", "municipalityRows"
SPENDING, PER_INHABITANT = "historicalSpendingCents", "historicalPerCapitaCents"
FIGURES = {  # the column → the variable, its factor and its addend
    "historicalSpendingCents": ("historic_spending", 0.01, 0),
    "standardSpendingCents": ("standard_spending", 0.01, 0),
    "serviceDifferenceBasisPoints": ("service_level", 0.01, 100),  # from the standard
}


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    province: Province = None


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return spending (euro) and services (% of the standard) in the year that the file gives.

    `residents` are those of the source: its spending over its spending per inhabitant. A null is
    not a figure. `line` counts the municipalities of the file from 1.
    """
    rows, year = _rows(content)
    rows = rows[numbered_in_province(rows[CODE], options.province)]
    parts: list[pd.DataFrame] = []
    rejected: list[Rejection] = []
    for name, (variable, scale, shift) in FIGURES.items():
        values = pd.to_numeric(rows[name], errors="coerce").astype(float)
        cells = to_cells(
            rows,
            code=rows[CODE],
            variable=variable,
            period=year,
            value=shift + scale * values,
            column=name,
        )
        parts.append(cells[values.notna()])
        rejected += reject_cells(rows[values.isna() & rows[name].notna()], [name], "number")
    parts.append(_residents(rows, year))
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _residents(rows: pd.DataFrame, year: str) -> pd.DataFrame:
    """Return the residents that the source divides its spending by."""
    spending, per_inhabitant = (
        pd.to_numeric(rows[name], errors="coerce").astype(float)
        for name in (SPENDING, PER_INHABITANT)
    )
    residents = (spending / per_inhabitant.where(per_inhabitant > 0)).round()
    cells = to_cells(
        rows,
        code=rows[CODE],
        variable="residents",
        period=year,
        value=residents,
        column=PER_INHABITANT,
    )
    return cells[residents.notna()]


def _rows(content: bytes) -> tuple[pd.DataFrame, str]:
    """Return one row per municipality, and the year of the file."""
    document = read_json(content)
    try:
        rows = pd.DataFrame(document[ROWS], columns=document[COLUMNS], dtype=object)
        rows[CODE] = rows[CODE].astype("str")
        year = str(document[YEAR])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", f"{YEAR}, {COLUMNS}, {ROWS}")) from error
    if absent := [name for name in (*FIGURES, PER_INHABITANT) if name not in rows]:
        raise SourceError(reject("json_shape", [f"{COLUMNS}: {name}" for name in absent]))
    return rows.assign(line=range(1, len(rows) + 1)), year
