"""Sums by municipality over rows of projects, people or flows, as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.parsing.cells import is_sure, reject_cells, to_cells
from etl.parsing.delimited import read_companion
from etl.parsing.numbers import figures
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from etl.parsing.layout import FileContext
    from warehouse.errors import Rejection

PERIOD = "period"
CENT = 0.01


def countable(
    rows: pd.DataFrame,
    columns: Sequence[str],
    key: Sequence[str] = (),
    *,
    decimal: str = ".",
    ignored: str = "",
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows with `columns` as figures that can be summed, and the rejected cells.

    A cell that is not a number, or is below zero, has no figure: a sum would hide it. Of several
    rows with the same `key` the first counts.
    """
    rejected: list[Rejection] = []
    if key:
        is_repeated = rows[list(key)].apply(lambda texts: texts.str.strip()).duplicated()
        rejected += _repeated(rows[is_repeated], key)
        rows = rows[~is_repeated]
    values = figures(rows, columns, decimal, ignored)
    for name in columns:
        rejected += reject_cells(rows[values[name].isna()], [name], "number")
        rejected += reject_cells(rows[values[name] < 0], [name], "below_zero")
    return rows.assign(**values.where(values >= 0)), rejected


def sum_cells(
    rows: pd.DataFrame, variables: Sequence[str], *, code: str, column: str
) -> pd.DataFrame:
    """Return a cell for each of the columns `variables`, municipality (`code`) and `period`.

    Where a row lacks one of the figures there is no cell: half a sum is not published. Its line
    is that of the first row in the sum; `column` is the file's column that the cell names. A row
    with a code and more, such as `15146*`, has its own cell, to be rejected by its code, and the
    municipality none.
    """
    rows = rows[is_sure(rows[code])]
    groups = rows.groupby([code, PERIOD])
    sums = groups[list(variables)].sum(skipna=False).assign(line=groups["line"].min())
    sums = sums.dropna().reset_index()
    parts = [
        to_cells(
            sums,
            code=sums[code],
            variable=name,
            period=sums[PERIOD],
            value=sums[name].astype(float),
            column=column,
        )
        for name in variables
    ]
    return pd.concat(parts, ignore_index=True)


def merge_parts(
    rows: pd.DataFrame, key: Sequence[str], totals: Mapping[str, str], parts: Sequence[str] = ()
) -> pd.DataFrame:
    """Return one row per `key` of rows that are parts of a project, one for each measure.

    `totals`: columns with the project's whole amount, which each part may repeat, by the column of
    the part's own share. Equal totals that are at least the sum of the shares count once, others
    are summed. Shares and `parts` are summed; of other columns the first part counts.
    """
    groups = rows.groupby(list(key), sort=False)
    firsts = groups.first()
    for name in {*totals, *parts}:
        firsts[name] = groups[name].sum(skipna=False)
    for share, total in totals.items():
        highest = groups[total].max()
        is_repeated = (highest == groups[total].min()) & ~(firsts[share] > highest + CENT)
        firsts[total] = groups[total].sum(skipna=False).mask(is_repeated, highest)
        firsts.loc[groups[total].count() < groups.size(), total] = float("nan")
    return firsts.reset_index()


def complete_places(rows: pd.DataFrame, is_good: pd.Series[bool], place: str) -> pd.DataFrame:
    """Return the rows of the places all of whose rows are good."""
    return rows[is_good.groupby(rows[place]).transform("all").astype(bool)]


def single_places(context: FileContext, project: Sequence[str], place: str) -> pd.DataFrame:
    """Return the municipality of each project that has only one.

    The places are those of the companion file `places`; raises `SourceError` without it.
    """
    rows = read_companion(context, "places", [*project, place])
    places = rows[[*project, place]].drop_duplicates()
    return places.drop_duplicates(list(project), keep=False)


def _repeated(rows: pd.DataFrame, key: Sequence[str]) -> Iterator[Rejection]:
    for row in rows[[*key, "line"]].to_dict("records"):
        label = ", ".join(str(row[name]) for name in key)
        yield reject("row_twice", label, line=int(row["line"]), column=key[0], value=label)
