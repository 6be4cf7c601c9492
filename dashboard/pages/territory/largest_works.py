"""The largest funded works of a territory, and the money of all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.records import Row, record
from dashboard.pages.territory.standing import place_of
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData

MAX_WORKS = 5


@dataclass(frozen=True, slots=True)
class LargeWork:
    """A funded work of the territory."""

    project: str
    title: str
    place: str
    body: str | None
    funding: float | None
    paid_share: float | None


@dataclass(frozen=True, slots=True)
class WorkTotals:
    """The works of one municipality each, their money, and how many works are shared."""

    single: int
    shared: int
    funding: float
    paid_share: float | None


@panel("largest_works")
def largest_works(context: Context) -> Html:
    """List the largest funded works of the territory; those of several municipalities say so."""
    place = place_of(context)
    works = largest_works_of(context)
    return context.panel(
        "territory/largest_works.html",
        "largest-works card",
        place=place,
        has_picture=bool(works),
        works=works,
        totals=context.data.once(_totals).get(place.territory),
        day=context.format.period(context.data.rows("funded_totals")[0]["paid_on"]),
    )


def largest_works_of(context: Context) -> list[LargeWork]:
    """Return the largest funded works of the territory."""
    rows = context.data.once(_largest).get(place_of(context).territory, ())
    return [_work(context, row) for row in rows]


def _largest(data: ReleaseData) -> Mapping[str, Sequence[Row]]:
    """Return the largest works of each territory: one query for each takes longer than all."""
    works: dict[str, list[Row]] = defaultdict(list)
    for row in data.rows("largest_works", count=MAX_WORKS):
        works[row["in_territory"]].append(row)
    return dict(works)


def _totals(data: ReleaseData) -> Mapping[str, WorkTotals]:
    rows = data.rows("works_of_territories")
    return {row["in_territory"]: record(WorkTotals, row) for row in rows}


def _work(context: Context, row: Row) -> LargeWork:
    place = row["place"]
    if row["municipalities"] > 1:
        place = context.text("projects.in_several", n=row["municipalities"])
    return record(
        LargeWork,
        row,
        title=context.from_capitals(row["title"]),
        body=context.from_capitals(row["body"] or ""),
        place=place,
    )
