"""OpenCoesione's projects of a region: one row per project, its places joined by `:::`."""

from __future__ import annotations

import pandas as pd

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import reject_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, Separator, TextOptions
from etl.parsing.numbers import figures

PLACE = "COD_COMUNE"
MONEY = {"OC_FINANZ_TOT_PUB_NETTO": "funded", "TOT_PAGAMENTI": "paid"}
START = "OC_DATA_INIZIO_PROGETTO"
CODE, DAY = r"\d{9}", r"\d{8}"  # 003015146
CODES = rf"{CODE}(:::{CODE})*"  # of a project in several places


class Options(TextOptions):
    """What a dataset declares of its file."""

    separator: Separator = ";"
    province: Province = None


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return `funded` and `paid` (euro) and `projects` by municipality and year of start.

    Only projects in one municipality count: the source does not split the money of a project in
    several. A project without an amount or a start is left out.
    """
    rows, rejected = read_rows(content, [PLACE, START, *MONEY], **options.reading)
    place, start = rows[PLACE].str.strip(), rows[START].str.strip()
    is_unread = place.str[:1].str.isdigit() & ~place.str.fullmatch(CODES)
    rejected += reject_cells(rows[is_unread], [PLACE], "code")
    rows = rows.assign(period=start.str[:4], **{PLACE: place.str[-6:]})
    rows = rows[place.str.fullmatch(CODE) & start.str.fullmatch(DAY)]
    rows = rows[rows[PLACE].str.startswith(options.province or "")]
    amounts = figures(rows, MONEY, decimal=",", ignored=".")
    is_blank = pd.DataFrame({name: rows[name].str.strip() == "" for name in MONEY})
    for name in MONEY:
        rejected += reject_cells(rows[amounts[name].isna() & ~is_blank[name]], [name], "number")
    rows = rows.assign(**amounts, projects=1.0)[~is_blank.any(axis="columns")]
    rows = rows.rename(columns=MONEY)
    cells = sum_cells(rows, [*MONEY.values(), "projects"], code=PLACE, column=PLACE)
    return ParsedFile(cells, tuple(rejected))
