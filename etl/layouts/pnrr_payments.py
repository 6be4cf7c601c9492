"""Funding and payments of PNRR projects at each extraction, one row a project and municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import countable, of_whole_places, summed
from etl.parsing.delimited import read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

MONEY = {
    "finanziamento_pnrr": "funded",
    "pagamenti_totali_pnrr": "paid",
    "finanziamento_totale": "funded_all_sources",
    "pagamenti_totali": "paid_all_sources",
}
MEASURE = "codice_univoco_submisura"
PLACES = ["places", "shared_places"]
COUNTS = ["projects", *PLACES]
PLACE = ["istat_code", "data_di_estrazione"]
PROJECT = ["cup", "codice_locale_progetto"]
CUP = r"[A-Z0-9]{15}"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the sums in euro, and `projects`, by municipality and day of extraction.

    Only projects that stand in one single municipality count: the file gives the money of a
    project whole in each of its municipalities, and no split. `places` counts a municipality's
    projects, `shared_places` those that stand in others too. A municipality has no sum of which
    an amount is refused, and no figure at all with a bad CUP. `options["measure"]`: the
    beginning of the codes to keep; `options["variables"]`: which of the names to return (all).
    """
    rows, refused = read_rows(content, [*PROJECT, *PLACE, *MONEY, MEASURE])
    rows = rows[rows[MEASURE].str.startswith(options.get("measure", ""))]
    rows, wrong = countable(rows, list(MONEY), [*PROJECT, *PLACE, MEASURE])
    known = rows["cup"].str.fullmatch(CUP)
    refused += refuse(rows[~known], ["cup"], "cup")
    stands_in = rows.groupby([*PROJECT, PLACE[1]])[PLACE[0]].transform("nunique")
    rows = rows.assign(projects=1.0, places=1.0, shared_places=(stands_in > 1).astype(float))
    taken = of_whole_places(rows, known, PLACE[0])
    names = options.get("variables", [*MONEY.values(), *COUNTS])
    own = taken.rename(columns=MONEY)[taken["shared_places"] == 0]
    found = [
        _sums(rows, wanted)
        for rows, known_here in ((own, [*MONEY.values(), "projects"]), (taken, PLACES))
        if (wanted := [name for name in known_here if name in names])
    ]
    return ParsedFile(pd.concat(found, ignore_index=True), (*refused, *wrong))


def _sums(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    written = {name: column for column, name in MONEY.items()}
    rows = rows.assign(period=rows[PLACE[1]])
    return pd.concat(
        [summed(rows, [name], code=PLACE[0], column=written.get(name, "cup")) for name in names],
        ignore_index=True,
    )
