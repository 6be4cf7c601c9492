"""OpenCivitas' indicators of a year: one row per body and indicator, and a workbook of bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from etl.parsing.cells import in_province, reject_cells, to_cells
from etl.parsing.delimited import faulty_companion, read_rows
from etl.parsing.excel import first_sheet
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Province
from etl.parsing.numbers import numbers
from warehouse.errors import SourceError

if TYPE_CHECKING:
    import pandas as pd

BODY, INDICATOR, VALUE = "USERNAME", "Indicatore/Determinante", "Valore"
FLAGS = ["Anomalia", "Privacy"]  # a figure with one of these marks is not published
KIND, CODE, MUNICIPALITY = "ENTE_TIPOLOGIA", "COMUNE_ISTAT_COD", "COMUNE"
VARIABLES = {
    "SPESA_STORICA": "historic_spending",
    "FST_RIPROPORZIONATO_BI": "standard_spending",
    "DIFF_OUT_PERC_TOT": "service_level",
}
ADDENDS = {"DIFF_OUT_PERC_TOT": 100}  # it is the difference from the standard, in per cent


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    required_companions: ClassVar[tuple[str, ...]] = ("bodies",)
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the spending (euro) and the services (% of the standard) of the file's period.

    The companion workbook `bodies` gives the municipality of each body; aggregates and other
    bodies are left out.
    """
    rows, rejected = read_rows(content, [BODY, INDICATOR, VALUE, *FLAGS], separator=";", only=True)
    rows = rows[rows[INDICATOR].isin(list(VARIABLES))].merge(_municipalities(context), on=BODY)
    rows = rows[in_province(rows[CODE], options.province)]
    texts = rows[VALUE].str.strip()
    is_published = (texts != "") & (rows[FLAGS] == "").all(axis="columns")
    values = numbers(texts, decimal=",")
    rejected += reject_cells(rows[is_published & values.isna()], [VALUE], "number")
    cells = to_cells(
        rows,
        code=rows[CODE],
        variable=rows[INDICATOR].map(VARIABLES),
        period=context.period,
        value=values + rows[INDICATOR].map(lambda name: ADDENDS.get(name, 0)),
        column=VALUE,
    )
    return ParsedFile(cells[is_published & values.notna()], tuple(rejected))


def _municipalities(context: FileContext) -> pd.DataFrame:
    """Return each municipality's user name and code; raises `SourceError` without the workbook."""
    content = context.companion("bodies")
    try:
        bodies = first_sheet(content, [BODY, KIND, CODE])
    except SourceError as error:
        raise faulty_companion("bodies", error) from error
    is_municipality = bodies[KIND].str.strip() == MUNICIPALITY
    bodies = bodies[is_municipality & (bodies[CODE].str.strip() != "")]
    return bodies[[BODY, CODE]].drop_duplicates(BODY)
