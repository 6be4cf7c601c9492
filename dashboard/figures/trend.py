"""Trend of an indicator: highlighted and metropolitan line, dotted references, others grey."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from dashboard.figures import marks, time_marks
from dashboard.figures.time_marks import TimeMarks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

ASIDE = "aside"  # the name of what is beside the plot
STEP = 19  # px between two labels
TOP, BOTTOM, LEFT = 12, 28, 58


Segment = Literal["solid", "dashed", "broken"]  # consecutive, periods missing, method changed
Role = Literal[
    "chosen", "second", "third", "fourth", "mean", "reference", "target", "other", "earlier",
    "pace", "limit", "outlook", "range",
]  # fmt: skip
SPARSE = "2px,7px"  # across missing periods of a line that is dashed itself
DOTS, DASHES = {"dash": "1px,4px"}, {"dash": "8px,4px"}
QUIET = ("pace", "limit", "outlook", "range")  # lines without points and names
LEADER = 0.06  # share of the time axis that follows the last period, for leaders to names
MOST_NAMES = 24  # with more lines, only as many as fit beside the plot
LETTER = 0.035  # share of the time axis that a letter of a period's name needs


NO_MARKS = TimeMarks()


HIGHLIGHTS: tuple[Role, ...] = ("chosen", "second", "third", "fourth")  # in their order
PATTERNS: dict[Role, Mapping[str, str]] = {
    "reference": DOTS, "earlier": DOTS, "pace": DOTS, "range": DOTS, "outlook": DASHES,
    **{role: {"dash": dash} for role, dash in zip(HIGHLIGHTS, marks.DASHES, strict=True) if dash},
}  # fmt: skip
SYMBOLS: dict[Role, str] = {"second": "square", "third": "triangle-up", "fourth": "cross"}
BOLD = frozenset({"mean", *HIGHLIGHTS})


@dataclass(frozen=True, slots=True)
class Line:
    """One territory: `points` are (day, value, label of the period), oldest first."""

    key: str
    name: str
    role: Role
    points: Sequence[tuple[date, float, str]]
    segments: Sequence[Segment]  # from point i to point i + 1
    href: str


def trend(
    lines: Sequence[Line],
    *,
    layout: Mapping[str, Any],
    token: Mapping[str, str],
    write: Callable[[float], str],
    height: int,
    label_width: int,
    gaps: Sequence[tuple[date, date, str]] = (),
    moments: TimeMarks = NO_MARKS,
) -> dict[str, Any]:
    """Return a Plotly figure as plain values.

    Lines are solid between consecutive periods, dashed across missing ones; the last value of
    each is its label, pushed apart with a leader. `write` writes a value; `gaps` are spans
    without data, with their texts. `moments` are breaks and events.
    """
    values = [v for line in lines for _, v, _ in line.points]
    low, high = _padded(min(values), max(values))
    style = _styles(token)
    roles = {role: [line for line in lines if line.role == role] for role in style}
    traces = [t for role in style for t in _traces(roles[role], style[role], write)]
    scale = (height - TOP - BOTTOM) / (high - low)
    traces += _labels(lines, style, write, scale, (low, high))
    days = [d for line in lines for d, _, _ in line.points]
    figure_layout = {
        **layout,
        "height": height,
        "margin": {"l": LEFT, "r": label_width, "t": TOP, "b": BOTTOM},
        "xaxis": {**layout["xaxis"], **_time_axis(lines), "range": _padded_days(days)},
        "yaxis": {**layout["yaxis"], "range": [low, high]},
        "annotations": [
            *time_marks.gap_texts(gaps, token, time_marks.height(moments, days)),
            *time_marks.texts(moments, days, token),
        ],
        "shapes": [*time_marks.gap_areas(gaps, token), *time_marks.lines(moments, days, token)],
    }
    return {"data": traces, "layout": figure_layout}


def _styles(token: Mapping[str, str]) -> dict[Role, tuple[str, float, str]]:
    """Return colour, width and colour of the label for each role, the topmost last."""
    return {
        "limit": (token["ink2"], 1.0, token["ink2"]),
        "range": (token["pri"], 1.6, token["pri"]),
        "outlook": (token["pri"], 2.4, token["pri"]),
        "other": (token["mute"], 1.4, token["ink2"]),
        "pace": (token["hlt"], 2.0, token["hlt"]),
        "reference": (token["ink2"], 1.8, token["ink2"]),
        "earlier": (token["hlt"], 2.0, token["hlt"]),
        "target": (token["ink2"], 1.8, token["ink2"]),
        "mean": (token["ink"], 2.2, token["ink"]),
        "fourth": (token["t4"], 3.2, token["ink"]),
        "third": (token["t2"], 3.2, token["ink"]),
        "second": (token["t1"], 3.2, token["ink"]),
        "chosen": (token["hl"], 3.2, token["hlt"]),
    }


def _padded(low: float, high: float) -> tuple[float, float]:
    margin = (high - low or abs(high) or 1) * 0.06
    return (0.0 if 0 <= low < margin else low - margin), high + margin


def _padded_days(days: Sequence[date]) -> list[str]:
    first, last = min(days), max(days)
    span = (last - first).days
    return [_later(first, -max(span * 0.015, 20)), _later(last, span * LEADER)]


def _time_axis(lines: Sequence[Line]) -> dict[str, Any]:
    labels = {day: text for line in lines for day, _, text in line.points}
    days = sorted(labels)
    longest = max(len(text) for text in labels.values())
    width = (days[-1] - days[0]).days * LETTER * longest
    ticks = [days[-1]]
    for day in reversed(days):
        if (ticks[-1] - day).days >= width:
            ticks.append(day)
    days = ticks[::-1]
    return {
        "type": "date",
        "tickvals": [d.isoformat() for d in days],
        "ticktext": [labels[d] for d in days],
        "tickangle": 0,
    }


def _traces(
    lines: Sequence[Line], style: tuple[str, float, str], write: Callable[[float], str]
) -> list[Any]:
    """Return the traces of all lines of one role: solid parts, dashed parts, dots."""
    if not lines:
        return []
    colour, width, _ = style
    base = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    solid, dashed = _strokes(lines, "solid"), _strokes(lines, "dashed")
    traces: list[Any] = []
    if solid["x"]:
        pattern = PATTERNS.get(lines[0].role, {})
        traces.append({**base, **solid, "line": {"color": colour, "width": width, **pattern}})
    if dashed["x"]:
        share, dash = (0.5, SPARSE) if lines[0].role in SYMBOLS else (0.8, "4px,3px")
        pen = {"color": colour, "width": width * share, "dash": dash}
        traces.append({**base, **dashed, "line": pen})
    if lines[0].role in QUIET:
        return traces
    points = [(line, *point) for line in lines for point in line.points]
    markers = {
        "type": "scatter",
        "mode": "markers",
        "x": [day.isoformat() for _, day, _, _ in points],
        "y": [value for _, _, value, _ in points],
        "text": [f"{line.name} · {text}<br><b>{write(v)}</b>" for line, _, v, text in points],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": colour,
            "size": 9 if lines[0].role in BOLD else 5,
            "symbol": SYMBOLS.get(lines[0].role, "circle"),
        },
        "customdata": [line.href for line, _, _, _ in points],
    }
    return [*traces, markers]


def _strokes(lines: Sequence[Line], kind: Segment) -> dict[str, list[Any]]:
    """Return the segments of one kind, with gaps between them."""
    x: list[str | None] = []
    y: list[float | None] = []
    for line in lines:
        for (before, after), segment in zip(pairwise(line.points), line.segments, strict=True):
            if segment == kind:
                x += [before[0].isoformat(), after[0].isoformat(), None]
                y += [before[1], after[1], None]
    return {"x": x, "y": y}


def _labels(
    lines: Sequence[Line],
    style: Mapping[Role, tuple[str, float, str]],
    write: Callable[[float], str],
    scale: float,
    bounds: tuple[float, float],
) -> list[Any]:
    """Return leaders and names as two traces: many times quicker than annotations."""
    low, high = bounds
    fitting = int((high - low) * scale / STEP)
    ends = _named([line for line in lines if line.role not in QUIET], fitting)
    heights = [-line.points[-1][1] * scale for line in ends]
    apart = spread(heights, STEP, -high * scale, -low * scale)
    positions = [min(max(-y / scale, low), high) for y in apart]  # Plotly hides what is outside
    days = [day for line in lines for day, _, _ in line.points]
    last, span = max(days), (max(days) - min(days)).days
    names = [f"{line.name} {write(line.points[-1][1])}" for line in ends]
    is_bold = [line.role in BOLD for line in ends]
    base = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
    elbow = _later(last, span * LEADER * 0.85)
    leaders = [
        {
            **base,
            "meta": ASIDE,
            "mode": "lines",
            **_leaders(
                [pair for pair in zip(ends, positions, strict=True) if pair[0].role in of], elbow
            ),
            "line": pen,
        }
        for of, pen in _leader_pens(style)
    ]
    return [
        *(leader for leader in leaders if leader["x"]),
        {
            **base,
            "meta": ASIDE,
            "mode": "text",
            "x": [_later(last, span * LEADER)] * len(ends),
            "y": positions,
            "text": [f"<b>{n}</b>" if b else n for n, b in zip(names, is_bold, strict=True)],
            "textposition": "middle right",
            "textfont": {"size": 13, "color": [style[line.role][2] for line in ends]},
        },
    ]


def _named(lines: Sequence[Line], fitting: int) -> list[Line]:
    """Return the lines with a name, the highest first.

    Of very many others only the outermost, so that `fitting` names are beside the plot.
    """
    ends = sorted(lines, key=lambda line: line.points[-1][1], reverse=True)
    if len(ends) <= MOST_NAMES:
        return ends
    others = [line for line in ends if line.role == "other"]
    half = max((fitting - len(ends) + len(others)) // 2, 1)
    nameless = {line.key for line in others[half:-half]}
    return [line for line in ends if line.role != "other" or line.key not in nameless]


def _leader_pens(
    style: Mapping[Role, tuple[str, float, str]],
) -> Iterator[tuple[Collection[Role], dict[str, Any]]]:
    """Yield the pen of leaders by role: of a highlighted line its own, which makes it the key."""
    yield style.keys() - set(HIGHLIGHTS), {"color": style["other"][0], "width": 1}
    for role in HIGHLIGHTS:
        yield (role,), {"color": style[role][0], "width": 2, **PATTERNS.get(role, {})}


def _leaders(ends: Sequence[tuple[Line, float]], elbow: str) -> dict[str, list[Any]]:
    """Return lines from the last value of each line to the height of its label."""
    leaders: dict[str, list[Any]] = {"x": [], "y": []}
    for line, y in ends:
        day, value, _ = line.points[-1]
        leaders["x"] += [day.isoformat(), elbow, None]
        leaders["y"] += [value, y, None]
    return leaders


def _later(day: date, days: float) -> str:
    return date.fromordinal(day.toordinal() + round(days)).isoformat()


def spread(
    positions: Sequence[float], step: float, low: float = -math.inf, high: float = math.inf
) -> list[float]:
    """Return ascending positions pushed apart to at least `step`, moved as little as possible.

    Overlapping ones are merged to blocks around their mean (pool adjacent violators); then
    those outside `low` and `high` are pushed in, as far as there is space.
    """
    blocks: list[list[float]] = []  # [sum of (position - its offset in the block), count]
    for i, position in enumerate(positions):
        blocks.append([position - i * step, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    apart: list[float] = []
    for total, count in blocks:
        apart += [total / count + (len(apart) + i) * step for i in range(int(count))]
    last = len(apart) - 1
    below_top = [min(p, high - (last - i) * step) for i, p in enumerate(apart)]
    return [max(p, low + i * step) for i, p in enumerate(below_top)]
