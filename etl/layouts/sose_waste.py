"""The waste questionnaire of standard needs (SOSE) as JSON: an object a municipality."""

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

CODE = "COMUNE_CAT_COD"
COST, COST_OF_TONNE, TONNES_EACH, RATE = "IND1", "IND5", "IND6", "IND7"
RESIDENTS = "POPOLAZIONE"
FIELDS = [COST, COST_OF_TONNE, TONNES_EACH, RATE, RESIDENTS]


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return what `options["variables"]` names, and `residents`, of each year.

    They are `cost_per_inhabitant` and `cost_per_tonne` (€), `separate_rate` (%), `total_tonnes`
    (those per inhabitant times the file's own inhabitants) and `residual_tonnes` (the total less
    what is separate).
    `options["province"]` is the name that `PROVINCIA_DES` has. `line` counts the objects of the
    file from 1.
    """
    rows = _rows(content, options["province"])
    read = {name: pd.to_numeric(rows[name], errors="coerce").astype(float) for name in FIELDS}
    refused: list[Rejection] = []
    for name, values in read.items():
        refused += refuse(rows[values.isna() & rows[name].notna()], [name], "number")
    tonnes = read[TONNES_EACH] * read[RESIDENTS]
    known = {
        "cost_per_inhabitant": (COST, read[COST]),
        "cost_per_tonne": (COST_OF_TONNE, read[COST_OF_TONNE]),
        "separate_rate": (RATE, read[RATE]),
        "total_tonnes": (TONNES_EACH, tonnes),
        "residual_tonnes": (TONNES_EACH, tonnes * (1 - read[RATE] / 100)),
    }
    chosen = {name: known[name] for name in options["variables"]}
    # Inhabitants without any of the figures would count in the denominator only.
    counted = pd.concat([values for _, values in chosen.values()], axis=1).notna().any(axis=1)
    chosen["residents"] = (RESIDENTS, read[RESIDENTS].where(counted))
    parts = [
        cells(
            rows, code=rows[CODE], variable=name, period=rows["year"], value=values, column=column
        ).dropna(subset="value")
        for name, (column, values) in chosen.items()
    ]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _rows(content: bytes, province: str) -> pd.DataFrame:
    """Return a row for each municipality and year that any of `FIELDS` speaks of."""
    said = read_json(content)
    try:
        read = pd.DataFrame(said)
        read = read.assign(line=range(1, len(read) + 1))
        read = read[read["PROVINCIA_DES"] == province]
        long = read.melt([CODE, "line"], FIELDS, "field", "pair").explode("pair").dropna()
        long["year"] = long["pair"].str[0].astype(int).astype("str")
        long["value"] = long["pair"].str[1]
        keys = [CODE, "line", "year"]
        wide = long.pivot_table("value", keys, "field", aggfunc="first").reset_index()
        return wide.reindex(columns=[*keys, *FIELDS])
    except (ValueError, KeyError, TypeError) as error:
        needed = ["PROVINCIA_DES", CODE, *FIELDS]
        raise SourceError(reject("json_shape", needed)) from error
