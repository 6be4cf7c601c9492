"""The waste questionnaire of standard needs (SOSE) as JSON: an object a municipality."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import NUMBER, cells, refuse
from etl.reading import Parsed, Refusal
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = "COMUNE_CAT_COD"
TONNES_EACH, RATE, RESIDENTS = "IND6", "IND7", "POPOLAZIONE"
FIELDS = [TONNES_EACH, RATE, RESIDENTS]


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `separate_rate` (%), `total_tonnes` and `residents` of each year.

    Tonnes are those per inhabitant times the file's own inhabitants. `options["province"]` is
    the name that `PROVINCIA_DES` has. `line` counts the objects of the file from 1.
    """
    rows = _rows(content, options["province"])
    figures = {name: pd.to_numeric(rows[name], errors="coerce").astype(float) for name in FIELDS}
    refused: list[Refusal] = []
    for name, values in figures.items():
        refused += refuse(rows[values.isna() & rows[name].notna()], [name], "number", NUMBER)
    variables = {
        "separate_rate": (RATE, figures[RATE]),
        "total_tonnes": (TONNES_EACH, figures[TONNES_EACH] * figures[RESIDENTS]),
        # Inhabitants without their waste would count in the denominator only.
        "residents": (RESIDENTS, figures[RESIDENTS].where(figures[TONNES_EACH].notna())),
    }
    parts = [
        cells(
            rows, code=rows[CODE], variable=name, period=rows["year"], value=values, column=column
        ).dropna(subset="value")
        for name, (column, values) in variables.items()
    ]
    return Parsed(pd.concat(parts, ignore_index=True), tuple(refused))


def _rows(content: bytes, province: str) -> pd.DataFrame:
    """Return a row for each municipality and year that any of `FIELDS` speaks of."""
    try:
        read = pd.DataFrame(json.loads(content.decode("utf-8")))
        read = read.assign(line=range(1, len(read) + 1))
        read = read[read["PROVINCIA_DES"] == province]
        long = read.melt([CODE, "line"], FIELDS, "field", "pair").explode("pair").dropna()
        long["year"] = long["pair"].str[0].astype(int).astype("str")
        long["value"] = long["pair"].str[1]
        keys = [CODE, "line", "year"]
        wide = long.pivot_table("value", keys, "field", aggfunc="first").reset_index()
        return wide.reindex(columns=[*keys, *FIELDS])
    except (UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"not the questionnaire's JSON: {error}") from error
