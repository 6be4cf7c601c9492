"""The page of an indicator: when, where, who and whence, all on one selection."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard import narrative, numbers, theme
from dashboard.components.html import Html
from dashboard.figures.choropleth import Area, Mark, choropleth, wrap
from dashboard.figures.classes import Classes, classes
from dashboard.figures.trend import Line
from dashboard.figures.trend import trend as draw_trend
from dashboard.panels.overview import partial
from dashboard.series import consecutive

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.page import Page
    from dashboard.series import Series
    from warehouse.declarations import Territory

TREND_HEIGHT = 372
LABELS = 190  # px kept right of the trend for the names of the lines
NAMED_BELOW = 40  # zones with fewer municipalities than this are drilled into by name


def periods(page: Page) -> list[str]:
    """Return every period in which a municipality or zone has a value, oldest first."""
    found = {p.period for s in _zone_series(page).values() for p in s.points}
    found |= {p.period for s in page.facts.municipal(page.indicator.id).values() for p in s.points}
    return sorted(found, key=numbers.start)


def shown_period(page: Page) -> str | None:
    """Return the selected period if there is one with values, else the newest."""
    known = periods(page)
    return page.selection.period if page.selection.period in known else (known[-1] if known else None)


def focus(page: Page) -> Territory | None:
    """Return the zone that the page is drilled into: the highlighted one, or its parent."""
    for code in page.highlighted:
        place = page.catalog.territories[code]
        if place.level == "zone":
            return place
        if place.level == "municipality" and place.parent:
            return page.catalog.territories[place.parent]
    return None


def _zone_series(page: Page) -> dict[str, Series]:
    upper = [*page.catalog.zones, page.catalog.metro]
    found = ((t.territory, page.facts.upper.get((page.indicator.id, t.territory))) for t in upper)
    return {key: series for key, series in found if series}


def controls(page: Page) -> Html:
    """Draw the choices: highlighted territory, map level, period."""
    zone = focus(page)
    return page.html(
        "controls.html",
        "controls",
        zones=page.catalog.zones,
        zone=zone,
        places=page.facts.municipalities[zone.territory] if zone else (),
        highlighted=page.highlighted,
        toggled={z.territory: _toggled(page.highlighted, z.territory) for z in page.catalog.zones},
        periods=[(p, numbers.period(p, page.lang)) for p in periods(page)],
        shown=shown_period(page),
    )


def _toggled(chosen: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(c for c in chosen if c != key) if key in chosen else (*chosen, key)


def trend(page: Page) -> Component:
    """Draw the trend of the zones, the highlighted and the metropolitan city."""
    indicator = page.indicator
    lines = _lines(page)
    head = page.markup("panel_head.html", title=page.words("indicator.trend"), subtitle=_unit(page))
    caption = page.words(
        "indicator.trend_caption",
        title=page.say(indicator.title),
        unit=page.unit(indicator),
        sentence=narrative.extremes(page, indicator, None),
    )
    foot = page.words("source.line", sources=page.sources(indicator))
    if not any(len(line.points) > 1 for line in lines):
        body: Component = Html(page.markup("single.html", period=shown_period(page)))
    else:
        body = _graph(page, lines)
    return html.Section(
        [
            Html(head, className="head"),
            html.Figure([body, html.Figcaption(caption, className="sr")]),
            Html(page.markup("breaks.html", indicator=indicator)),
            html.P(foot, className="source"),
        ],
        className="panel panel-trend card",
    )


def _unit(page: Page) -> str:
    return page.unit(page.indicator)


def _graph(page: Page, lines: list[Line]) -> Component:
    token = theme.THEMES[page.selection.theme]
    figure = draw_trend(
        lines,
        layout=theme.chart(page.selection.theme),
        token=token,
        write=lambda v: page.value(v, page.indicator),
        height=TREND_HEIGHT,
        label_width=LABELS,
        gaps=_gaps(page),
    )
    figure["layout"]["yaxis"]["tickformat"] = f",.{page.indicator.decimals}f"
    figure["layout"]["separators"] = ",." if page.lang == "it" else ".,"
    return dcc.Graph(
        id="trend",
        figure=figure,
        config={"displayModeBar": False, "responsive": True, "locale": page.lang},
        style={"height": f"{TREND_HEIGHT}px"},
    )


def _lines(page: Page) -> list[Line]:
    drawn = _zone_series(page)
    for code in page.highlighted:
        found = page.facts.series(page.indicator.id, code)
        if found and code not in drawn:
            drawn[code] = found
    if page.indicator.aggregate == "sum":
        drawn.pop(page.catalog.metro.territory, None)
    return [_line(page, code, found) for code, found in drawn.items()]


def _line(page: Page, code: str, found: Series) -> Line:
    known = found.points
    role = "chosen" if code in page.highlighted else "other"
    if code == page.catalog.metro.territory:
        role = "mean"
    broken = [numbers.start(b) for b in page.indicator.breaks]
    trend_like = len(known) > 2  # noqa: PLR2004  # two points are not a trend
    joined = []
    for before, after in pairwise(known):
        start, end = numbers.start(before.period), numbers.start(after.period)
        crosses = any(start < b <= end for b in broken)
        joined.append(trend_like and not crosses and consecutive(before.period, after.period))
    return Line(
        key=code,
        name=page.catalog.territories[code].short
        if role != "mean"
        else page.words("metro").capitalize(),
        role=role,
        points=[
            (numbers.start(p.period), p.value, numbers.period(p.period, page.lang)) for p in known
        ],
        joined=joined,
        href=page.href(territory=(code,)),
    )


def _gaps(page: Page) -> list[tuple[date, date, str]]:
    known = periods(page)
    gaps = []
    for before, after in pairwise(known):
        if len(before) == len("2023") and int(after) - int(before) > 1:
            first, last = int(before) + 1, int(after) - 1
            key = "indicator.missing_periods" if last > first else "indicator.missing_period"
            words = page.words(key, **{"from": first, "to": last})
            narrow = int(after) - int(before) < (int(known[-1][:4]) - int(known[0][:4])) / 4
            gaps.append((numbers.start(before), numbers.start(after), "" if narrow else words))
    return gaps


def map_panel(page: Page) -> Html:
    """Draw the map, its classes, and below it every municipality as a dot by zone."""
    indicator, period = page.indicator, shown_period(page)
    by_zone = page.selection.map == "zone"
    level = page.catalog.zones if by_zone else _municipalities(page)
    values = _values(page, level, period)
    steps = classes(list(values.values()), indicator.decimals)
    areas = [_area(page, place, values.get(place.territory), steps, period) for place in level]
    shapes = page.facts.shapes
    chosen = [f"zone-{c}" if c in shapes.zones else c for c in page.highlighted]
    if by_zone:
        areas = [Area(f"zone-{a.key}", a.label, a.step, a.href) for a in areas]
    drawing = choropleth(
        areas,
        _marks(page, values, by_zone=by_zone),
        shapes=f"/shapes/{page.facts.store.release}.svg",
        size=(shapes.width, shapes.height),
        zones=list(shapes.zones),
        chosen=[c for c in chosen if c.removeprefix("zone-") in {**shapes.zones, **shapes.paths}],
        title=narrative.extremes(page, indicator, period),
    )
    return page.html(
        "map.html",
        "map card",
        drawing=drawing,
        legend=_legend(page, steps),
        level=page.selection.map,
        count=len(level),
        nodata=len(level) - len(values),
        period=numbers.period(period, page.lang),
        strip=_strip(page, period),
        boundaries=page.say(page.catalog.datasets["municipal_boundaries"].attribution)
        if "municipal_boundaries" in page.catalog.datasets
        else "",
    )


def _municipalities(page: Page) -> tuple[Territory, ...]:
    return tuple(p for places in page.facts.municipalities.values() for p in places)


def _values(page: Page, level: tuple[Territory, ...], period: str | None) -> dict[str, float]:
    found = {}
    for place in level:
        line = page.facts.series(page.indicator.id, place.territory)
        point = line.at(period) if line and period else None
        if point:
            found[place.territory] = point.value
    return found


def _area(
    page: Page, place: Territory, value: float | None, steps: Classes, period: str | None
) -> Area:
    said = page.words("matrix.no_data")
    if value is not None:
        said = f"{page.value(value, page.indicator)} {page.unit(page.indicator)}"
    label = f"{place.name}: {said}, {numbers.period(period, page.lang)}"
    step = steps.of(value) if value is not None else None
    target = place.territory if place.level == "zone" else (place.parent or place.territory)
    path = None if place.level == "zone" else f"/territori/{place.territory}"
    if path is None:
        return Area(place.territory, label, step, page.href(territory=(target,)))
    return Area(place.territory, label, step, page.href(territory=_toward(page, place)))


def _toward(page: Page, place: Territory) -> tuple[str, ...]:
    """From the whole map a click chooses the zone; inside a chosen zone, the municipality."""
    inside = focus(page)
    if inside and place.parent == inside.territory:
        return (inside.territory, place.territory)
    return (place.parent,) if place.parent else (place.territory,)


def _marks(page: Page, values: dict[str, float], *, by_zone: bool) -> list[Mark]:
    centres = page.facts.shapes.centres
    chosen = focus(page)
    marks = [
        Mark(*centres[z.territory], wrap(z.short), strong=bool(chosen and chosen == z))
        for z in page.catalog.zones
        if z.territory in centres
    ]
    if not by_zone and len(values) > 1:
        taken = [centres[z.territory] for z in page.catalog.zones if z.territory in centres]
        for pick in (min, max):
            code = pick(values, key=lambda c: values[c])
            if code not in centres:
                continue
            x, y = centres[code]
            if any(abs(x - a) < 110 and abs(y - b) < 46 for a, b in taken):  # noqa: PLR2004  # px
                y += 62 if y < page.facts.shapes.height / 2 else -62
            text = (
                f"{page.catalog.territories[code].short} {page.value(values[code], page.indicator)}"
            )
            marks.append(Mark(min(max(x, 120), 880), y, [text], strong=True))
            taken.append((x, y))
    return marks


def _legend(page: Page, steps: Classes) -> list[dict[str, Any]]:
    most = max([*steps.counts, 1])
    text = [page.value(b, page.indicator) for b in steps.breaks]
    labels = [page.words("indicator.same", value="")] if not text else []
    if text:
        middle = [page.words("indicator.between", low=a, high=b) for a, b in pairwise(text)]
        labels = [
            page.words("indicator.below", value=text[0]),
            *middle,
            page.words("indicator.above", value=text[-1]),
        ]
    return [
        {"step": i + 1, "label": label, "count": count, "share": count / most}
        for i, (label, count) in enumerate(zip(labels, steps.counts, strict=True))
    ]


def _strip(page: Page, period: str | None) -> dict[str, Any] | None:
    indicator = page.indicator
    values = _values(page, _municipalities(page), period)
    if indicator.aggregate == "sum" or not values:
        return None
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1
    zones = dict(narrative.zone_values(page, indicator, period))
    ordered = sorted(page.catalog.zones, key=lambda z: -zones.get(z, low))
    rows = [
        {
            "zone": zone,
            "chosen": zone.territory in page.highlighted,
            "mark": 100 * (zones[zone] - low) / span if zone in zones else None,
            "dots": [
                (
                    100 * (values[p.territory] - low) / span,
                    p,
                    page.value(values[p.territory], indicator),
                )
                for p in page.facts.municipalities[zone.territory]
                if p.territory in values
            ],
        }
        for zone in ordered
    ]
    ticks = [(100 * i / 4, page.value(low + span * i / 4, indicator)) for i in range(5)]
    return {"rows": rows, "ticks": ticks}


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
        "ranking.html",
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
        unit=page.unit(indicator),
        period=numbers.period(period, page.lang),
    )


def sheet(page: Page) -> Html:
    """Say what the indicator measures, how, from whom, with which limits; offer downloads."""
    indicator = page.indicator
    known = periods(page)
    datasets = [page.catalog.datasets[d] for d in indicator.datasets]
    newest = page.facts.municipal(indicator.id).values()
    count = sum(1 for s in newest if known and s.last.period == known[-1])
    weight = indicator.weight or indicator.denominator or ""
    return page.html(
        "sheet.html",
        "sheet card",
        indicator=indicator,
        datasets=datasets,
        count=count,
        first=numbers.period(known[0], page.lang) if known else "",
        last=numbers.period(known[-1], page.lang) if known else "",
        periods=len(known),
        weight=_variable(page, weight),
        base=f"/api/indicators/{indicator.id}",
    )


def _variable(page: Page, name: str) -> str:
    dataset, _, variable = name.partition(".")
    declared = page.catalog.datasets.get(dataset)
    return page.say(declared.variables[variable].title) if declared and variable else ""


def source(page: Page) -> Html:
    """Show where one number comes from: its rows, its formula, its files."""
    indicator, period = page.indicator, shown_period(page)
    shown = page.highlighted[-1] if page.highlighted else page.catalog.metro.territory
    line = page.facts.series(indicator.id, shown)
    point = line.at(period) if line and period else None
    frame = page.facts.frame(
        "components_of", indicator=indicator.id, territory=shown, period=period or ""
    )
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    files = {r["snapshot"]: r for r in rows if r.get("snapshot")}
    return page.html(
        "source.html",
        "source-of card",
        indicator=indicator,
        place=page.catalog.territories[shown],
        value=page.value(point.value, indicator) if point else numbers.MISSING,
        partial=partial(page, line) if line else "",
        period=numbers.period(period, page.lang),
        rows=rows,
        files=list(files.values()),
        numerator=_variable(page, indicator.numerator),
        denominator=_variable(page, indicator.denominator or indicator.weight or ""),
        number=lambda v: numbers.number(v, 0 if v is None or abs(v) >= 1000 else 2, page.lang),  # noqa: PLR2004
    )


def table(page: Page) -> Html:
    """Give every zone's value in every period, as the table beside the charts."""
    indicator = page.indicator
    known = periods(page)
    series = _zone_series(page)
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
        "table.html",
        "table card",
        rows=rows,
        periods=[numbers.period(p, page.lang) for p in known],
        unit=page.unit(indicator),
        complete=page.config.thresholds.complete_coverage,
        share=numbers.number(100 * page.config.thresholds.complete_coverage, 1, page.lang),
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
