"""Population by municipality and date, and how much of it lives in small municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import cells, numbers, read_rows, refuse
from etl.reading import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

POPULATION = "population"


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `residents` and `residents_small`, those of municipalities under `threshold`.

    `options["dates"]` maps dates of the file to the period (1 January) that they stand for;
    other dates, censuses and undated figures among them, are left out.
    """
    rows, refused = read_rows(content, ["istat_code", "date", POPULATION])
    dates = {str(day): str(period) for day, period in options["dates"].items()}
    rows = rows.assign(period=rows["date"].map(dates))
    rows = rows[rows["period"].notna()]
    residents = numbers(rows[POPULATION])
    small = residents.where(residents < options["threshold"], 0.0)
    parts = [
        cells(
            rows,
            code=rows["istat_code"],
            variable=variable,
            period=rows["period"],
            value=value,
            column=POPULATION,
        )[residents.notna()]
        for variable, value in (("residents", residents), ("residents_small", small))
    ]
    refused += refuse(rows[residents.isna()], [POPULATION], "number")
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))
