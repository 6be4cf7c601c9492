"""Commuters out of, into and within each municipality (Istat census, summed by municipality)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import NUMBER, cells, numbers, read_rows, refuse
from etl.reading import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOWS = ["out", "in", "self"]


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `commuters` (out + within), `outside` (out), `net` (in - out), `outside_share` (%).

    `options`: `province` (three digits, or none for all), `period`, `variables` (which of the
    four). A row with a flow missing is refused whole, since no total can be made of it.
    """
    rows = read_rows(content, ["procom", *FLOWS], separator=";")
    rows = rows[rows["procom"].str.zfill(6).str.startswith(options.get("province", ""))]
    flows = rows[FLOWS].apply(numbers)
    whole = flows.notna().all(axis="columns")
    refused = (
        refusal
        for name in FLOWS
        for refusal in refuse(rows[flows[name].isna()], [name], "number", NUMBER)
    )
    return Parsed(_figures(rows[whole], flows[whole], options), tuple(refused))


def _figures(rows: pd.DataFrame, flows: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    commuters = flows["out"] + flows["self"]
    figures = {
        "commuters": commuters,
        "outside": flows["out"],
        "net": flows["in"] - flows["out"],
        "outside_share": 100 * flows["out"] / commuters,
    }
    return pd.concat(
        [
            cells(
                rows,
                code=rows["procom"],
                variable=variable,
                period=options["period"],
                value=figures[variable],
                column="in" if variable == "net" else "out",
            )
            for variable in options["variables"]
        ],
        ignore_index=True,
    ).dropna(subset="value")
