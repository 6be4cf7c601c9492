"""The trend panel of an indicator: its lines, gaps and labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html
from markupsafe import escape

from dashboard import bundle, narrative, theme
from dashboard.components.html import Html
from dashboard.components.plotly_chart import PlotlyChart
from dashboard.figures import trend as figure
from dashboard.figures.line_chart import line_chart
from dashboard.figures.marks import line_key
from dashboard.figures.time_marks import TimeMarks
from dashboard.figures.trend import HIGHLIGHTS, Line, Role
from dashboard.indexed import DECIMALS
from dashboard.pages.common import not_loaded, sources
from dashboard.pages.indicator import index
from dashboard.pages.indicator.earlier import earlier_note, earlier_series
from dashboard.pages.indicator.events import all_events, break_lines, marked_events
from dashboard.pages.indicator.judged_lines import legend, limit_lines, pace_lines
from dashboard.pages.indicator.outlook import outlook_lines, prospect
from dashboard.pages.indicator.query import periods, reference_series, series_breaks, zone_series
from dashboard.pages.indicator.target_lines import target_lines
from dashboard.place_notes import place_notes
from dashboard.registry import panel
from dashboard.series import segments
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.context import Context
    from dashboard.series import Series

HEIGHT = 372
LABELS = 190  # px right of the trend for the names of the lines


@dataclass(frozen=True, slots=True)
class LastValue:
    """The name of a line with its last value, for the list that a phone has below the plot."""

    name: str
    role: str
    value: str
    key: str = ""


@panel("trend")
def trend(context: Context) -> Component:
    """Draw the trend of the zones, the highlighted, the metropolitan city and the references."""
    indicator, unit = context.indicator, index.unit(context)
    lines = _lines(context)
    caption = context.text(
        "indicator.trend_caption",
        title=context.translate(indicator.title),
        unit=unit,
        sentence=_sentence(context, lines),
    )
    base = index.base_period(context)
    has_trend = any(len(line.points) > 1 for line in lines)
    foot = context.render(
        "indicator/trend_foot.html",
        last_values=_last_values(context, lines) if has_trend else (),
        breaks=series_breaks(context),
        events=marked_events(context),
        notes=place_notes(context, periods(context)),
        indicator=indicator,
        source=sources.full(context, indicator),
        earlier=earlier_note(context),
        without_index=index.missing_note(context),
    )
    is_index = index.selected_base(context) is not None
    head = context.render(
        "indicator/trend_head.html",
        unit=unit,
        has_trend=has_trend,
        has_events=bool(all_events(context)),
        has_outlook=prospect(context) is not None and not is_index,
        index_base=context.format.period(base) if base and has_trend else "",
        is_index=is_index,
        legend=legend(context, _judged(context, lines)),
    )
    body = _chart(context, lines, caption) if has_trend else _without_trend(context)
    figcaption = Html(str(escape(caption)), className="sr", tag="figcaption", id="trend-said")
    return html.Section(
        [
            Html(head, className="head", id="trend-head"),
            html.Figure([body, figcaption]),
            Html(foot, id="trend-foot"),
        ],
        className="panel panel-trend card",
    )


def _sentence(context: Context, lines: list[Line]) -> str:
    """Say from which to which territory the values run; of an index, the values drawn."""
    if index.selected_base(context) is None or not lines:
        return narrative.extremes(context, context.indicator, None)
    ends = sorted(lines, key=lambda line: line.points[-1][1])
    low, high = (
        (line.name, index.write(context, line.points[-1][1])) for line in (ends[0], ends[-1])
    )
    return context.text(
        "indicator.index_range", low=low[1], lowest=low[0], high=high[1], highest=high[0]
    )


def _last_values(context: Context, lines: list[Line]) -> list[LastValue]:
    """Return the last value of each line, the largest first."""
    return [
        LastValue(
            line.name,
            line.role,
            index.write(context, line.points[-1][1]),
            line_key(HIGHLIGHTS.index(line.role)) if line.role in HIGHLIGHTS else "",
        )
        for line in sorted(lines, key=lambda line: -line.points[-1][1])
    ]


def _without_trend(context: Context) -> Component:
    """Say that there is a single period, or from where the indicator is expected."""
    if periods(context):
        text, notes = context.text("headline.single"), []
    else:
        text = not_loaded.message(context, context.indicator)
        notes = not_loaded.notes(context, context.indicator)
    markup = context.render("indicator/single.html", text=text, notes=notes)
    return Html(markup, id="trend", className="no-trend")  # a chart changes into it in place


def _chart(context: Context, lines: list[Line], label: str) -> Component:
    """Draw the lines as SVG, or with Plotly where the reader asks to zoom."""
    if context.selection.chart == "zoom":
        return _plotly(context, lines)
    drawing = line_chart(_figure(context, lines, theme.PROPERTIES), context.format.number, label)
    return Html(drawing, id="trend", className="chart")


def _plotly(context: Context, lines: list[Line]) -> Component:
    chart = _figure(context, lines, theme.PROPERTIES)
    layout = chart["layout"]
    places = DECIMALS if index.selected_base(context) else context.indicator.decimals
    layout["yaxis"] |= {"tickformat": f",.{places}f", "fixedrange": False}
    layout["xaxis"] |= {"fixedrange": False}
    layout |= {"separators": ",." if context.language == "it" else ".,", "dragmode": "zoom"}
    buttons = [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]]
    return PlotlyChart(
        id="zoom",
        figure=chart,
        config={"displaylogo": False, "modeBarButtons": buttons, "responsive": True},
        height=HEIGHT,
        library=context.link(bundle.PLOTLY),
        failure=context.text("indicator.no_zoom"),
    )


def trend_figure(context: Context, height: int) -> dict[str, Any] | None:
    """Return the chart for a file; None where there is a single period."""
    lines = _lines(context)
    if not any(len(line.points) > 1 for line in lines):
        return None
    return _figure(context, lines, theme.PROPERTIES, height)


def trend_key(context: Context) -> str:
    """Say what the dotted lines and the numbers of events in the chart are."""
    events = [f"{i} {e.when}, {e.title}" for i, e in enumerate(marked_events(context), 1)]
    if events:
        events.append(context.text("compare.association"))
    lines = legend(context, _judged(context, _lines(context)))
    return " · ".join(filter(None, (index.missing_note(context), lines, *events)))


def _figure(
    context: Context, lines: list[Line], token: Mapping[str, str], height: int = HEIGHT
) -> dict[str, Any]:
    return figure.trend(
        [*lines, *_judged(context, lines)],
        layout=theme.chart(token),
        token=token,
        write=lambda value: index.write(context, value),
        height=height,
        label_width=LABELS,
        gaps=_gaps(context),
        moments=TimeMarks(break_lines(context), [event.day for event in marked_events(context)]),
    )


def _judged(context: Context, lines: list[Line]) -> list[Line]:
    """Return what is drawn of targets and verdicts beside the lines of the territories."""
    if index.selected_base(context):
        return []  # they are in the indicator's unit
    judged = [*limit_lines(context), *pace_lines(context), *outlook_lines(context)]
    return [*judged, *target_lines(context, lines)]


def _lines(context: Context) -> list[Line]:
    lines = zone_series(context)
    for code in context.highlighted:
        line = context.data.series(context.indicator.id, code)
        if line and code not in lines:
            lines[code] = line
    if context.indicator.aggregate == "sum" and index.selected_base(context) is None:
        lines.pop(context.catalog.metro.territory, None)  # far above its parts
    lines = index.as_index(context, lines | reference_series(context))
    before = index.as_index(context, earlier_series(context))
    return [
        *(_earlier_line(context, code, line) for code, line in before.items()),
        *(_line(context, code, line) for code, line in lines.items()),
    ]


def _earlier_line(context: Context, code: str, line: Series) -> Line:
    """Return the line that an earlier release had, which leads back to the page without it."""
    name = context.text("news.earlier_name", name=context.catalog.territories[code].short)
    return replace(
        _line(context, code, line),
        key=f"{code}-earlier",
        name=name,
        role="earlier",
        href=context.href(vs=None),
    )


def _line(context: Context, code: str, line: Series) -> Line:
    role = _role(context, code)
    name = context.catalog.territories[code].short
    return Line(
        key=code,
        name=context.text("metro").capitalize() if role == "mean" else name,
        role=role,
        points=[
            (formatting.start(p.period), p.value, context.format.period(p.period))
            for p in line.points
        ],
        segments=segments(line, context.indicator),
        href=context.href() if role == "reference" else context.href(territory=(code,)),
    )


def _role(context: Context, code: str) -> Role:
    if code == context.catalog.metro.territory:
        return "mean"
    if context.catalog.territories[code] in context.catalog.references:
        return "reference"
    if code not in context.highlighted:
        return "other"
    return HIGHLIGHTS[min(context.highlighted.index(code), len(HIGHLIGHTS) - 1)]


def _gaps(context: Context) -> list[tuple[date, date, str]]:
    """Return the spans of years without data; a narrow one has no text."""
    available = index.drawn_periods(context)
    gaps = []
    for before, after in pairwise(available):
        if len(before) == len(after) == len("2023") and int(after) - int(before) > 1:
            first, last = int(before) + 1, int(after) - 1
            key = "indicator.missing_periods" if last > first else "indicator.missing_period"
            text = context.text(key, **{"from": first, "to": last})
            years = int(available[-1][:4]) - int(available[0][:4])
            is_narrow = int(after) - int(before) < years / 4
            gaps.append(
                (formatting.start(before), formatting.start(after), "" if is_narrow else text)
            )
    return gaps
