"""Applications funded by PA digitale 2026: one row an entity and call, with its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells
from etl.parsing.layout import ParsedFile
from etl.projects.padigitale import (
    CHANGED,
    COPIED,
    FUNDED,
    KIND,
    MEASURE,
    PLACE,
    applications,
    of_municipalities,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

STATUS = "stato_candidatura"
COLUMNS = [PLACE, MEASURE, COPIED, KIND, STATUS, CHANGED]
RENOUNCED = "R"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `measures` (distinct, whose grant is held) and `municipalities` (1) at years' end.

    `options["years"]`: first and last; without a last one the file's own year is the last.
    `published`: the file is the provider's own. A municipality that never applied is not in the
    file and gets no value. Each measure's copy has its own date: a count at a year's end that
    one of the copies does not reach may miss grants or renunciations and is provisional (P). A
    renunciation without its day counts from the start.
    """
    rows, refused = applications(content, COLUMNS, published=options.get("published", False))
    rows = of_municipalities(rows)
    rows = rows.assign(year=rows[FUNDED].str[:4].astype(int))
    first, *last = options["years"]
    ends = last or [int(rows[COPIED].min()[:4])]
    parts = [_at_the_end_of(year, rows) for year in range(first, ends[0] + 1)]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _at_the_end_of(year: int, rows: pd.DataFrame) -> pd.DataFrame:
    end = f"{year}-12-31"
    renounced = (rows[STATUS] == RENOUNCED) & (rows[CHANGED] <= end)  # a blank day is before all
    held = rows[(rows["year"] <= year) & ~renounced]
    municipalities = rows.drop_duplicates(PLACE)
    counts = municipalities[PLACE].map(held.groupby(PLACE)[MEASURE].nunique())
    complete = rows[COPIED].min() > end
    return pd.concat(
        [
            cells(
                municipalities,
                code=municipalities[PLACE],
                variable=variable,
                period=str(year),
                value=value,
                obs_status="A" if complete else "P",
                column=MEASURE,
            )
            for variable, value in (("measures", counts.fillna(0.0)), ("municipalities", 1.0))
        ]
    )
