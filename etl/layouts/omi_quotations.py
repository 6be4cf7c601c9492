"""Agenzia delle Entrate's property quotations (OMI): a row a zone, type and state of upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, figures, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CODE, HALF, TYPE, STATE = "Comune_amm", "semestre", "Cod_Tip", "Stato"
BOUNDS = (("Compr_min", "Compr_max"), ("Loc_min", "Loc_max"))  # of sale, of rent
NORMAL = "NORMALE"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return prices (€/m²), rents (€/m² a month) and how many zones they are the mean of.

    `options["types"]`: for each type of property (its code), the variables of its sale, its rent
    and its zones; in normal upkeep only. A figure is the mean of the zones' middles; where a
    zone's quotation is no number the municipality has none: half a mean is not published. The
    cadastral code says the municipality: the file's ISTAT codes and province are those of before
    Monza e Brianza. `column` and `line` are of the first zone.
    """
    types = {str(kind): names for kind, names in options["types"].items()}
    bounds = [column for pair in BOUNDS for column in pair]
    rows, refused = read_rows(content, [CODE, HALF, TYPE, STATE, *bounds])
    rows = rows[rows[TYPE].isin(list(types)) & (rows[STATE] == NORMAL)]
    read = figures(rows, bounds, decimal=",")
    for column in bounds:
        refused += refuse(rows[read[column].isna()], [column], "number")
    middles = {low: (read[low] + read[high]) / 2 for low, high in BOUNDS}
    rows = rows.assign(**middles)
    parts = [part for kind in types for part in _of_type(rows[rows[TYPE] == kind], types[kind])]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _of_type(zones: pd.DataFrame, names: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield the cells of one type of property: sale, rent, zones."""
    groups = zones.groupby([CODE, HALF])
    means = groups[[low for low, _ in BOUNDS]].mean(skipna=False)
    found = means.assign(**{TYPE: groups.size(), "line": groups["line"].min()}).reset_index()
    for variable, column in zip(names, (*(low for low, _ in BOUNDS), TYPE), strict=True):
        given = found.dropna(subset=column)
        yield cells(
            given,
            code=given[CODE],
            variable=variable,
            period=given[HALF].str.replace("-", "-S", regex=False),
            value=given[column].astype(float),
            column=column,
        )
