"""Which periods each indicator has, how many municipalities in each, and what is missing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator

Cover = Literal["full", "part", "none"]

YEARLY, MONTHLY = len("2023"), len("2023-06")
PARTS = {"S": 2, "Q": 4}
GAPS_TOLD = 3


def expected(first: str, last: str) -> Iterator[str]:
    """Return every period from the first to the last, at the step in which both are written.

    Days follow no step: only the two are returned.
    """
    if len(first) != len(last) or len(first) > MONTHLY:
        yield from dict.fromkeys((first, last))
    elif len(first) == YEARLY:
        yield from (str(year) for year in range(int(first), int(last) + 1))
    elif first[5] in PARTS:
        yield from _counted(first, last, PARTS[first[5]], first[5], 1)
    else:
        yield from _counted(first, last, 12, "", 2)


def _counted(first: str, last: str, of_year: int, letter: str, width: int) -> Iterator[str]:
    start, end = (int(p[:4]) * of_year + int(p[5:].lstrip("SQ")) - 1 for p in (first, last))
    for step in range(start, end + 1):
        year, part = divmod(step, of_year)
        yield f"{year}-{letter}{part + 1:0{width}d}"


@panel("coverage")
def coverage(context: Context) -> Html:
    """Show by area the periods of each indicator, in how many municipalities, and the gaps."""
    known: dict[str, list[dict[str, Any]]] = {}
    for row in context.data.rows("indicator_periods"):
        known.setdefault(row["indicator"], []).append(row)
    areas = []
    for number, node in enumerate(context.catalog.areas, start=1):
        declared = context.catalog.in_area(node.id)
        rows = [_row(context, i, known[i.id]) for i in declared if i.id in known]
        waiting = [i for i in declared if i.id not in known]
        areas.append({"number": number, "node": node, "rows": rows, "waiting": waiting})
    return context.panel("data/coverage.html", "coverage card", areas=areas)


def _row(context: Context, indicator: Indicator, periods: list[dict[str, Any]]) -> dict[str, Any]:
    cells = _cells(periods)
    last = periods[-1]
    return {
        "indicator": indicator,
        "first": context.format.period(periods[0]["period"]),
        "last": context.format.period(last["period"]),
        "periods": len(periods),
        "cells": [(cover, _said(context, period, row)) for period, cover, row in cells],
        "municipalities": context.text("data.of", n=last["municipalities"], total=last["of_all"]),
        "absent": _absent(last),
        "gaps": _gaps(context, cells),
    }


def _cells(periods: list[dict[str, Any]]) -> list[tuple[str, Cover, dict[str, Any] | None]]:
    """Return each period between the first and the last with how far it covers."""
    rows = {row["period"]: row for row in periods}
    between = dict.fromkeys(p for a, b in pairwise(rows) for p in expected(a, b))
    return [(p, _cover(rows.get(p)), rows.get(p)) for p in between or rows]


def _cover(row: dict[str, Any] | None) -> Cover:
    if row is None:
        return "none"
    return "full" if row["municipalities"] == row["of_all"] else "part"


def _said(context: Context, period: str, row: dict[str, Any] | None) -> str:
    name = context.format.period(period)
    if row is None:
        return context.text("data.period_missing", period=name)
    covered = context.text("data.of", n=row["municipalities"], total=row["of_all"])
    return context.text("data.period_covered", period=name, covered=covered)


def _absent(row: dict[str, Any]) -> str:
    """Name the municipalities without a value, where they are few."""
    missing = row["of_all"] - row["municipalities"]
    return row["absent"] if 0 < missing <= GAPS_TOLD else ""


def _gaps(context: Context, cells: list[tuple[str, Cover, dict[str, Any] | None]]) -> str:
    """Say the missing periods as runs and how many are partial, the text beside the cells."""
    said = []
    runs: list[list[str]] = []
    for (period, cover, _), before in zip(cells, [None, *cells], strict=False):
        if cover == "none" and before and before[1] == "none":
            runs[-1].append(period)
        elif cover == "none":
            runs.append([period])
    names = [
        "–".join(dict.fromkeys(context.format.period(p) for p in (run[0], run[-1]))) for run in runs
    ]
    if names:
        said.append(context.text("data.gaps", periods=", ".join(names)))
    part = sum(cover == "part" for _, cover, _ in cells)
    if part:
        said.append(context.text("data.partial", n=part, total=len(cells)))
    return "; ".join(said) or context.text("data.no_gaps")
