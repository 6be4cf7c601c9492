"""The trend panel of an indicator: its lines, gaps and labels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard import formatting, narrative, theme
from dashboard.components.html import Html
from dashboard.figures import trend as figure
from dashboard.figures.trend import Line
from dashboard.pages.common import not_loaded
from dashboard.pages.indicator.query import periods, reference_series, zone_series
from dashboard.series import segments

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.context import Page
    from dashboard.series import Series

HEIGHT = 372
LABELS = 190  # px kept right of the trend for the names of the lines


def trend(page: Page) -> Component:
    """Draw the trend of the zones, the highlighted, the metropolitan city and the references."""
    indicator = page.indicator
    lines = _lines(page)
    head = page.markup(
        "macros/panel_head.html",
        title=page.words("indicator.trend"),
        subtitle=page.unit(page.indicator),
    )
    caption = page.markup(
        "macros/text.html",
        text=page.words(
            "indicator.trend_caption",
            title=page.say(indicator.title),
            unit=page.unit(indicator),
            sentence=narrative.extremes(page, indicator, None),
        ),
    )
    foot = page.markup("indicator/trend_foot.html", indicator=indicator)
    if not any(len(line.points) > 1 for line in lines):
        said = page.words("headline.single") if periods(page) else not_loaded.said(page, indicator)
        notes = [] if periods(page) else not_loaded.notes(page, indicator)
        body: Component = Html(
            page.markup("indicator/single.html", text=said, notes=notes), id="trend-single"
        )
    else:
        body = _graph(page, lines)
    return html.Section(
        [
            Html(head, className="head", id="trend-head"),
            html.Figure([body, Html(caption, className="sr", tag="figcaption", id="trend-said")]),
            Html(foot, id="trend-foot"),
        ],
        className="panel panel-trend card",
    )


def _graph(page: Page, lines: list[Line]) -> Component:
    token = theme.THEMES[page.selection.theme]
    drawn = figure.trend(
        lines,
        layout=theme.chart(page.selection.theme),
        token=token,
        write=lambda v: page.value(v, page.indicator),
        height=HEIGHT,
        label_width=LABELS,
        gaps=_gaps(page),
    )
    drawn["layout"]["yaxis"]["tickformat"] = f",.{page.indicator.decimals}f"
    drawn["layout"]["separators"] = ",." if page.lang == "it" else ".,"
    return dcc.Graph(
        id="trend",
        figure=drawn,
        config={"displayModeBar": False, "responsive": True},
        style={"height": f"{HEIGHT}px"},
    )


def _lines(page: Page) -> list[Line]:
    drawn = zone_series(page)
    for code in page.highlighted:
        found = page.facts.series(page.indicator.id, code)
        if found and code not in drawn:
            drawn[code] = found
    if page.indicator.aggregate == "sum":
        drawn.pop(page.catalog.metro.territory, None)
    drawn |= reference_series(page)
    return [_line(page, code, found) for code, found in drawn.items()]


def _line(page: Page, code: str, found: Series) -> Line:
    known = found.points
    role = "chosen" if code in page.highlighted else "other"
    if page.catalog.territories[code] in page.catalog.references:
        role = "reference"
    if code == page.catalog.metro.territory:
        role = "mean"
    return Line(
        key=code,
        name=page.catalog.territories[code].short
        if role != "mean"
        else page.words("metro").capitalize(),
        role=role,
        points=[
            (formatting.start(p.period), p.value, formatting.period(p.period, page.lang))
            for p in known
        ],
        joined=segments(found, page.indicator),
        href=page.href(territory=(code,)) if role != "reference" else page.href(),
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
            gaps.append(
                (formatting.start(before), formatting.start(after), "" if narrow else words)
            )
    return gaps
