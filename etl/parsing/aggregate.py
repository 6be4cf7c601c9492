"""Rows of projects, people or flows → the sums of each municipality, as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.delimited import cells, figures, refuse, rows_beside
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from warehouse.errors import Rejection

PERIOD = "period"


def countable(
    rows: pd.DataFrame,
    names: Sequence[str],
    key: Sequence[str] = (),
    *,
    decimal: str = ".",
    ignored: str = "",
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows with the columns `names` as figures that may be summed, and what may not.

    A cell that is no number, or below zero, has no figure: a sum would hide it. Of the rows
    that have one `key` the first counts.
    """
    refused: list[Rejection] = []
    if key:
        again = rows[list(key)].apply(lambda said: said.str.strip()).duplicated()
        refused += _repeated(rows[again], key)
        rows = rows[~again]
    read = figures(rows, names, decimal, ignored)
    for name in names:
        refused += refuse(rows[read[name].isna()], [name], "number")
        refused += refuse(rows[read[name] < 0], [name], "below_zero")
    return rows.assign(**read.where(read >= 0)), refused


def summed(rows: pd.DataFrame, names: Sequence[str], *, code: str, column: str) -> pd.DataFrame:
    """Return a cell for each of the columns `names`, municipality (`code`) and `period`.

    There is none where a row lacks one of the figures: half a sum is not published. Its line is
    the first of the rows that were summed; `column` is where the figure stands.
    """
    groups = rows.groupby([code, PERIOD])
    sums = groups[list(names)].sum(skipna=False).assign(line=groups["line"].min())
    sums = sums.dropna().reset_index()
    parts = [
        cells(
            sums,
            code=sums[code],
            variable=name,
            period=sums[PERIOD],
            value=sums[name].astype(float),
            column=column,
        )
        for name in names
    ]
    return pd.concat(parts, ignore_index=True)


def of_whole_places(rows: pd.DataFrame, good: pd.Series[bool], place: str) -> pd.DataFrame:
    """Return the rows of the places all of whose rows are good."""
    return rows[good.groupby(rows[place]).transform("all").astype(bool)]


def in_one_place(options: Mapping[str, Any], project: Sequence[str], place: str) -> pd.DataFrame:
    """Return the one municipality of each project that has only one.

    The places are those of the file beside, `options["beside"]["places"]`; raises `SourceError`
    without it.
    """
    rows = rows_beside(options, "places", [*project, place])
    places = rows[[*project, place]].drop_duplicates()
    return places.drop_duplicates(list(project), keep=False)


def _repeated(rows: pd.DataFrame, key: Sequence[str]) -> Iterator[Rejection]:
    for row in rows[[*key, "line"]].to_dict("records"):
        said = ", ".join(str(row[name]) for name in key)
        yield reject("row_twice", said, line=int(row["line"]), column=key[0], value=said)
