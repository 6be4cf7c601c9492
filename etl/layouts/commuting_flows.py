"""Commuters out of, into and within each municipality (Istat census, summed by municipality)."""

from __future__ import annotations

from typing import ClassVar, Literal

import pandas as pd
from pydantic import Field

from etl.parsing.cells import in_province, reject_cells, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, Separator, TextOptions
from etl.parsing.numbers import figures

CODE, FLOWS = "procom", ["out", "in", "self"]
COLUMNS = {"inbound": "in", "inside": "self", "net": "in", "workplaces": "in"}

Variable = Literal["commuters", "outside", "inbound", "inside", "net", "workplaces"]


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    separator: Separator = ";"
    variables: tuple[Variable, ...] = Field(description="The variables to return.")
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the declared `variables`.

    `commuters` (out + within), `outside` (out), `inbound` (in), `inside` (within), `net`
    (in - out) and `workplaces` (in + within). A row that lacks a flow is
    rejected as a whole, since no total can be computed from it.
    """
    rows, rejected = read_rows(content, [CODE, *FLOWS], **options.reading)
    rows = rows[in_province(rows[CODE], options.province)]
    flows = figures(rows, FLOWS)
    for name in FLOWS:
        rejected += reject_cells(rows[flows[name].isna()], [name], "number")
    is_complete = flows.notna().all(axis="columns")
    cells = _cells(rows[is_complete], flows[is_complete], options, context.period)
    return ParsedFile(cells, tuple(rejected))


def _cells(rows: pd.DataFrame, flows: pd.DataFrame, options: Options, period: str) -> pd.DataFrame:
    commuters = flows["out"] + flows["self"]
    values = {
        "commuters": commuters,
        "outside": flows["out"],
        "inbound": flows["in"],
        "inside": flows["self"],
        "net": flows["in"] - flows["out"],
        "workplaces": flows["in"] + flows["self"],
    }
    return pd.concat(
        [
            to_cells(
                rows,
                code=rows[CODE],
                variable=variable,
                period=period,
                value=values[variable],
                column=COLUMNS.get(variable, "out"),
            )
            for variable in options.variables
        ],
        ignore_index=True,
    ).dropna(subset="value")
