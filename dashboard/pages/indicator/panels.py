"""The page of an indicator: when, where, who and whence, all on one selection."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common import not_loaded
from dashboard.pages.indicator.map import map_panel
from dashboard.pages.indicator.query import (
    focus,
    municipalities,
    periods,
    reference_series,
    shown_period,
    zone_series,
)
from dashboard.pages.indicator.trend import trend
from dashboard.pages.overview.panels import partial

PARTS_SHOWN = 8
WHOLE = 100  # from here on parts are written without decimals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.html import Html
    from dashboard.context import Page
    from dashboard.series import Point
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


def controls(page: Page) -> Html:
    """Draw the choices: highlighted territory, map level, period."""
    zone = focus(page)
    return page.html(
        "indicator/controls.html",
        "controls",
        zones=page.catalog.zones,
        zone=zone,
        places=page.facts.municipalities[zone.territory] if zone else (),
        highlighted=page.highlighted,
        toggled={z.territory: _toggled(page.highlighted, z.territory) for z in page.catalog.zones},
        periods=[(p, formatting.period(p, page.lang)) for p in periods(page)],
        shown=shown_period(page),
    )


def _toggled(chosen: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(c for c in chosen if c != key) if key in chosen else (*chosen, key)


def ranking(page: Page) -> Html:
    """Rank the zones, or the municipalities of the zone that the page is drilled into."""
    indicator, period, zone = page.indicator, shown_period(page), focus(page)
    places = page.facts.municipalities[zone.territory] if zone else page.catalog.zones
    if zone and len(places) < 2:  # noqa: PLR2004  # nothing to rank inside a single place
        zone, places = None, page.catalog.zones
    rows = []
    for place in places:
        line = page.facts.series(indicator.id, place.territory)
        point = line.at(period) if line and period else None
        rows.append((place, point))
    known = sorted((r for r in rows if r[1]), key=lambda r: -r[1].value)  # type: ignore[union-attr]  # filtered
    metro = page.facts.upper.get((indicator.id, page.catalog.metro.territory))
    mean = metro.at(period) if metro and period and indicator.aggregate != "sum" else None
    top = max([p.value for _, p in known if p] + ([mean.value] if mean else []), default=1) or 1
    floor = min([p.value for _, p in known if p] + [0])
    return page.html(
        "indicator/ranking.html",
        "ranking card",
        zone=zone,
        rows=[
            {
                "place": place,
                "value": page.value(point.value, indicator) if point else "",
                "share": 100 * (point.value - min(0, floor)) / (top - min(0, floor)),
                "zero": 100 * -min(0, floor) / (top - min(0, floor)),
                "negative": point.value < 0,
                "chosen": place.territory in page.highlighted,
                "partial": point.coverage < page.config.thresholds.complete_coverage,
                "href": page.href(
                    territory=(zone.territory, place.territory) if zone else (place.territory,)
                ),
            }
            for place, point in known
            if point
        ],
        unknown=[place for place, point in rows if point is None],
        mean=100 * (mean.value - min(0, floor)) / (top - min(0, floor)) if mean else None,
        mean_text=page.value(mean.value, indicator) if mean else "",
        references=[
            f"{page.catalog.territories[code].name} {page.value(point.value, indicator)}"
            for code, line in reference_series(page).items()
            if period and (point := line.at(period))
        ],
        unit=page.unit(indicator),
        period=formatting.period(period, page.lang),
    )


def sheet(page: Page) -> Html:
    """Say what the indicator measures, how, from whom, with which limits; offer downloads."""
    indicator = page.indicator
    known = periods(page)
    newest = page.facts.municipal(indicator.id).values()
    count = sum(1 for s in newest if known and s.last.period == known[-1])
    weight = indicator.weight or indicator.denominator or ""
    return page.html(
        "indicator/sheet.html",
        "sheet card",
        indicator=indicator,
        citations=page.catalog.citations(indicator),
        count=count,
        first=formatting.period(known[0], page.lang) if known else "",
        last=formatting.period(known[-1], page.lang) if known else "",
        periods=len(known),
        weight=_variable(page, weight),
        command=not_loaded.of(page, indicator) if not known else "",
        base=f"/api/indicators/{indicator.id}",
    )


def _variable(page: Page, name: str) -> str:
    dataset, _, variable = name.partition(".")
    declared = page.catalog.datasets.get(dataset)
    return page.say(declared.variables[variable].title) if declared and variable else ""


def source(page: Page) -> Html:
    """Show where one number comes from: its municipalities, its formula, its files."""
    indicator, period = page.indicator, shown_period(page)
    shown = page.highlighted[-1] if page.highlighted else page.catalog.metro.territory
    line = page.facts.series(indicator.id, shown)
    point = line.at(period) if line and period else None
    parts = sorted(_parts(page, shown, period), key=lambda p: -(p[1].numerator or p[1].value))
    terms = [(place, *_terms(indicator, part)) for place, part in parts[:PARTS_SHOWN]]
    return page.html(
        "indicator/source.html",
        "source-of card",
        indicator=indicator,
        place=page.catalog.territories[shown],
        value=page.value(point.value, indicator) if point else formatting.MISSING,
        partial=partial(page, line) if line else "",
        period=formatting.period(period, page.lang),
        parts=terms,
        count=len(parts),
        iso=period,
        files=_files(page, period),
        numerator=_variable(page, indicator.numerator),
        denominator=_variable(page, indicator.denominator or indicator.weight or ""),
        decimals_above=_decimals(above for _, above, _ in terms),
        decimals_below=_decimals(below for _, _, below in terms),
        number=lambda v, decimals: formatting.number(v, decimals, page.lang),
    )


def _parts(page: Page, shown: str, period: str | None) -> list[tuple[Territory, Point]]:
    inside = page.facts.municipalities.get(shown, ())
    if shown == page.catalog.metro.territory:
        inside = municipalities(page)
    places = inside or (page.catalog.territories[shown],)
    found = []
    for place in places:
        line = page.facts.series(page.indicator.id, place.territory)
        point = line.at(period) if line and period else None
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


def _files(page: Page, period: str | None) -> list[dict[str, Any]]:
    """Return each part's files: of the period shown, or of the nearest where it is aligned."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in page.facts.rows("files_of", indicator=page.indicator.id):
        found.setdefault(row["variable"], []).append(row)
    used: dict[str, dict[str, Any]] = {}
    for rows in found.values() if period else ():
        nearest = min(rows, key=lambda r: _distance(r["period"], period))["period"]
        used |= {r["sha256"]: r for r in rows if r["period"] == nearest}
    return list(used.values())


def _distance(one: str, other: str | None) -> int:
    return abs((formatting.start(one) - formatting.start(other or one)).days)


def table(page: Page) -> Html:
    """Give every zone's value in every period, as the table beside the charts."""
    indicator = page.indicator
    known = periods(page)
    series = zone_series(page) | reference_series(page)
    rows = [
        {
            "place": page.catalog.territories[code],
            "values": [
                (p, page.value(p.value, indicator), p.coverage, p.status) if p else None
                for p in (found.at(k) for k in known)
            ],
        }
        for code, found in series.items()
    ]
    return page.html(
        "indicator/table.html",
        "table card",
        rows=rows,
        periods=[formatting.period(p, page.lang) for p in known],
        unit=page.unit(indicator),
        complete=page.config.thresholds.complete_coverage,
        share=formatting.number(100 * page.config.thresholds.complete_coverage, 1, page.lang),
    )


PANELS = {
    "controls": controls,
    "trend": trend,
    "map": map_panel,
    "ranking": ranking,
    "sheet": sheet,
    "source": source,
    "table": table,
}
