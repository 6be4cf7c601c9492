"""The spine panel: every loaded indicator of a territory against the metropolitan city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures import spine as figure
from dashboard.pages.common import changes, sources
from dashboard.pages.territory.standing import place_of, standings
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.territory.standing import Standing
    from warehouse.declarations.territories import Territory


FIRST = 4  # rows of an area that are always open


@panel("spine")
def spine(context: Context) -> Html:
    """Draw where the territory stands in each indicator, among the territories of its level."""
    place = place_of(context)
    found = standings(context, place)
    return context.panel(
        "territory/spine.html",
        "spine card",
        place=place,
        whole=place.level == "metro",
        peers=max((len(s.others) for s in found), default=0),
        areas=_areas(context, found, place),
        total=len(found),
        every=context.selection.show == "all",
        sources=sources.short(context, *(s.indicator for s in found if s.series)),
    )


def _areas(context: Context, found: list[Standing], place: Territory) -> list[dict[str, Any]]:
    """Return the rows by policy area: the first ones, and the rest."""
    areas = []
    for number, node in enumerate(context.catalog.areas, start=1):
        rows = [_row(context, s, place) for s in found if s.indicator.area == node.id]
        if rows:
            first, rest = rows[:FIRST], rows[FIRST:]
            areas.append({"number": number, "node": node, "first": first, "rest": rest})
    return areas


def _row(context: Context, found: Standing, place: Territory) -> dict[str, Any]:
    indicator, series = found.indicator, found.series
    row: dict[str, Any] = {"indicator": indicator, "series": series}
    if series is None:
        return row
    whole = place.level == "metro"
    return row | {
        "value": context.format.value(series.last.value, indicator),
        "partial": changes.partial_note(context, series),
        "period": context.format.period(series.last.period),
        "mean": context.format.value(found.mean.value, indicator)
        if found.mean
        else formatting.MISSING,
        "drawing": _drawing(context, found, whole=whole),
        "said": _said(context, found),
        "share": _share(context, found) if indicator.aggregate == "sum" and not whole else "",
        "rank": found.rank,
        "ranked": len(found.others),
        "change": found.change,
        "span": changes.movement(context, series, found.change),
        "amount": changes.amount(context, found.change, indicator) if found.change else "",
    }


def _drawing(context: Context, found: Standing, *, whole: bool) -> str:
    indicator = found.indicator
    if found.mean is None or found.series is None or indicator.aggregate == "sum":
        return ""
    own = found.series.last.value
    values = [*(v for v, _ in found.others), own]
    on = figure.scale(values, found.mean.value, lower_is_better=indicator.better == "lower")
    named = [(v, f"{name} {context.format.value(v, indicator)}") for v, name in found.others]
    if whole:
        return figure.spine(named, on, dots=True)
    return figure.spine(named, on, value=own, sign=found.sign or "neutral")


def _said(context: Context, found: Standing) -> str:
    """Say the sign in words, for whoever does not see it."""
    return context.text(f"territory.sign_{found.sign}") if found.sign else ""


def _share(context: Context, found: Standing) -> str:
    if not found.mean or not found.mean.value or found.series is None:
        return ""
    share = 100 * found.series.last.value / found.mean.value
    return context.text("territory.share", share=context.format.number(share, 1))
