"""The page of an indicator: when, where, who and whence, all on one selection."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from dashboard import narrative
from dashboard.pages.common import breadcrumbs, changes, not_loaded
from dashboard.pages.indicator.query import (
    focus,
    municipalities,
    periods,
    reference_series,
    shown_period,
    zone_series,
)
from dashboard.registry import Crumb, Heading, heading, panel
from warehouse import formatting

PARTS_SHOWN = 8
WHOLE = 100  # from here on parts are written without decimals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Point
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@panel("controls")
def controls(context: Context) -> Html:
    """Draw the choices: highlighted territory, map level, period."""
    zone = focus(context)
    return context.panel(
        "indicator/controls.html",
        "controls",
        zones=context.catalog.zones,
        zone=zone,
        places=context.data.municipalities[zone.territory] if zone else (),
        highlighted=context.highlighted,
        toggled={
            z.territory: _toggled(context.highlighted, z.territory) for z in context.catalog.zones
        },
        periods=[(p, context.format.period(p)) for p in periods(context)],
        shown=shown_period(context),
    )


def _toggled(chosen: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(c for c in chosen if c != key) if key in chosen else (*chosen, key)


@panel("ranking")
def ranking(context: Context) -> Html:
    """Rank the zones, or the municipalities of the zone that the page is drilled into."""
    indicator, period, zone = context.indicator, shown_period(context), focus(context)
    places = context.data.municipalities[zone.territory] if zone else context.catalog.zones
    if zone and len(places) < 2:  # noqa: PLR2004  # nothing to rank inside a single place
        zone, places = None, context.catalog.zones
    rows = []
    for place in places:
        line = context.data.series(indicator.id, place.territory)
        point = line.point(period) if line and period else None
        rows.append((place, point))
    known = sorted((r for r in rows if r[1]), key=lambda r: -r[1].value)  # type: ignore[union-attr]  # filtered
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    mean = metro.point(period) if metro and period and indicator.aggregate != "sum" else None
    top = max([p.value for _, p in known if p] + ([mean.value] if mean else []), default=1) or 1
    floor = min([p.value for _, p in known if p] + [0])
    value = context.format.value
    return context.panel(
        "indicator/ranking.html",
        "ranking card",
        zone=zone,
        rows=[
            {
                "place": place,
                "value": context.format.value(point.value, indicator) if point else "",
                "share": 100 * (point.value - min(0, floor)) / (top - min(0, floor)),
                "zero": 100 * -min(0, floor) / (top - min(0, floor)),
                "negative": point.value < 0,
                "chosen": place.territory in context.highlighted,
                "partial": point.coverage < context.config.thresholds.complete_coverage,
                "href": context.href(
                    territory=(zone.territory, place.territory) if zone else (place.territory,)
                ),
            }
            for place, point in known
            if point
        ],
        unknown=[place for place, point in rows if point is None],
        mean=100 * (mean.value - min(0, floor)) / (top - min(0, floor)) if mean else None,
        mean_text=context.format.value(mean.value, indicator) if mean else "",
        references=[
            f"{context.catalog.territories[code].name} {value(point.value, indicator)}"
            for code, line in reference_series(context).items()
            if period and (point := line.point(period))
        ],
        unit=context.format.unit(indicator),
        period=context.format.period(period),
    )


@panel("sheet")
def sheet(context: Context) -> Html:
    """Say what the indicator measures, how, from whom, with which limits; offer downloads."""
    indicator = context.indicator
    known = periods(context)
    newest = context.data.municipal_series(indicator.id).values()
    count = sum(1 for s in newest if known and s.last.period == known[-1])
    weight = indicator.weight or indicator.denominator or ""
    return context.panel(
        "indicator/sheet.html",
        "sheet card",
        indicator=indicator,
        citations=context.catalog.citations(indicator),
        count=count,
        first=context.format.period(known[0]) if known else "",
        last=context.format.period(known[-1]) if known else "",
        periods=len(known),
        weight=_variable(context, weight),
        command=not_loaded.indicator_command(context, indicator) if not known else "",
        base=f"/api/indicators/{indicator.id}",
    )


def _variable(context: Context, name: str) -> str:
    dataset, _, variable = name.partition(".")
    declared = context.catalog.datasets.get(dataset)
    return context.translate(declared.variables[variable].title) if declared and variable else ""


@panel("source")
def source(context: Context) -> Html:
    """Show where one number comes from: its municipalities, its formula, its files."""
    indicator, period = context.indicator, shown_period(context)
    shown = context.highlighted[-1] if context.highlighted else context.catalog.metro.territory
    line = context.data.series(indicator.id, shown)
    point = line.point(period) if line and period else None
    parts = sorted(_parts(context, shown, period), key=lambda p: -(p[1].numerator or p[1].value))
    terms = [(place, *_terms(indicator, part)) for place, part in parts[:PARTS_SHOWN]]
    return context.panel(
        "indicator/source.html",
        "source-of card",
        indicator=indicator,
        place=context.catalog.territories[shown],
        value=context.format.value(point.value, indicator) if point else formatting.MISSING,
        partial=changes.partial_note(context, line) if line else "",
        period=context.format.period(period),
        parts=terms,
        count=len(parts),
        iso=period,
        files=_files(context, period),
        numerator=_variable(context, indicator.numerator),
        denominator=_variable(context, indicator.denominator or indicator.weight or ""),
        decimals_above=_decimals(above for _, above, _ in terms),
        decimals_below=_decimals(below for _, _, below in terms),
        number=context.format.number,
    )


def _parts(context: Context, shown: str, period: str | None) -> list[tuple[Territory, Point]]:
    inside = context.data.municipalities.get(shown, ())
    if shown == context.catalog.metro.territory:
        inside = municipalities(context)
    places = inside or (context.catalog.territories[shown],)
    found = []
    for place in places:
        line = context.data.series(context.indicator.id, place.territory)
        point = line.point(period) if line and period else None
        if point:
            found.append((place, point))
    return found


def _terms(indicator: Indicator, point: Point) -> tuple[float | None, float | None]:
    """Return what the formula sums of one municipality; of a weighted mean, rate and weight."""
    above, below = point.numerator, point.denominator
    if above is None:
        return point.value, below
    if indicator.aggregate == "weighted_mean" and below:
        return above / below, below
    return above, below


def _decimals(column: Iterable[float | None]) -> int:
    """Return with how many decimals a column is written: none for counts and large figures."""
    known = [value for value in column if value is not None and not isnan(value)]
    return 0 if all(value == int(value) or abs(value) >= WHOLE for value in known) else 2


def _files(context: Context, period: str | None) -> list[dict[str, Any]]:
    """Return each part's files: of the period shown, or of the nearest where it is aligned."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in context.data.rows("files_of", indicator=context.indicator.id):
        found.setdefault(row["variable"], []).append(row)
    used: dict[str, dict[str, Any]] = {}
    for rows in found.values() if period else ():
        nearest = min(rows, key=lambda r: _distance(r["period"], period))["period"]
        used |= {r["sha256"]: r for r in rows if r["period"] == nearest}
    return list(used.values())


def _distance(one: str, other: str | None) -> int:
    return abs((formatting.start(one) - formatting.start(other or one)).days)


@panel("table")
def table(context: Context) -> Html:
    """Give every zone's value in every period, as the table beside the charts."""
    indicator = context.indicator
    known = periods(context)
    series = zone_series(context) | reference_series(context)
    rows = [
        {
            "place": context.catalog.territories[code],
            "values": [
                (p, context.format.value(p.value, indicator), p.coverage, p.status) if p else None
                for p in (found.point(k) for k in known)
            ],
        }
        for code, found in series.items()
    ]
    return context.panel(
        "indicator/table.html",
        "table card",
        rows=rows,
        periods=[context.format.period(p) for p in known],
        unit=context.format.unit(indicator),
        complete=context.config.thresholds.complete_coverage,
        share=context.format.number(100 * context.config.thresholds.complete_coverage, 1),
    )


@heading("indicator")
def indicator_heading(context: Context) -> Heading:
    """Say from which to which zone the values run, or where the highlighted territory stands."""
    title = context.translate(context.indicator.title)
    area = context.translate(context.area.short or context.area.title)
    return Heading(
        title=narrative.indicator(context, context.indicator, context.selection.period),
        tab=title,
        crumbs=(
            breadcrumbs.home(context),
            Crumb(area, f"/ambiti/{context.area.id}"),
            Crumb(title),
        ),
        actions=True,
        slide=context.position + 1,
    )
