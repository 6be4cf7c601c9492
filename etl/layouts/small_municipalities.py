"""Population by municipality and date, and how much of it lives in small municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, numbers, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE, DATE, POPULATION = "istat_code", "date", "population"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `residents` and `residents_small`, those of municipalities under `threshold`.

    `options["dates"]` maps dates of the column `date` to the period (1 January) that they stand
    for; other dates, censuses and undated figures among them, are left out. Without it the
    file is of one day, `options["period"]`. `code` and `population` name the columns, `only`
    the rows that count (other rows speak of single ages), `header` and `separator` are those of
    the file.
    """
    code, people = options.get("code", CODE), options.get("population", POPULATION)
    only, days = options.get("only", {}), options.get("dates", {})
    how = {name: options[name] for name in ("header", "separator") if name in options}
    rows, refused = read_rows(content, [code, people, *only, *([DATE] if days else [])], **how)
    for name, said in only.items():
        rows = rows[rows[name].str.strip() == said]
    dates = {str(day): str(period) for day, period in days.items()}
    rows = rows.assign(period=rows[DATE].map(dates) if days else str(options["period"]))
    rows = rows[rows["period"].notna()]
    residents = numbers(rows[people])
    small = residents.where(residents < options["threshold"], 0.0)
    parts = [
        cells(
            rows,
            code=rows[code],
            variable=variable,
            period=rows["period"],
            value=value,
            column=people,
        )[residents.notna()]
        for variable, value in (("residents", residents), ("residents_small", small))
    ]
    refused += refuse(rows[residents.isna()], [people], "number")
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))
