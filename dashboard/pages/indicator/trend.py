"""The trend panel of an indicator: its lines, gaps and labels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard import narrative, theme
from dashboard.components.html import Html
from dashboard.figures import trend as figure
from dashboard.figures.trend import Line
from dashboard.pages.common import not_loaded, sources
from dashboard.pages.indicator.query import periods, reference_series, zone_series
from dashboard.registry import panel
from dashboard.series import segments
from warehouse import formatting

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.context import Context
    from dashboard.series import Series

HEIGHT = 372
LABELS = 190  # px kept right of the trend for the names of the lines


@panel("trend")
def trend(context: Context) -> Component:
    """Draw the trend of the zones, the highlighted, the metropolitan city and the references."""
    indicator = context.indicator
    lines = _lines(context)
    head = context.render(
        "macros/panel_head.html",
        title=context.text("indicator.trend"),
        subtitle=context.format.unit(context.indicator),
    )
    caption = context.render(
        "macros/text.html",
        text=context.text(
            "indicator.trend_caption",
            title=context.translate(indicator.title),
            unit=context.format.unit(indicator),
            sentence=narrative.extremes(context, indicator, None),
        ),
    )
    foot = context.render(
        "indicator/trend_foot.html", indicator=indicator, source=sources.full(context, indicator)
    )
    if not any(len(line.points) > 1 for line in lines):
        said = (
            context.text("headline.single")
            if periods(context)
            else not_loaded.message(context, indicator)
        )
        notes = [] if periods(context) else not_loaded.notes(context, indicator)
        body: Component = Html(
            context.render("indicator/single.html", text=said, notes=notes), id="trend-single"
        )
    else:
        body = _graph(context, lines)
    return html.Section(
        [
            Html(head, className="head", id="trend-head"),
            html.Figure([body, Html(caption, className="sr", tag="figcaption", id="trend-said")]),
            Html(foot, id="trend-foot"),
        ],
        className="panel panel-trend card",
    )


def _graph(context: Context, lines: list[Line]) -> Component:
    token = theme.THEMES[context.selection.theme]
    drawn = figure.trend(
        lines,
        layout=theme.chart(context.selection.theme),
        token=token,
        write=lambda v: context.format.value(v, context.indicator),
        height=HEIGHT,
        label_width=LABELS,
        gaps=_gaps(context),
    )
    drawn["layout"]["yaxis"]["tickformat"] = f",.{context.indicator.decimals}f"
    drawn["layout"]["separators"] = ",." if context.language == "it" else ".,"
    return dcc.Graph(
        id="trend",
        figure=drawn,
        config={"displayModeBar": False, "responsive": True},
        style={"height": f"{HEIGHT}px"},
    )


def _lines(context: Context) -> list[Line]:
    drawn = zone_series(context)
    for code in context.highlighted:
        found = context.data.series(context.indicator.id, code)
        if found and code not in drawn:
            drawn[code] = found
    if context.indicator.aggregate == "sum":
        drawn.pop(context.catalog.metro.territory, None)
    drawn |= reference_series(context)
    return [_line(context, code, found) for code, found in drawn.items()]


def _line(context: Context, code: str, found: Series) -> Line:
    known = found.points
    role = "chosen" if code in context.highlighted else "other"
    if context.catalog.territories[code] in context.catalog.references:
        role = "reference"
    if code == context.catalog.metro.territory:
        role = "mean"
    return Line(
        key=code,
        name=context.catalog.territories[code].short
        if role != "mean"
        else context.text("metro").capitalize(),
        role=role,
        points=[
            (formatting.start(p.period), p.value, context.format.period(p.period)) for p in known
        ],
        joined=segments(found, context.indicator),
        href=context.href(territory=(code,)) if role != "reference" else context.href(),
    )


def _gaps(context: Context) -> list[tuple[date, date, str]]:
    known = periods(context)
    gaps = []
    for before, after in pairwise(known):
        if len(before) == len("2023") and int(after) - int(before) > 1:
            first, last = int(before) + 1, int(after) - 1
            key = "indicator.missing_periods" if last > first else "indicator.missing_period"
            words = context.text(key, **{"from": first, "to": last})
            narrow = int(after) - int(before) < (int(known[-1][:4]) - int(known[0][:4])) / 4
            gaps.append(
                (formatting.start(before), formatting.start(after), "" if narrow else words)
            )
    return gaps
