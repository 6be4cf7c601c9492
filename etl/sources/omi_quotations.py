"""Agenzia delle Entrate's property quotations (OMI): a row a zone, type and state of upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import NUMBER, cells, numbers, read_rows, refuse
from etl.reading import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE, HALF, TYPE, STATE = "Comune_amm", "semestre", "Cod_Tip", "Stato"
LOW, HIGH = "Compr_min", "Compr_max"
CIVIL_HOUSING, NORMAL = "20", "NORMALE"


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:  # noqa: ARG001  # none needed
    """Return `sale_price` (€/m²): the mean over a municipality's zones of the middle quotation.

    Civil housing (type 20) in normal upkeep only. The cadastral code says the municipality: the
    file's ISTAT codes and province are those of before Monza e Brianza. `column` and `line` are
    of the first zone; a zone whose quotation is no number is refused and not counted.
    """
    rows = read_rows(content, [CODE, HALF, TYPE, STATE, LOW, HIGH])
    rows = rows[(rows[TYPE] == CIVIL_HOUSING) & (rows[STATE] == NORMAL)]
    low, high = numbers(rows[LOW], ","), numbers(rows[HIGH], ",")
    refused = [
        *refuse(rows[low.isna()], [LOW], "number", NUMBER),
        *refuse(rows[high.isna()], [HIGH], "number", NUMBER),
    ]
    zones = rows.assign(price=(low + high) / 2).dropna(subset="price")
    means = zones.groupby([CODE, HALF], as_index=False).agg(
        price=("price", "mean"), line=("line", "min")
    )
    figures = cells(
        means,
        code=means[CODE],
        variable="sale_price",
        period=means[HALF].str.replace("-", "-S", regex=False),
        value=means["price"],
        column=LOW,
    )
    return Parsed(pd.DataFrame(figures), tuple(refused))
