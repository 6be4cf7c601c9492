"""The bars of a slide as a native chart of PowerPoint, with its marks as lines over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from dashboard.export.pptx_shapes import add_text, colour, describe

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.slide import Slide as Page

    from dashboard.export.pptx_shapes import Place
    from dashboard.slides import Mark, Slide

# The plot within the chart, as shares: its place is fixed, so that the mark can be drawn over it.
PLOT_LEFT, PLOT_TOP, PLOT_WIDTH, PLOT_HEIGHT = 0.34, 0.02, 0.52, 0.88
LABEL = 320_000  # height of a mark's name, in EMU
LABEL_SIZE = 15  # points
LETTER = 0.62  # width of a bold digit, as a share of its size
LABEL_MARGIN = 8  # points that PowerPoint and LibreOffice leave beside a label
HEADROOM = 1.12  # the axis ends beyond the longest bar, for its label


def add_bars(page: Page, slide: Slide, place: Place) -> None:
    """Add the chart; its values are those printed on the slide."""
    data = CategoryChartData(number_format=_number_format(slide.decimals))
    data.categories = [bar.label for bar in slide.bars]
    data.add_series(slide.tab, [round(bar.amount, slide.decimals) for bar in slide.bars])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Emu, place), data)
    marks = [mark.label for mark in slide.marks]
    values = [f"{bar.label} {bar.value}" for bar in slide.bars]
    describe(frame, "; ".join([*values, *marks]))
    _style(frame.chart, slide, place)
    for mark in slide.marks:
        _add_mark(page, slide, mark, place)


def add_progress(page: Page, slide: Slide, place: Place) -> None:
    """Add bars of what rows have reached, each with the edge of what was planned by now."""
    data = CategoryChartData(number_format="0")
    data.categories = [row.label for row in slide.rows]
    data.add_series(slide.tab, [row.amount for row in slide.rows])
    data.add_series(slide.plan_name, [row.planned for row in slide.rows])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Emu, place), data)
    describe(
        frame, "; ".join(f"{row.label} {row.value} {row.unit} {row.note}" for row in slide.rows)
    )
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(12)
    values, categories = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = 0, 100
    values.visible = values.has_major_gridlines = False
    categories.reverse_order = True
    categories.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = colour("ink2")
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 120, 100
    reached, planned = plot.series
    reached.format.fill.solid()
    reached.format.fill.fore_color.rgb = colour("ctx")
    planned.format.fill.background()
    planned.format.line.color.rgb = colour("ink")
    planned.format.line.width = Pt(1.5)
    _fix_plot(chart, (0.02, 0.0, 0.94, 1.0))


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _bounds(slide: Slide) -> tuple[float, float]:
    low, high = slide.span
    return low * HEADROOM, (high or 1) * HEADROOM


def _fits(text: str, amount: float, slide: Slide, place: Place) -> bool:
    """Say whether the label of a bar fits inside it."""
    low, high = _bounds(slide)
    _, _, width, _ = place
    length: float = PLOT_WIDTH * width * abs(amount) / (high - low)
    return length > int(Pt(len(text) * LETTER * LABEL_SIZE + LABEL_MARGIN))


def _style(chart: Chart, slide: Slide, place: Place) -> None:
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(15)
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
    labels.font.size, labels.font.bold = Pt(LABEL_SIZE), True
    labels.font.color.rgb = colour("card")
    for position, bar in enumerate(slide.bars):
        point = plot.series[0].points[position]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour("hlt" if bar.is_highlighted else "ink2")
        if not _fits(bar.value, bar.amount, slide, place):
            point.data_label.position = XL_LABEL_POSITION.OUTSIDE_END
            font = point.data_label.font
            font.size, font.bold = Pt(LABEL_SIZE), True
            font.color.rgb = colour("ink")
    _fix_plot(chart, (PLOT_LEFT, PLOT_TOP, PLOT_WIDTH, PLOT_HEIGHT))


def _fix_plot(chart: Chart, shares: tuple[float, float, float, float]) -> None:
    """Give the plot its place in the chart; python-pptx has no call for it."""
    values = dict(zip("xywh", shares, strict=True))
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


def _add_mark(page: Page, slide: Slide, mark: Mark, place: Place) -> None:
    """Draw the mean as a dashed line named under the bars, a target as a solid one named above."""
    left, top, width, height = place
    low, high = _bounds(slide)
    share = (mark.amount - low) / (high - low)
    x = round(left + width * (PLOT_LEFT + PLOT_WIDTH * share))
    end = round(top + height * (PLOT_TOP + PLOT_HEIGHT + 0.01))
    line = page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Emu, (x, top, x, end)))
    line.line.width, line.line.color.rgb = Pt(3), colour("ink")
    if mark.kind == "mean":
        line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    describe(line, mark.label)
    half = min(1_500_000, left + width - x + 300_000)
    label_top = end if mark.kind == "mean" else top - LABEL
    label = (x - half, label_top, 2 * half, LABEL)
    add_text(page, label, [[(mark.label, 14, True, "ink")]], align=PP_ALIGN.CENTER)
