"""OpenCivitas' indicators of a year: one row per body and indicator, and a workbook of bodies."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd

from etl.parsing.cells import in_province, reject_cells, to_cells
from etl.parsing.delimited import faulty_companion, read_rows
from etl.parsing.excel import first_sheet
from etl.parsing.layout import FileContext, ParsedFile, Province, Separator, TextOptions
from etl.parsing.numbers import numbers
from warehouse.errors import SourceError

BODY, INDICATOR, VALUE = "USERNAME", "Indicatore/Determinante", "Valore"
FLAGS = ["Anomalia", "Privacy"]  # a figure with one of these marks is not published
KIND, CODE, MUNICIPALITY = "ENTE_TIPOLOGIA", "COMUNE_ISTAT_COD", "COMUNE"
VARIABLES = {
    "SPESA_STORICA": "historic_spending",
    "FST_RIPROPORZIONATO_BI": "standard_spending",
    "DIFF_OUT_PERC_TOT": "service_level",
}
SPENDING, PER_INHABITANT = "SPESA_STORICA", "SPESA_STORICA_PROAB"
ADDENDS = {"DIFF_OUT_PERC_TOT": 100}  # it is the difference from the standard, in per cent


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    required_companions: ClassVar[tuple[str, ...]] = ("bodies",)
    separator: Separator = ";"
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the spending (euro) and the services (% of the standard) of the file's period.

    `residents` are those of the source: its spending over its spending per inhabitant. The
    companion workbook `bodies` gives the municipality of each body; aggregates and other
    bodies are left out.
    """
    rows, rejected = read_rows(
        content, [BODY, INDICATOR, VALUE, *FLAGS], only=True, **options.reading
    )
    rows = rows[rows[INDICATOR].isin([*VARIABLES, PER_INHABITANT])].merge(
        _municipalities(context), on=BODY
    )
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
    is_figure = is_published & values.notna()
    cells = cells[is_figure & rows[INDICATOR].isin(list(VARIABLES))]
    residents = _residents(rows.assign(**{VALUE: values})[is_figure], context)
    return ParsedFile(pd.concat([cells, residents], ignore_index=True), tuple(rejected))


def _residents(rows: pd.DataFrame, context: FileContext) -> pd.DataFrame:
    """Return the residents that the source divides its spending by."""
    spending, per_inhabitant = (
        rows[rows[INDICATOR] == name].drop_duplicates(CODE) for name in (SPENDING, PER_INHABITANT)
    )
    rows = per_inhabitant[per_inhabitant[VALUE] > 0]
    rows = rows.merge(spending[[CODE, VALUE]], on=CODE, suffixes=("", "_total"))
    return to_cells(
        rows,
        code=rows[CODE],
        variable="residents",
        period=context.period,
        value=(rows[f"{VALUE}_total"] / rows[VALUE]).round(),
        column=VALUE,
    )


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
