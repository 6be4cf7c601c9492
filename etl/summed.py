"""Rows of projects, people or flows → the sums of each municipality, as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.delimited import cells, rows_beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

PERIOD = "period"


def summed(rows: pd.DataFrame, names: Sequence[str], *, code: str, column: str) -> pd.DataFrame:
    """Return a cell for each of the columns `names`, municipality (`code`) and `period`.

    Its line is the first of the rows that were summed; `column` is where the figure stands.
    """
    totals = {**dict.fromkeys(names, "sum"), "line": "min"}
    sums = rows.groupby([code, PERIOD], as_index=False).agg(totals)
    return pd.concat(
        [
            cells(
                sums,
                code=sums[code],
                variable=name,
                period=sums[PERIOD],
                value=sums[name].astype(float),
                column=column,
            )
            for name in names
        ],
        ignore_index=True,
    )


def in_one_place(options: Mapping[str, Any], project: Sequence[str], place: str) -> pd.DataFrame:
    """Return the one municipality of each project that has only one.

    The places are those of the file beside, `options["beside"]["places"]`; raises `SourceError`
    without it.
    """
    rows = rows_beside(options, "places", [*project, place])
    places = rows[[*project, place]].drop_duplicates()
    return places.drop_duplicates(list(project), keep=False)
