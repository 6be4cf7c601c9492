"""Turnout as the JSON of Eligendo's pages: one object per municipality of a province, by name."""

from __future__ import annotations

from typing import Any, ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

PLACES, NAME, READINGS = "enti_f", "desc", "com_vot"
ELECTORS, VOTERS = "ele_t", "vot_t"


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    readings: int = Field(
        4, ge=1, description="How many readings an election has: a place with fewer is not final."
    )


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `electors` and `voters` at the last reading, by the municipality's name.

    A municipality without the last reading is rejected. `line` counts the municipalities from 1.
    """
    rows = _rows(content, options.readings)
    parts: list[pd.DataFrame] = []
    rejected: list[Rejection] = []
    for variable, name in (("electors", ELECTORS), ("voters", VOTERS)):
        values = pd.to_numeric(rows[name], errors="coerce").astype(float)
        cells = to_cells(
            rows,
            code=rows[NAME],
            variable=variable,
            period=context.period,
            value=values,
            column=name,
        )
        parts.append(cells[values.notna()])
        rejected += reject_cells(rows[values.isna()], [name], "number")
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _rows(content: bytes, readings: int) -> pd.DataFrame:
    """Return one row per municipality, without voters where the last reading is missing."""
    document = read_json(content)
    try:
        places = document["enti"][PLACES]
        rows = [
            {
                NAME: place[NAME],
                ELECTORS: place[ELECTORS],
                VOTERS: _voters(place[READINGS], readings),
                "line": line,
            }
            for line, place in enumerate(places, 1)
        ]
    except (KeyError, TypeError, IndexError) as error:
        fields = [f"enti: {PLACES}", NAME, ELECTORS, READINGS, VOTERS]
        raise SourceError(reject("json_shape", fields)) from error
    return pd.DataFrame(rows, columns=[NAME, ELECTORS, VOTERS, "line"])


def _voters(counts: list[dict[str, Any]], readings: int) -> float | None:
    """Return the voters at the last of the readings, which are numbered from 1."""
    return next((count[VOTERS] for count in counts if count["com"] == readings), None)
