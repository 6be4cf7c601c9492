"""Istat's matrix of commuters for work: one row per pair of municipalities, summed by each end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import pandas as pd
from pydantic import Field

from etl.parsing.aggregate import countable
from etl.parsing.cells import six_digits, to_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Separator, TextOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME, WORK, PEOPLE = "Procom_res", "Procom_lav", "Pendolari"

Variable = Literal[
    "commuters",
    "outside",
    "inbound",
    "inside",
    "within_zone",
    "net",
    "workplaces",
]
ALL_VARIABLES: tuple[Variable, ...] = get_args(Variable)


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    separator: Separator = "\t"
    variables: tuple[Variable, ...] = Field(ALL_VARIABLES, description="The variables to return.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return where the residents of each municipality work and who comes to work there.

    `commuters` (residents who travel to work), `inside` and `outside` (in their own municipality
    or not), `inbound` (from another), `net` (inbound - outside) and `workplaces` (inbound +
    inside); of municipalities that have a zone also `within_zone`, their
    residents who work in it. The file has every pair of the country in which somebody travels,
    so that a municipality without a flow has a zero. A row whose people are not a number is
    rejected, and the municipalities of both its ends have no figure.
    """
    rows, rejected = read_rows(content, [HOME, WORK, PEOPLE], only=True, **options.reading)
    rows, wrong_rows = countable(rows, [PEOPLE], [HOME, WORK])
    people = rows[PEOPLE]
    ends = rows[[HOME, WORK]].apply(six_digits)
    unread = pd.unique(ends[people.isna()].to_numpy().ravel())
    stays = ends[HOME] == ends[WORK]
    flows = pd.DataFrame(
        {
            "outside": people[~stays].groupby(ends[HOME]).sum(),
            "inbound": people[~stays].groupby(ends[WORK]).sum(),
            "inside": people[stays].groupby(ends[HOME]).sum(),
        }
    ).fillna(0.0)
    flows["within_zone"] = _within_zone(ends, people, context.zone_of)
    lines = pd.concat([rows["line"].groupby(ends[end]).min() for end in (HOME, WORK)], axis=1)
    flows = flows.assign(line=lines.min(axis="columns").astype(int))[~flows.index.isin(unread)]
    return ParsedFile(_cells(flows, options, context.period), (*rejected, *wrong_rows))


def _within_zone(
    ends: pd.DataFrame, people: pd.Series[float], zone_of: Mapping[str, str | None]
) -> pd.Series[float]:
    """Return who works in the zone of residence, by municipality that has a zone."""
    home, work = (ends[end].map(zone_of) for end in (HOME, WORK))
    return people.where(home == work, 0.0)[home.notna()].groupby(ends[HOME]).sum()


def _cells(flows: pd.DataFrame, options: Options, period: str) -> pd.DataFrame:
    commuters = flows["outside"] + flows["inside"]
    values = {
        "commuters": commuters,
        "outside": flows["outside"],
        "inbound": flows["inbound"],
        "inside": flows["inside"],
        "within_zone": flows["within_zone"],
        "net": flows["inbound"] - flows["outside"],
        "workplaces": flows["inbound"] + flows["inside"],
    }
    parts = [
        to_cells(
            flows,
            code=flows.index,
            variable=name,
            period=period,
            value=values[name],
            column=PEOPLE,
        )
        for name in options.variables
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset="value")
