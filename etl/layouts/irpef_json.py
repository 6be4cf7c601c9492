"""MEF's municipal income-tax figures as compact JSON: a list a municipality, amounts in cents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, refuse
from etl.parsing.layout import ParsedFile
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE, TAXPAYERS = "code", "taxpayers"
PLACE = [CODE, "cadastral", "name", "province", "sign", "region"]
# The file's measures that we take → our variables for its frequency and its amount.
MEASURES = {
    "taxableIncome": ("taxable_count", "taxable_income"),
    "netTaxDeclared": ("net_tax_count", "net_tax"),
    "regionalSurtaxDue": ("regional_surtax_count", "regional_surtax"),
    "municipalSurtaxDue": ("surtax_count", "surtax"),
}
CENT, LIST = 0.01, "municipalities"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return taxpayers, and frequency and amount (euro) of each of `MEASURES`.

    `options["province"]` (three digits), if given, keeps only its own. A null is a suppressed
    figure (Q). `line` counts the municipalities of the file from 1.
    """
    rows, year = _rows(content)
    rows = rows[rows[CODE].str.startswith(options.get("province", ""))]
    scales = {TAXPAYERS: 1.0}
    for count, amount in MEASURES.values():
        scales |= {count: 1.0, amount: CENT}
    parts: list[pd.DataFrame] = []
    refused: list[Rejection] = []
    for name, scale in scales.items():
        values = pd.to_numeric(rows[name], errors="coerce").astype(float) * scale
        hidden = rows[name].isna()
        given = cells(
            rows,
            code=rows[CODE],
            variable=name,
            period=year,
            value=values.round(2),
            obs_status=hidden.map({True: "Q", False: "A"}),
            column=name,
        )
        parts.append(given[values.notna() | hidden])
        refused += refuse(rows[values.isna() & ~hidden], [name], "number")
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _rows(content: bytes) -> tuple[pd.DataFrame, str]:
    read = read_json(content)
    try:
        columns = [*PLACE, TAXPAYERS]
        for measure in read["measureOrder"]:
            columns += MEASURES.get(measure, (f"{measure} count", measure))
        rows = pd.DataFrame(read[LIST], columns=columns)
        rows[CODE] = rows[CODE].astype("str")
        year = str(read["taxYear"])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", f"taxYear, measureOrder, {LIST}")) from error
    if absent := MEASURES.keys() - set(read["measureOrder"]):
        raise SourceError(
            reject("json_shape", [f"measureOrder: {name}" for name in sorted(absent)])
        )
    return rows.assign(line=range(1, len(rows) + 1)), year
