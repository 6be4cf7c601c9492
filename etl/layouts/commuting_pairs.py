"""Istat's matrix of commuters for work, a row a pair of municipalities, summed by municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import countable
from etl.parsing.delimited import cells, read_rows
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

FROM, TO, PEOPLE = "Procom_res", "Procom_lav", "Pendolari"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return, of `options["period"]`, where the residents work and who comes to work.

    `options["variables"]` says which of these are given (all): `commuters` (residents who
    travel to work), `inside` and `outside` (in their own municipality or not), `inbound` (from
    another), `net` (inbound - outside), `workplaces` (inbound + inside) and `outside_share` (%);
    of municipalities that have a zone (`options["zone_of"]`) also `within_zone`, their residents
    who work in it. The file has every pair of the country in which somebody travels, so that a
    municipality without a flow has a zero. A row whose people are no number is refused, and the
    municipalities of both its ends have no figure.
    """
    rows, refused = read_rows(content, [FROM, TO, PEOPLE], separator="\t", only=True)
    rows, wrong = countable(rows, [PEOPLE], [FROM, TO])
    people = rows[PEOPLE]
    ends = rows[[FROM, TO]].apply(lambda codes: codes.str.strip().str.zfill(6))
    unread = pd.unique(ends[people.isna()].to_numpy().ravel())
    stays = ends[FROM] == ends[TO]
    flows = pd.DataFrame(
        {
            "outside": people[~stays].groupby(ends[FROM]).sum(),
            "inbound": people[~stays].groupby(ends[TO]).sum(),
            "inside": people[stays].groupby(ends[FROM]).sum(),
        }
    ).fillna(0.0)
    flows["within_zone"] = _within_zone(ends, people, options.get("zone_of") or {})
    line = pd.concat([rows["line"].groupby(ends[end]).min() for end in (FROM, TO)], axis="columns")
    flows = flows.assign(line=line.min(axis="columns").astype(int))[~flows.index.isin(unread)]
    return ParsedFile(_figures(flows, options), (*refused, *wrong))


def _within_zone(
    ends: pd.DataFrame, people: pd.Series[float], zone_of: Mapping[str, str | None]
) -> pd.Series[float]:
    """Return who works in the zone of residence, by municipality; elsewhere nothing."""
    home, work = (ends[end].map(zone_of) for end in (FROM, TO))
    return people.where(home == work, 0.0)[home.notna()].groupby(ends[FROM]).sum()


def _figures(flows: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    commuters = flows["outside"] + flows["inside"]
    figures = {
        "commuters": commuters,
        "outside": flows["outside"],
        "inbound": flows["inbound"],
        "inside": flows["inside"],
        "within_zone": flows["within_zone"],
        "net": flows["inbound"] - flows["outside"],
        "workplaces": flows["inbound"] + flows["inside"],
        "outside_share": 100 * flows["outside"] / commuters,
    }
    period = str(options["period"])
    parts = [
        cells(
            flows,
            code=flows.index,
            variable=name,
            period=period,
            value=figures[name],
            column=PEOPLE,
        )
        for name in options.get("variables", [*figures])
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset="value")
