"""The charts of an indicator as pictures: trend, map, ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.choropleth import MapClass, choropleth
from dashboard.figures.line_chart import line_drawing
from dashboard.figures.map_labels import labels_svg
from dashboard.figures.ranking import RankedBar, ranked_bars
from dashboard.pages.common import sources
from dashboard.pages.indicator.map import classed_values, labels, legend
from dashboard.pages.indicator.query import periods, selected_period
from dashboard.pages.indicator.ranking import ranking_of
from dashboard.pages.indicator.title import page_title
from dashboard.pages.indicator.trend import trend_figure
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import picture

if TYPE_CHECKING:
    from dashboard.context import Context

TREND_HEIGHT = 460


@picture("trend")
def trend_picture(context: Context) -> Picture | None:
    """Draw the trend; nothing where there is a single period."""
    figure = trend_figure(context, TREND_HEIGHT)
    if figure is None:
        return None
    every_period = periods(context)
    first, last = (context.format.period(period) for period in (every_period[0], every_period[-1]))
    drawing = line_drawing(figure, context.format.number, WIDTH)
    return _picture(context, context.text("picture.span", first=first, last=last), drawing,
                    TREND_HEIGHT)  # fmt: skip


@picture("map")
def map_picture(context: Context) -> Picture | None:
    """Draw the map with its classes; nothing without values."""
    places, values, steps = classed_values(context)
    if not values:
        return None
    shapes = context.data.shapes
    codes = {p.territory: values.get(p.territory) for p in places}
    classes = [MapClass(e.label, e.count) for e in legend(context, steps)]
    drawing, height = choropleth(
        [
            (shapes.paths.get(c) or shapes.zones.get(c, ""), v and steps.class_of(v))
            for c, v in codes.items()
        ],
        list(shapes.zones.values()),
        [shapes.paths.get(c) or shapes.zones.get(c, "") for c in context.highlighted],
        labels_svg(labels(context, values)),
        (shapes.width, shapes.height),
        classes,
        (context.text("matrix.no_data"), len(places) - len(values)),
    )
    period = context.format.period(selected_period(context))
    return _picture(context, period, drawing, height)


@picture("ranking")
def ranking_picture(context: Context) -> Picture | None:
    """Draw the ranked places as bars; nothing without values."""
    ranking = ranking_of(context)
    if not ranking.rows:
        return None
    bars = [
        RankedBar(
            row.name,
            f"{row.value}{'*' if row.is_partial else ''}{'†' if row.is_annotated else ''}",
            row.left,
            row.width,
            row.is_highlighted,
        )
        for row in ranking.rows
    ]
    mean = context.text("indicator.mean", value=ranking.mean_text)
    line = None if ranking.mean is None else (ranking.mean, mean)
    period = context.format.period(selected_period(context))
    return _picture(context, period, *ranked_bars(bars, line, WIDTH))


def _picture(context: Context, period: str, drawing: str, height: float) -> Picture:
    indicator = context.indicator
    parts = (context.translate(indicator.title), context.format.unit(indicator), period)
    return Picture(
        title=page_title(context, selected_period(context)),
        subtitle=" · ".join(filter(None, parts)),
        drawing=drawing,
        height=height,
        source=sources.full(context, indicator),
    )
