"""OpenCivitas' indicators of a year: a row a body and indicator, and a workbook of the bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.delimited import cells, in_province, numbers, read_rows, refuse
from etl.parsing.excel import first_sheet
from etl.parsing.layout import ParsedFile
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

BODY, INDICATOR, VALUE = "USERNAME", "Indicatore/Determinante", "Valore"
FLAGS = ["Anomalia", "Privacy"]  # a figure that one of them marks is not given
KIND, CODE, MUNICIPALITY = "ENTE_TIPOLOGIA", "COMUNE_ISTAT_COD", "COMUNE"
FIGURES = {  # what the indicator is called here, and what is added to it
    "SPESA_STORICA": ("historic_spending", 0),
    "FST_RIPROPORZIONATO_BI": ("standard_spending", 0),
    "DIFF_OUT_PERC_TOT": ("service_level", 100),  # the difference from the standard, in per cent
}


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the spending (euro) and the services (% of the standard) of `options["period"]`.

    `options["beside"]` has the `bodies`: which of them is which municipality; aggregates and
    other bodies are none. `options["province"]` (three digits, or none for all) keeps only its
    municipalities.
    """
    rows, refused = read_rows(content, [BODY, INDICATOR, VALUE, *FLAGS], separator=";", only=True)
    bodies = _bodies(options)
    rows = rows[rows[INDICATOR].isin(list(FIGURES))].merge(bodies, on=BODY)
    rows = rows[in_province(rows[CODE], options.get("province"))]
    said = rows[VALUE].str.strip()
    is_told = (said != "") & (rows[FLAGS] == "").all(axis="columns")
    value = numbers(said, decimal=",")
    refused += refuse(rows[is_told & value.isna()], [VALUE], "number")
    kind = rows[INDICATOR].map({name: known for name, (known, _) in FIGURES.items()})
    more = rows[INDICATOR].map({name: added for name, (_, added) in FIGURES.items()})
    found = cells(
        rows,
        code=rows[CODE],
        variable=kind,
        period=str(options["period"]),
        value=value + more,
        column=VALUE,
    )
    return ParsedFile(found[is_told & value.notna()], tuple(refused))


def _bodies(options: Mapping[str, Any]) -> pd.DataFrame:
    """Return each municipality's name as a user and its code; raises `SourceError` without them."""
    if "bodies" not in options.get("beside", {}):
        raise SourceError(reject("beside_missing", "bodies"))
    try:
        bodies = first_sheet(options["beside"]["bodies"], [BODY, KIND, CODE])
    except SourceError as error:
        (fault,) = error.refusals
        raise SourceError(reject("beside_faulty", "bodies", fault=fault.message)) from error
    bodies = bodies[(bodies[KIND].str.strip() == MUNICIPALITY) & (bodies[CODE].str.strip() != "")]
    return bodies[[BODY, CODE]].drop_duplicates(BODY)
