"""Funding and payments of PNRR projects: one row per measure, municipality and extraction."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from pydantic import Field

from etl.parsing.aggregate import complete_places, countable, merge_parts, sum_cells
from etl.parsing.cells import reject_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, TextOptions

MONEY = {
    "finanziamento_pnrr": "funded",
    "pagamenti_totali_pnrr": "paid",
    "finanziamento_totale": "funded_all_sources",
    "pagamenti_totali": "paid_all_sources",
}
MEASURE, CUP = "codice_univoco_submisura", "cup"
PLACE, EXTRACTED = "istat_code", "data_di_estrazione"
LOCAL_CODE = "codice_locale_progetto"
TOTALS = {"funded": "funded_all_sources", "paid": "paid_all_sources"}  # repeated by each measure
CUP_PATTERN = r"[A-Z0-9]{15}"
COLUMN_OF = {variable: column for column, variable in MONEY.items()}

Variable = Literal[
    "funded",
    "paid",
    "funded_all_sources",
    "paid_all_sources",
    "projects",
    "places",
    "shared_places",
]
ALL_VARIABLES: tuple[Variable, ...] = get_args(Variable)
OF_SINGLE_PLACES = [*MONEY.values(), "projects"]
OF_ALL_PLACES = ["places", "shared_places"]


class Options(TextOptions):
    """What a dataset declares of its file."""

    measure: str = Field("", description="How the codes of the measures begin that count.")
    variables: tuple[Variable, ...] = Field(ALL_VARIABLES, description="The variables to return.")


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return the sums in euro, and `projects`, by municipality and day of extraction.

    A project is one CUP, also where several measures pay for it: their shares are summed, the
    total of all sources counts once. Only projects in one municipality count: the file repeats the
    money of a project whole in each of its municipalities, without a split. `places` counts a
    municipality's projects, `shared_places` those that are in other municipalities too. A
    municipality has no sum that would include a rejected amount, and no figure at all with a bad
    CUP.
    """
    rows, rejected = read_rows(
        content, [CUP, LOCAL_CODE, PLACE, EXTRACTED, *MONEY, MEASURE], **options.reading
    )
    rows = rows[rows[MEASURE].str.startswith(options.measure)]
    key = [CUP, LOCAL_CODE, PLACE, EXTRACTED, MEASURE]
    rows, wrong_rows = countable(rows, list(MONEY), key)
    is_cup = rows[CUP].str.fullmatch(CUP_PATTERN)
    rejected += reject_cells(rows[~is_cup], [CUP], "cup")
    is_shared = rows.groupby([CUP, EXTRACTED])[PLACE].transform("nunique") > 1
    rows = rows.assign(
        projects=1.0, places=1.0, shared_places=is_shared.astype(float), period=rows[EXTRACTED]
    ).rename(columns=MONEY)
    rows = complete_places(rows, is_cup, PLACE)
    rows = merge_parts(rows, [CUP, PLACE, EXTRACTED], TOTALS)
    single = rows[rows["shared_places"] == 0]
    parts = [
        sum_cells(projects, [name], code=PLACE, column=COLUMN_OF.get(name, CUP))
        for projects, variables in ((single, OF_SINGLE_PLACES), (rows, OF_ALL_PLACES))
        for name in variables
        if name in options.variables
    ]
    return ParsedFile(pd.concat(parts, ignore_index=True), (*rejected, *wrong_rows))
