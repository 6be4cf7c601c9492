"""MEF's municipal income-tax figures as compact JSON: one list per municipality, in cents."""

from __future__ import annotations

import pandas as pd

from etl.parsing.cells import numbered_in_province, reject_cells, to_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Province
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

CODE, TAXPAYERS = "code", "taxpayers"
PLACE = [CODE, "cadastral", "name", "province", "sign", "region"]
# The measures of the file → our variables for frequency and amount.
MEASURES = {
    "taxableIncome": ("taxable_count", "taxable_income"),
    "netTaxDeclared": ("net_tax_count", "net_tax"),
    "regionalSurtaxDue": ("regional_surtax_count", "regional_surtax"),
    "municipalSurtaxDue": ("surtax_count", "surtax"),
}
CENT, LIST = 0.01, "municipalities"


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    province: Province = None


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return taxpayers, and frequency and amount (euro) of each of `MEASURES`.

    A null is a suppressed figure (Q). `line` counts the municipalities of the file from 1.
    """
    rows, year = _rows(content)
    rows = rows[numbered_in_province(rows[CODE], options.province)]
    scales = {TAXPAYERS: 1.0}
    for count, amount in MEASURES.values():
        scales |= {count: 1.0, amount: CENT}
    parts: list[pd.DataFrame] = []
    rejected: list[Rejection] = []
    for name, scale in scales.items():
        values = pd.to_numeric(rows[name], errors="coerce").astype(float) * scale
        is_hidden = rows[name].isna()
        cells = to_cells(
            rows,
            code=rows[CODE],
            variable=name,
            period=year,
            value=values.round(2),
            obs_status=is_hidden.map({True: "Q", False: "A"}),
            column=name,
        )
        parts.append(cells[values.notna() | is_hidden])
        rejected += reject_cells(rows[values.isna() & ~is_hidden], [name], "number")
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _rows(content: bytes) -> tuple[pd.DataFrame, str]:
    """Return one row per municipality, and the year of the file."""
    document = read_json(content)
    try:
        columns = [*PLACE, TAXPAYERS]
        for measure in document["measureOrder"]:
            columns += MEASURES.get(measure, (f"{measure} count", measure))
        rows = pd.DataFrame(document[LIST], columns=columns)
        rows[CODE] = rows[CODE].astype("str")
        year = str(document["taxYear"])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", f"taxYear, measureOrder, {LIST}")) from error
    if absent := MEASURES.keys() - set(document["measureOrder"]):
        raise SourceError(
            reject("json_shape", [f"measureOrder: {name}" for name in sorted(absent)])
        )
    return rows.assign(line=range(1, len(rows) + 1)), year
