"""The spine panel: every loaded indicator of a territory against the metropolitan city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.figures import spine as figure
from dashboard.pages.overview.panels import partial
from dashboard.pages.territory.standing import place_of, standings

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Page
    from dashboard.pages.territory.standing import Standing
    from warehouse.declarations.territories import Territory


FIRST = 4  # rows of an area that are always open


def spine(page: Page) -> Html:
    """Draw where the territory stands in each indicator, among the territories of its level."""
    place = place_of(page)
    found = standings(page, place)
    return page.html(
        "territory/spine.html",
        "spine card",
        place=place,
        whole=place.level == "metro",
        peers=max((len(s.others) for s in found), default=0),
        areas=_areas(page, found, place),
        total=len(found),
        every=page.selection.show == "all",
        sources=page.providers(*(s.indicator for s in found if s.series)),
    )


def _areas(page: Page, found: list[Standing], place: Territory) -> list[dict[str, Any]]:
    """Return the rows by policy area: the first ones, and the rest."""
    areas = []
    for number, node in enumerate(page.catalog.areas, start=1):
        rows = [_row(page, s, place) for s in found if s.indicator.area == node.id]
        if rows:
            first, rest = rows[:FIRST], rows[FIRST:]
            areas.append({"number": number, "node": node, "first": first, "rest": rest})
    return areas


def _row(page: Page, found: Standing, place: Territory) -> dict[str, Any]:
    indicator, series = found.indicator, found.series
    row: dict[str, Any] = {"indicator": indicator, "series": series}
    if series is None:
        return row
    whole = place.level == "metro"
    return row | {
        "value": page.value(series.last.value, indicator),
        "partial": partial(page, series),
        "period": formatting.period(series.last.period, page.lang),
        "mean": page.value(found.mean.value, indicator) if found.mean else formatting.MISSING,
        "drawing": _drawing(page, found, whole=whole),
        "said": _said(page, found),
        "share": _share(page, found) if indicator.aggregate == "sum" and not whole else "",
        "rank": found.rank,
        "ranked": len(found.others),
        "change": found.change,
        "span": page.movement(series, found.change),
        "amount": page.amount(found.change, indicator) if found.change else "",
    }


def _drawing(page: Page, found: Standing, *, whole: bool) -> str:
    indicator = found.indicator
    if found.mean is None or found.series is None or indicator.aggregate == "sum":
        return ""
    own = found.series.last.value
    values = [*(v for v, _ in found.others), own]
    on = figure.scale(values, found.mean.value, lower_is_better=indicator.better == "lower")
    named = [(v, f"{name} {page.value(v, indicator)}") for v, name in found.others]
    if whole:
        return figure.spine(named, on, dots=True)
    return figure.spine(named, on, value=own, sign=found.sign or "neutral")


def _said(page: Page, found: Standing) -> str:
    """Say the sign in words, for whoever does not see it."""
    return page.words(f"territory.sign_{found.sign}") if found.sign else ""


def _share(page: Page, found: Standing) -> str:
    if not found.mean or not found.mean.value or found.series is None:
        return ""
    share = 100 * found.series.last.value / found.mean.value
    return page.words("territory.share", share=formatting.number(share, 1, page.lang))
