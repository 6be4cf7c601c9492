"""OpenCoesione's projects of a region: a row a project, with its places joined by `:::`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import summed
from etl.parsing.delimited import figures, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = "COD_COMUNE"
MONEY = {"OC_FINANZ_TOT_PUB_NETTO": "funded", "TOT_PAGAMENTI": "paid"}
START = "OC_DATA_INIZIO_PROGETTO"
CODE, DAY = r"\d{9}", r"\d{8}"  # several places are joined by :::


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `funded` and `paid` (euro) and `projects` by municipality and year of start.

    `options["province"]` (three digits) keeps only its municipalities. Only projects in one
    single municipality count: the money of a project in several is not split by the source. A
    project without an amount or a start is left out.
    """
    rows, refused = read_rows(content, [PLACE, START, *MONEY], separator=";")
    place, start = rows[PLACE].str.strip(), rows[START].str.strip()
    rows = rows.assign(period=start.str[:4], **{PLACE: place.str[-6:]})  # 003015146
    rows = rows[place.str.fullmatch(CODE) & start.str.fullmatch(DAY)]
    rows = rows[rows[PLACE].str.startswith(options.get("province", ""))]
    money = figures(rows, MONEY, decimal=",", ignored=".")
    blank = pd.DataFrame({name: rows[name].str.strip() == "" for name in MONEY})
    for name in MONEY:
        refused += refuse(rows[money[name].isna() & ~blank[name]], [name], "number")
    taken = rows.assign(**money, projects=1.0)[~blank.any(axis="columns")].rename(columns=MONEY)
    names = [*MONEY.values(), "projects"]
    return ParsedFile(summed(taken, names, code=PLACE, column=PLACE), tuple(refused))
