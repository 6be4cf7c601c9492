"""Agenzia delle Entrate's property quotations (OMI): one row per zone, type and state of upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, TextOptions
from etl.parsing.numbers import figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE, HALF_YEAR, TYPE, STATE = "Comune_amm", "semestre", "Cod_Tip", "Stato"
SALE, RENT = ("Compr_min", "Compr_max"), ("Loc_min", "Loc_max")
NORMAL = "NORMALE"


class Options(TextOptions):
    """What a dataset declares of its file."""

    types: dict[str, tuple[str, str, str]] = Field(
        description="By code of a type of property: the variables of its sale, rent and zones."
    )


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return prices (€/m²), rents (€/m² a month) and how many zones they are the mean of.

    Only property in normal upkeep counts. A figure is the mean of the zones' midpoints; where a
    zone's quotation is not a number the municipality has none: half a mean is not published. The
    municipality is that of the cadastral code: the file's ISTAT codes and province are those of
    before Monza e Brianza. `column` and `line` are those of the first zone.
    """
    bounds = [*SALE, *RENT]
    rows, rejected = read_rows(content, [CODE, HALF_YEAR, TYPE, STATE, *bounds], **options.reading)
    rows = rows[rows[TYPE].isin(list(options.types)) & (rows[STATE] == NORMAL)]
    quotations = figures(rows, bounds, decimal=",")
    for column in bounds:
        rejected += reject_cells(rows[quotations[column].isna()], [column], "number")
    midpoints = {low: (quotations[low] + quotations[high]) / 2 for low, high in (SALE, RENT)}
    rows = rows.assign(**midpoints)
    parts = [
        part
        for code, variables in options.types.items()
        for part in _cells_of_type(rows[rows[TYPE] == code], variables)
    ]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _cells_of_type(zones: pd.DataFrame, variables: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield the cells of one type of property: sale, rent, zones."""
    columns = [SALE[0], RENT[0]]
    groups = zones.groupby([CODE, HALF_YEAR])
    means = groups[columns].mean(skipna=False)
    means = means.assign(**{TYPE: groups.size(), "line": groups["line"].min()}).reset_index()
    for variable, column in zip(variables, (*columns, TYPE), strict=True):
        rows = means.dropna(subset=column)
        yield to_cells(
            rows,
            code=rows[CODE],
            variable=variable,
            period=rows[HALF_YEAR].str.replace("-", "-S", regex=False),
            value=rows[column].astype(float),
            column=column,
        )
