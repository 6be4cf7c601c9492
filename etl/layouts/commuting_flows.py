"""Commuters out of, into and within each municipality (Istat census, summed by municipality)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, figures, in_province, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOWS = ["out", "in", "self"]
COLUMNS = {"inbound": "in", "inside": "self", "net": "in", "workplaces": "in"}


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the `variables` that `options` ask for of these.

    `commuters` (out + within), `outside` (out), `inbound` (in), `inside` (within), `net`
    (in - out), `workplaces` (in + within) and `outside_share` (%). `options`: also `province`
    (three digits, or none for all) and `period`. A row with a flow missing is refused
    whole, since no total can be made of it.
    """
    rows, refused = read_rows(content, ["procom", *FLOWS], separator=";")
    rows = rows[in_province(rows["procom"], options.get("province"))]
    flows = figures(rows, FLOWS)
    whole = flows.notna().all(axis="columns")
    refused += (
        rejection
        for name in FLOWS
        for rejection in refuse(rows[flows[name].isna()], [name], "number")
    )
    return ParsedFile(_figures(rows[whole], flows[whole], options), tuple(refused))


def _figures(rows: pd.DataFrame, flows: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    commuters = flows["out"] + flows["self"]
    known = {
        "commuters": commuters,
        "outside": flows["out"],
        "inbound": flows["in"],
        "inside": flows["self"],
        "net": flows["in"] - flows["out"],
        "workplaces": flows["in"] + flows["self"],
        "outside_share": 100 * flows["out"] / commuters,
    }
    return pd.concat(
        [
            cells(
                rows,
                code=rows["procom"],
                variable=variable,
                period=options["period"],
                value=known[variable],
                column=COLUMNS.get(variable, "out"),
            )
            for variable in options["variables"]
        ],
        ignore_index=True,
    ).dropna(subset="value")
