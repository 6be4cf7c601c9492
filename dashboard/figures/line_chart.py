"""Line chart as SVG: draws a Plotly figure of lines, points and texts without a script.

The drawing is as wide as the space it gets: horizontal places are shares of the plot, vertical
ones are pixels, and margins are outside the element. Colours may be custom properties of the
stylesheet, so that one drawing serves every theme.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from dashboard.figures import line_chart_many
from dashboard.figures.chart_text import plain_text, svg_text
from dashboard.figures.marks import SHAPES
from dashboard.figures.ticks import decimals, round_ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Values = dict[str, Any]
MOST_GRIDLINES = 6
RING = 9  # px around the number of an event
DASHES = {"dash": "6 4", "dot": "1.5 4", "dashdot": "6 4 1.5 4", "longdash": "10 5"}
SYMBOLS = {"square": 1, "triangle-up": 2, "cross": 4}  # Plotly's names of the marks
INSIDE = 5  # px of the disc inside another mark, which says what the point is
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot: days and values of its edges, and its vertical place in pixels."""

    first: float
    last: float
    low: float
    high: float
    top: float
    height: float
    is_live: bool  # on a page, whose script can draw points, not in a file

    def x(self, day: str | date) -> str:
        """Return the horizontal place of a day, as a share of the width."""
        ordinal = _ordinal(day) if isinstance(day, str) else day.toordinal()
        return f"{100 * (ordinal - self.first) / ((self.last - self.first) or 1):.2f}%"

    @property
    def bottom(self) -> float:
        """Return the vertical place of the lowest value, in pixels."""
        return self.top + self.height

    def y(self, value: float) -> float:
        """Return the vertical place of a value, in pixels."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.top + self.height * (1 - share), 1)


@lru_cache(maxsize=4_096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def line_chart(figure: Mapping[str, Any], write: Callable[[float, int], str], label: str) -> str:
    """Return the SVG of a figure; `write` writes a value of the axis with a number of decimals.

    `label` is what the chart shows, for readers who do not see it. A point keeps its text, and
    the address that it leads to, for `assets/chart.js`.
    """
    layout = figure["layout"]
    margin = layout["margin"]
    content = _content(figure, write, is_live=True)
    sides = f"--left:{margin['l']}px;--right:{margin['r']}px"
    return (
        f'<svg class="line-chart" height="{layout["height"]}" style="{sides}" tabindex="0"'
        f' role="img" aria-label="{escape(label)}" data-key="chart">{content}</svg>'
    )


def line_drawing(
    figure: Mapping[str, Any], write: Callable[[float, int], str], width: float
) -> str:
    """Return the same drawing, `width` pixels wide with its margins, for a file."""
    layout = figure["layout"]
    left, right = layout["margin"]["l"], layout["margin"]["r"]
    place = f'x="{left}" width="{width - left - right:g}" height="{layout["height"]}"'
    return f'<svg {place} overflow="visible">{_content(figure, write, is_live=False)}</svg>'


def _content(
    figure: Mapping[str, Any], write: Callable[[float, int], str], *, is_live: bool
) -> str:
    layout = figure["layout"]
    frame = _frame(layout, is_live=is_live)
    return "".join(
        [
            *(_shape(shape, frame) for shape in layout.get("shapes", ())),
            _value_axis(layout, frame, write),
            _time_axis(layout, frame),
            *(_group(trace.get("meta"), _trace(trace, frame)) for trace in figure["data"]),
            *(
                _group(note.get("name"), _annotation(note, frame))
                for note in layout.get("annotations", ())
            ),
        ]
    )


def _group(name: str | None, content: str) -> str:
    """Return the content as a group that the stylesheet can name."""
    return f'<g class="{name}">{content}</g>' if name else content


def _frame(layout: Mapping[str, Any], *, is_live: bool) -> Frame:
    first, last = (date.fromisoformat(day).toordinal() for day in layout["xaxis"]["range"])
    low, high = layout["yaxis"]["range"]
    margin = layout["margin"]
    height = layout["height"] - margin["t"] - margin["b"]
    return Frame(first, last, low, high, margin["t"], height, is_live)


def _value_axis(layout: Values, frame: Frame, write: Callable[[float, int], str]) -> str:
    """Draw the gridlines and their values, with as few decimals as tell them apart."""
    axis = layout["yaxis"]
    ticks = round_ticks(frame.low, frame.high, min(axis["nticks"], MOST_GRIDLINES))
    places = decimals(ticks)
    grid = "".join(
        f'<line x1="0" x2="100%" y1="{frame.y(tick)}" y2="{frame.y(tick)}"/>' for tick in ticks
    )
    values = "".join(
        svg_text("0", frame.y(tick), write(tick, places), axis["tickfont"], anchor="end", dx=-8)
        for tick in ticks
    )
    return f'<g stroke="{axis["gridcolor"]}">{grid}</g>{values}'


def _time_axis(layout: Values, frame: Frame) -> str:
    axis = layout["xaxis"]
    baseline = frame.bottom + 17
    return "".join(
        svg_text(frame.x(day), baseline, text, axis["tickfont"], anchor="middle")
        for day, text in zip(axis["tickvals"], axis["ticktext"], strict=True)
    )


def _trace(trace: Values, frame: Frame) -> str:
    mode = trace["mode"]
    if mode == "text":
        return _texts(trace, frame)
    lines = _strokes(trace, frame) if "lines" in mode else ""
    return lines + (_points(trace, frame) if "markers" in mode else "")


def _strokes(trace: Values, frame: Frame) -> str:
    """Draw the segments of a line; one without a value stops it."""
    line = trace["line"]
    places = [
        None if x is None or y is None else (frame.x(x), frame.y(y))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    pairs = [(a, b) for a, b in pairwise(places) if a and b]
    if frame.is_live and len(pairs) >= line_chart_many.MANY:
        return line_chart_many.segments_path(pairs, _pen(line), frame.bottom)
    segments = "".join(f'<line x1="{a[0]}" y1="{a[1]}" x2="{b[0]}" y2="{b[1]}"/>' for a, b in pairs)
    return f"<g {_pen(line)}>{segments}</g>"


def _pen(line: Values) -> str:
    """Return the attributes of a stroke; dashes are Plotly's names or pixels."""
    dash = line.get("dash", "solid")
    pattern = DASHES.get(dash, dash.replace("px", "").replace(",", " "))
    kind = 'stroke-linecap="round"' if dash == "solid" else f'stroke-dasharray="{pattern}"'
    return f'stroke="{line["color"]}" stroke-width="{line["width"]:g}" {kind}'


def _points(trace: Values, frame: Frame) -> str:
    """Draw the points of a trace, grouped by the address that they lead to."""
    count = len(trace["x"])
    if frame.is_live and count >= line_chart_many.MANY:
        return _many_points(trace, frame)
    marker = trace["marker"]
    size = INSIDE if marker.get("symbol") in SYMBOLS else marker["size"]
    sizes = size if isinstance(size, list) else [size] * count
    rows = zip(
        trace.get("customdata") or [""] * count,
        trace["x"],
        trace["y"],
        sizes,
        trace.get("text") or [""] * count,
        strict=True,
    )
    groups = [
        (address, "".join(_point(frame, *row) for _, *row in points))
        for address, points in groupby(rows, key=lambda row: row[0])
    ]
    fill = f'fill="{marker["color"]}"'
    return _symbols(trace, frame) + "".join(
        f'<g class="points" {fill} data-href="{escape(address)}">{dots}</g>'
        for address, dots in groups
    )


def _many_points(trace: Values, frame: Frame) -> str:
    """Draw the points of a trend as one path; each line's texts are for the script."""
    marker = trace["marker"]
    places = [(frame.x(x), frame.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
    points = zip(places, map(plain_text, trace["text"]), strict=True)
    rows = zip(trace["customdata"], points, strict=True)
    attributes = f'fill="{marker["color"]}" data-radius="{marker["size"] / 2:g}"'
    return line_chart_many.points_path(
        places, marker["color"], marker["size"], frame.bottom
    ) + "".join(
        line_chart_many.points_as_texts([point for _, point in line], address, attributes)
        for address, line in groupby(rows, key=lambda row: row[0])
    )


def _symbols(trace: Values, frame: Frame) -> str:
    """Draw the marks below points that have another form than a disc."""
    symbol = SYMBOLS.get(trace["marker"].get("symbol", "circle"))
    if symbol is None:
        return ""
    shapes = "".join(
        f'<svg x="{frame.x(day)}" y="{frame.y(value)}" overflow="visible">{SHAPES[symbol]}</svg>'
        for day, value in zip(trace["x"], trace["y"], strict=True)
    )
    return f'<g class="symbols" fill="{trace["marker"]["color"]}">{shapes}</g>'


def _point(frame: Frame, day: str, value: float, size: float, text: str) -> str:
    place = f'cx="{frame.x(day)}" cy="{frame.y(value)}" r="{size / 2:g}"'
    return f'<circle {place} data-text="{escape(plain_text(text))}"/>'


def _texts(trace: Values, frame: Frame) -> str:
    font = trace["textfont"]
    colours = (
        font["color"] if isinstance(font["color"], list) else [font["color"]] * len(trace["x"])
    )
    return "".join(
        svg_text(frame.x(x), frame.y(y), text, {**font, "color": colour})
        for x, y, text, colour in zip(trace["x"], trace["y"], trace["text"], colours, strict=True)
    )


def _shape(shape: Values, frame: Frame) -> str:
    """Draw a rectangle or a line; `paper` places are shares of the plot."""
    (x0, x1), (y0, y1) = _ends(shape, frame)
    line = shape.get("line", {})
    if shape["type"] == "line":
        return f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" {_pen(line)}/>'
    width = float(x1.rstrip("%")) - float(x0.rstrip("%"))
    area = f'x="{x0}" y="{min(y0, y1)}" width="{width:.2f}%" height="{abs(y1 - y0):.1f}"'
    return f'<rect {area} fill="{shape["fillcolor"]}"/>'


def _ends(shape: Values, frame: Frame) -> tuple[tuple[str, str], tuple[float, float]]:
    x, y = (
        [shape[f"{axis}{end}"] for end in (0, 1)] if shape[f"{axis}ref"] == axis else None
        for axis in ("x", "y")
    )
    places = [frame.x(day) for day in x] if x else [f"{100 * shape[k]:.2f}%" for k in ("x0", "x1")]
    heights = [frame.y(v) for v in y] if y else [_share_y(shape[k], frame) for k in ("y0", "y1")]
    return (places[0], places[1]), (heights[0], heights[1])


def _share_y(share: float, frame: Frame) -> float:
    return round(frame.top + frame.height * (1 - share), 1)


def _annotation(note: Values, frame: Frame) -> str:
    """Draw a text at its place, with a leader where it stands apart."""
    x = frame.x(note["x"]) if note.get("xref", "x") == "x" else f"{100 * note['x']:.2f}%"
    is_share = note.get("yref", "y") == "paper"
    y = _share_y(note["y"], frame) if is_share else frame.y(note["y"])
    dx, dy = (note.get("ax", 0), note.get("ay", 0)) if note.get("showarrow") else (0, 0)
    rise = {"bottom": -7, "top": 7}.get(note.get("yanchor", "middle"), 0)
    anchor = ANCHORS[note.get("xanchor", "center")]
    text = svg_text(x, y + dy + rise, note["text"], note["font"], anchor=anchor, dx=dx)
    if note.get("bordercolor"):
        pen = f'fill="{note["bgcolor"]}" stroke="{note["bordercolor"]}"'
        text = f'<circle class="ring" cx="{x}" cy="{y}" r="{RING}" {pen}/>{text}'
    if math.hypot(dx, dy) <= 2 * note.get("standoff", 6):
        return text
    leader = f'<svg x="{x}" y="{y}" overflow="visible"><path d="M5 0L{dx - 3} {dy:.1f}"'
    return f'{leader} stroke="{note.get("arrowcolor", "currentColor")}"/></svg>{text}'
