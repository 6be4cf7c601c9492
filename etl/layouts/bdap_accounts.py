"""BDAP's final accounts of a year: one row per body and title of revenue, for a whole region."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import joined_code, reject_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Separator, TextOptions
from etl.parsing.numbers import figures

if TYPE_CHECKING:
    import pandas as pd

KIND, PROVINCE, PLACE = "Codice Tipologia Soggetto", "Codice Provincia", "Codice Comune"
TITLE, ASSESSED, COLLECTED = "Codice Titolo", "Accertamenti", "Riscossioni in C/Competenza"
MUNICIPALITY = "ELCOMU"  # the other bodies of the region have their municipality's code too
TAXES, TRANSFERS, FEES = "01", "02", "03"
OWN_REVENUE, CURRENT_REVENUE = (TAXES, FEES), (TAXES, TRANSFERS, FEES)
VARIABLES = ["own_collected", "own_assessed", "current_assessed"]


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    separator: Separator = ";"
    encoding: str = Field(description="The file's encoding.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `own_collected`, `own_assessed` and `current_assessed` (euro) by municipality.

    Own revenue is Titles 1 and 3, current revenue Titles 1 to 3; what was collected belongs to
    the year's assessments. A municipality has the sums only with all three titles, once each and
    with both figures.
    """
    columns = [KIND, PROVINCE, PLACE, TITLE, ASSESSED, COLLECTED]
    rows, rejected = read_rows(
        content, columns, **options.reading, encoding=options.encoding, only=True
    )
    title = rows[TITLE].str.strip().str.zfill(2)
    is_municipality = rows[KIND].str.strip() == MUNICIPALITY
    rows = rows.assign(title=title)[is_municipality & title.isin(CURRENT_REVENUE)]
    amounts = figures(rows, [ASSESSED, COLLECTED])
    for name in (ASSESSED, COLLECTED):
        is_wrong = amounts[name].isna() & (rows[name].str.strip() != "")
        rejected += reject_cells(rows[is_wrong], [name], "number")
    is_own = rows["title"].isin(OWN_REVENUE)
    rows = rows.assign(
        code=joined_code(rows[PROVINCE], rows[PLACE]),
        period=context.period,
        own_collected=amounts[COLLECTED].where(is_own, 0.0),
        own_assessed=amounts[ASSESSED].where(is_own, 0.0),
        current_assessed=amounts[ASSESSED],
    )
    complete_rows = rows[_is_complete(rows, amounts)]
    cells = sum_cells(complete_rows, VARIABLES, code="code", column=ASSESSED)
    return ParsedFile(cells, tuple(rejected))


def _is_complete(rows: pd.DataFrame, amounts: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows are of municipalities with each title once, and no amount missing."""
    is_read = amounts.notna().all(axis="columns").groupby(rows["code"]).transform("all")
    titles = rows.groupby("code")["title"]
    count = titles.transform("count") == len(CURRENT_REVENUE)
    return is_read & count & (titles.transform("nunique") == len(CURRENT_REVENUE))
