"""Applications funded by PA digitale 2026: one row per entity and call, with its status."""

from __future__ import annotations

import pandas as pd
from pydantic import Field

from etl.parsing.cells import to_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.projects.padigitale import (
    CHANGED,
    COPIED,
    FUNDED,
    KIND,
    MEASURE,
    PLACE,
    RENOUNCED,
    STATUS,
    applications,
    of_municipalities,
)

COLUMNS = [PLACE, MEASURE, COPIED, KIND, STATUS, CHANGED]


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    years: tuple[int, int] | tuple[int] = Field(
        description="First and last year with figures; without a last one, the file's own year."
    )
    published: bool = Field(default=False, description="The file is the provider's own.")


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return `measures` (distinct, with a grant in force) and `municipalities` (1) at years' end.

    A municipality that never applied is not in the file and gets no value. Each measure's copy
    has its own date: a count at a year's end that one of the copies does not reach may miss
    grants or renunciations and is provisional (P). A renunciation without its day counts from
    the start.
    """
    rows, rejected = applications(content, COLUMNS, published=options.published)
    rows = of_municipalities(rows)
    rows = rows.assign(year=rows[FUNDED].str[:4].astype(int))
    first = options.years[0]
    last = options.years[1] if len(options.years) > 1 else int(rows[COPIED].min()[:4])
    parts = [_year_end(year, rows) for year in range(first, last + 1)]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _year_end(year: int, rows: pd.DataFrame) -> pd.DataFrame:
    end = f"{year}-12-31"
    is_renounced = (rows[STATUS] == RENOUNCED) & (rows[CHANGED] <= end)  # blank sorts before all
    in_force = rows[(rows["year"] <= year) & ~is_renounced]
    municipalities = rows.drop_duplicates(PLACE)
    counts = municipalities[PLACE].map(in_force.groupby(PLACE)[MEASURE].nunique())
    is_complete = rows[COPIED].min() > end
    return pd.concat(
        [
            to_cells(
                municipalities,
                code=municipalities[PLACE],
                variable=variable,
                period=str(year),
                value=value,
                obs_status="A" if is_complete else "P",
                column=MEASURE,
            )
            for variable, value in (("measures", counts.fillna(0.0)), ("municipalities", 1.0))
        ]
    )
