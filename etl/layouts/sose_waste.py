"""The waste questionnaire of standard needs (SOSE) as JSON: one object per municipality."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

CODE, PROVINCE = "COMUNE_CAT_COD", "PROVINCIA_DES"
COST, COST_OF_TONNE, TONNES_EACH, RATE = "IND1", "IND5", "IND6", "IND7"
RESIDENTS = "POPOLAZIONE"
KG = 1000  # of a tonne
FIELDS = [COST, COST_OF_TONNE, TONNES_EACH, RATE, RESIDENTS]

Variable = Literal[
    "cost_per_inhabitant",
    "cost_per_tonne",
    "separate_rate",
    "total_tonnes",
    "residual_tonnes",
    "residual_rate",
]


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    province: str = Field(description="Name of the province whose municipalities are read.")
    variables: tuple[Variable, ...] = Field(description="The variables to return.")


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return the declared `variables`, and `residents`, of each year.

    `cost_per_inhabitant` and `cost_per_tonne` (€), `separate_rate` (%), `total_tonnes` (those
    per inhabitant times the file's own inhabitants), `residual_tonnes` (the total less what is
    separate) and `residual_rate` (kg per inhabitant). `line` counts the objects of the file from 1.
    """
    rows = _rows(content, options.province)
    values = {name: pd.to_numeric(rows[name], errors="coerce").astype(float) for name in FIELDS}
    rejected: list[Rejection] = []
    for name, column in values.items():
        rejected += reject_cells(rows[column.isna() & rows[name].notna()], [name], "number")
    all_figures = _figures(values)
    figures: dict[str, tuple[str, pd.Series[float]]] = {
        name: all_figures[name] for name in options.variables
    }
    # Inhabitants without any of the figures would count in the denominator only.
    has_figure = pd.concat([column for _, column in figures.values()], axis=1).notna().any(axis=1)
    figures["residents"] = (RESIDENTS, values[RESIDENTS].where(has_figure))
    parts = [
        to_cells(
            rows, code=rows[CODE], variable=name, period=rows["year"], value=value, column=column
        ).dropna(subset="value")
        for name, (column, value) in figures.items()
    ]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _figures(
    values: dict[str, pd.Series[float]],
) -> dict[str, tuple[str, pd.Series[float]]]:
    """Return by variable the field that it names and its figures."""
    tonnes = values[TONNES_EACH] * values[RESIDENTS]
    residual_share = 1 - values[RATE] / 100
    return {
        "cost_per_inhabitant": (COST, values[COST]),
        "cost_per_tonne": (COST_OF_TONNE, values[COST_OF_TONNE]),
        "separate_rate": (RATE, values[RATE]),
        "total_tonnes": (TONNES_EACH, tonnes),
        "residual_tonnes": (TONNES_EACH, tonnes * residual_share),
        "residual_rate": (TONNES_EACH, KG * values[TONNES_EACH] * residual_share),
    }


def _rows(content: bytes, province: str) -> pd.DataFrame:
    """Return one row per municipality and year with any of `FIELDS`."""
    document = read_json(content)
    try:
        objects = pd.DataFrame(document)
        objects = objects.assign(line=range(1, len(objects) + 1))
        objects = objects[objects[PROVINCE] == province]
        pairs = objects.melt([CODE, "line"], FIELDS, "field", "pair").explode("pair").dropna()
        pairs["year"] = pairs["pair"].str[0].astype(int).astype("str")
        pairs["value"] = pairs["pair"].str[1]
        keys = [CODE, "line", "year"]
        rows = pairs.pivot_table("value", keys, "field", aggfunc="first").reset_index()
        return rows.reindex(columns=[*keys, *FIELDS])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", [PROVINCE, CODE, *FIELDS])) from error
