"""The bars of a slide as a native chart of PowerPoint, with the mark as a line over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from dashboard.export.pptx_shapes import FONT, add_text, colour, describe

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.slide import Slide as Page

    from dashboard.export.pptx_shapes import Place
    from dashboard.slides import Slide

# The plot within the chart, as shares: its place is fixed, so that the mark can be drawn over it.
PLOT_LEFT, PLOT_TOP, PLOT_WIDTH, PLOT_HEIGHT = 0.34, 0.02, 0.52, 0.88
SHORT = 18  # percent of the longest bar: a label does not fit inside
HEADROOM = 1.12  # the axis ends beyond the longest bar, for its label


def add_bars(page: Page, slide: Slide, place: Place) -> None:
    """Add the chart; its values are those printed on the slide."""
    data = CategoryChartData(number_format=_number_format(slide.decimals))
    data.categories = [bar.label for bar in slide.bars]
    data.add_series(slide.tab, [round(bar.amount, slide.decimals) for bar in slide.bars])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    describe(frame, "; ".join(f"{bar.label} {bar.value}" for bar in slide.bars))
    _style(frame.chart, slide)
    if slide.mark:
        _add_mark(page, slide, place)


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _bounds(slide: Slide) -> tuple[float, float]:
    low, high = slide.span
    return low * HEADROOM, (high or 1) * HEADROOM


def _style(chart: Chart, slide: Slide) -> None:
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name = Pt(15), FONT
    chart.font.color.rgb = colour("ink")
    low, high = _bounds(slide)
    values, categories = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = low, high
    values.visible = values.has_major_gridlines = False
    categories.reverse_order = True  # the first bar is on top
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.fill.background()
    plot = chart.plots[0]
    plot.gap_width = 45
    # Of the series, not of the plot: a point with a label of its own would hide those of the plot.
    labels = plot.series[0].data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _number_format(slide.decimals), False
    labels.position = XL_LABEL_POSITION.INSIDE_BASE  # a label at the end would meet the mark
    labels.font.size, labels.font.bold, labels.font.name = Pt(15), True, FONT
    labels.font.color.rgb = colour("card")
    for position, bar in enumerate(slide.bars):
        point = plot.series[0].points[position]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour("hlt" if bar.is_highlighted else "ink2")
        if abs(slide.share(bar.amount) - slide.share(0)) < SHORT:
            point.data_label.position = XL_LABEL_POSITION.OUTSIDE_END
            point.data_label.font.size, point.data_label.font.bold = Pt(15), True
            point.data_label.font.color.rgb = colour("ink")
    _fix_plot(chart)


def _fix_plot(chart: Chart) -> None:
    """Give the plot its place in the chart; python-pptx has no call for it."""
    values = {"x": PLOT_LEFT, "y": PLOT_TOP, "w": PLOT_WIDTH, "h": PLOT_HEIGHT}
    edges = "".join(f'<c:{key}Mode val="edge"/>' for key in ("x", "y"))
    places = "".join(f'<c:{key} val="{value}"/>' for key, value in values.items())
    layout = (
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        f'<c:layoutTarget val="inner"/>{edges}{places}</c:manualLayout></c:layout>'
    )
    area = chart.element.xpath(".//c:plotArea")[0]
    for before in area.xpath("./c:layout"):
        area.remove(before)
    area.insert(0, parse_xml(layout))


def _add_mark(page: Page, slide: Slide, place: Place) -> None:
    left, top, width, height = place
    low, high = _bounds(slide)
    share = (slide.mark.amount - low) / (high - low) if slide.mark else 0
    x = Emu(round(left + width * (PLOT_LEFT + PLOT_WIDTH * share)))
    start, end = Emu(round(top)), Emu(round(top + height * (PLOT_TOP + PLOT_HEIGHT + 0.01)))
    line = page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x, start, x, end)
    line.line.width, line.line.color.rgb = Pt(2.25), colour("ink")
    text = slide.mark.label if slide.mark else ""
    describe(line, text)
    half = Emu(1_500_000)
    label = (Emu(x - half), end, Emu(2 * half), Emu(320_000))
    add_text(page, label, [[(text, 14, True, "ink")]], align=PP_ALIGN.CENTER)
