"""Funding and payments of PNRR projects at each extraction, one row a project and municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import NUMBER, cells, numbers, read_rows, refuse
from etl.reading import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

MONEY = {
    "finanziamento_pnrr": "funded",
    "pagamenti_totali_pnrr": "paid",
    "finanziamento_totale": "funded_all_sources",
    "pagamenti_totali": "paid_all_sources",
}
PLACE = ["istat_code", "data_di_estrazione"]
PROJECT = ["cup", "codice_locale_progetto"]
CUP = r"[A-Z0-9]{15}"
BAD_CUP = {
    "it": "Un CUP ha 15 lettere maiuscole o cifre: il progetto non si può riconoscere.",
    "en": "A CUP has 15 capital letters or digits: the project cannot be recognised.",
}


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return the sums in euro, and `projects`, by municipality and day of extraction.

    Only projects that stand in one single municipality count: the file gives the money of a
    project whole in each of its municipalities, and no split. A row with a bad CUP or an
    amount that is no number is refused. `options` are not used.
    """
    del options
    rows = read_rows(content, [*PROJECT, *PLACE, *MONEY])
    known = rows["cup"].str.fullmatch(CUP)
    money = rows[list(MONEY)].apply(numbers)
    readable = money.notna().all(axis="columns")
    refused = [*refuse(rows[~known], ["cup"], "cup", BAD_CUP)]
    for name in MONEY:
        refused += refuse(rows[known & money[name].isna()], [name], "number", NUMBER)
    taken = rows.assign(**money, projects=1.0)[known & readable]
    places = taken.groupby([*PROJECT, PLACE[1]])[PLACE[0]].transform("nunique")
    return Parsed(_sums(taken[places == 1]), tuple(refused))


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    columns = [*MONEY, "projects"]
    sums = rows.groupby(PLACE, as_index=False).agg({**dict.fromkeys(columns, "sum"), "line": "min"})
    return pd.concat(
        [
            cells(
                sums,
                code=sums[PLACE[0]],
                variable=MONEY.get(name, name),
                period=sums[PLACE[1]],
                value=sums[name],
                column=name,
            )
            for name in columns
        ],
        ignore_index=True,
    )
