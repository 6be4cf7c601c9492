"""Agenzia delle Entrate's property quotations (OMI): a row a zone, type and state of upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import cells, figures, read_rows, refuse
from etl.reading import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE, HALF, TYPE, STATE = "Comune_amm", "semestre", "Cod_Tip", "Stato"
BOUNDS = (("Compr_min", "Compr_max"), ("Loc_min", "Loc_max"))  # of sale, of rent
NORMAL = "NORMALE"


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return prices (€/m²) and rents (€/m² a month): the mean of the zones' middles.

    `options["types"]`: for each type of property (its code), the variables of its sale and of
    its rent; in normal upkeep only. The cadastral code says the municipality: the
    file's ISTAT codes and province are those of before Monza e Brianza. `column` and `line` are
    of the first zone; where a
    zone's quotation is no number the municipality has no figure: half a mean is not published.
    """
    types = {str(kind): names for kind, names in options["types"].items()}
    bounds = [column for pair in BOUNDS for column in pair]
    rows, refused = read_rows(content, [CODE, HALF, TYPE, STATE, *bounds])
    rows = rows[rows[TYPE].isin(list(types)) & (rows[STATE] == NORMAL)]
    read = figures(rows, bounds, decimal=",")
    refused += [
        refusal
        for column in bounds
        for refusal in refuse(rows[read[column].isna()], [column], "number")
    ]
    parts = [
        _mean(middles[rows[TYPE] == kind], variable, low)
        for position, (low, high) in enumerate(BOUNDS)
        for middles in [rows.assign(middle=(read[low] + read[high]) / 2)]
        for kind, variable in ((kind, names[position]) for kind, names in types.items())
    ]
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))


def _mean(zones: pd.DataFrame, variable: str, column: str) -> pd.DataFrame:
    groups = zones.groupby([CODE, HALF])
    means = groups[["middle"]].mean(skipna=False).assign(line=groups["line"].min())
    means = means.dropna().reset_index()
    return cells(
        means,
        code=means[CODE],
        variable=variable,
        period=means[HALF].str.replace("-", "-S", regex=False),
        value=means["middle"],
        column=column,
    )
