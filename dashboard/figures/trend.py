"""The trend of an indicator: chosen and metropolitan line, references dotted, the rest grey."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

STEP = 19  # px between two labels
TOP, BOTTOM, LEFT = 12, 28, 58


Segment = Literal["solid", "dashed", "broken"]  # consecutive, periods missing, method changed
LEADER = 0.06  # share of the time axis that follows the last period, for leaders to names
LETTER = 0.035  # share of the time axis that a letter of a period's name needs


@dataclass(frozen=True)
class Line:
    """One territory: `points` are (day, value, label of the period), oldest first."""

    key: str
    name: str
    role: str  # chosen | mean | reference | other
    points: Sequence[tuple[date, float, str]]
    joined: Sequence[Segment]  # how point i is joined to point i + 1
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
) -> dict[str, Any]:
    """Return a Plotly figure as plain values.

    Solid between consecutive periods, dashed across missing ones; the last value of each
    line is its label, pushed apart with a leader. `write` writes a value; `gaps` are spans
    without data, with their words.
    """
    values = [v for line in lines for _, v, _ in line.points]
    low, high = _padded(min(values), max(values))
    style = {
        "other": (token["mute"], 1.4, token["ink2"]),
        "reference": (token["ink2"], 1.8, token["ink2"]),
        "mean": (token["ink"], 2.2, token["ink"]),
        "chosen": (token["hl"], 3.2, token["hlt"]),
    }
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
        "annotations": _gap_words(gaps, token),
        "shapes": [
            {
                "type": "rect", "xref": "x", "yref": "paper", "x0": a.isoformat(),
                "x1": b.isoformat(), "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0},
                "fillcolor": token["bg"],
            }
            for a, b, _ in gaps
        ],
    }  # fmt: skip
    return {"data": traces, "layout": figure_layout}


def _padded(low: float, high: float) -> tuple[float, float]:
    room = (high - low or abs(high) or 1) * 0.06
    return (0.0 if low >= 0 and low < room else low - room), high + room


def _padded_days(days: Sequence[date]) -> list[str]:
    first, last = min(days), max(days)
    span = (last - first).days
    return [_later(first, -max(span * 0.015, 20)), _later(last, span * LEADER)]


def _time_axis(lines: Sequence[Line]) -> dict[str, Any]:
    labels = {day: text for line in lines for day, _, text in line.points}
    days = sorted(labels)
    longest = max(len(text) for text in labels.values())
    room = (days[-1] - days[0]).days * LETTER * longest
    shown = [days[-1]]
    for day in reversed(days):
        if (shown[-1] - day).days >= room:
            shown.append(day)
    days = shown[::-1]
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
    found: list[Any] = []
    if solid["x"]:
        line = {"color": colour, "width": width}
        dots = {"dash": "1px,4px"} if lines[0].role == "reference" else {}
        found.append({**base, **solid, "line": line | dots})
    if dashed["x"]:
        dash = {"color": colour, "width": width * 0.8, "dash": "4px,3px"}
        found.append({**base, **dashed, "line": dash})
    points = [(line, *point) for line in lines for point in line.points]
    markers = {
        "type": "scatter",
        "mode": "markers",
        "x": [day.isoformat() for _, day, _, _ in points],
        "y": [value for _, _, value, _ in points],
        "text": [f"{line.name} · {text}<br><b>{write(v)}</b>" for line, _, v, text in points],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": colour, "size": 9 if lines[0].role in ("mean", "chosen") else 5},
        "customdata": [line.href for line, _, _, _ in points],
    }
    return [*found, markers]


def _strokes(lines: Sequence[Line], wanted: Segment) -> dict[str, list[Any]]:
    """Return the parts of lines that are joined as `wanted`, with gaps between them."""
    x: list[str | None] = []
    y: list[float | None] = []
    for line in lines:
        for (before, after), segment in zip(pairwise(line.points), line.joined, strict=True):
            if segment == wanted:
                x += [before[0].isoformat(), after[0].isoformat(), None]
                y += [before[1], after[1], None]
    return {"x": x, "y": y}


def _labels(
    lines: Sequence[Line],
    style: Mapping[str, tuple[str, float, str]],
    write: Callable[[float], str],
    scale: float,
    ends_at: tuple[float, float],
) -> list[Any]:
    """Return leaders and names as two traces: many times quicker than annotations."""
    ends = sorted(lines, key=lambda line: line.points[-1][1], reverse=True)
    low, high = ends_at
    wanted = [-line.points[-1][1] * scale for line in ends]
    placed = [-y / scale for y in spread(wanted, STEP, -high * scale, -low * scale)]
    days = [day for line in lines for day, _, _ in line.points]
    last, span = max(days), (max(days) - min(days)).days
    elbow, at = _later(last, span * LEADER * 0.85), _later(last, span * LEADER)
    leaders: dict[str, list[Any]] = {"x": [], "y": []}
    for line, y in zip(ends, placed, strict=True):
        day, value, _ = line.points[-1]
        leaders["x"] += [day.isoformat(), elbow, None]
        leaders["y"] += [value, y, None]
    base = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
    thin = {"color": style["other"][0], "width": 1}
    names = [f"{line.name} {write(line.points[-1][1])}" for line in ends]
    return [
        {**base, "mode": "lines", **leaders, "line": thin},
        {
            **base,
            "mode": "text",
            "x": [at] * len(ends),
            "y": placed,
            "text": [
                f"<b>{name}</b>" if line.role in ("mean", "chosen") else name
                for line, name in zip(ends, names, strict=True)
            ],
            "textposition": "middle right",
            "textfont": {"size": 13, "color": [style[line.role][2] for line in ends]},
        },
    ]


def _later(day: date, days: float) -> str:
    return date.fromordinal(day.toordinal() + round(days)).isoformat()


def spread(
    wanted: Sequence[float], step: float, low: float = -math.inf, high: float = math.inf
) -> list[float]:
    """Return ascending `wanted` pushed apart to at least `step`, moved as little as can be.

    Overlapping ones are merged to blocks around their mean (pool adjacent violators); then
    what stands outside `low` and `high` is pushed in, as far as there is room.
    """
    blocks: list[list[float]] = []  # [sum of (wanted - own offset), count]
    for i, want in enumerate(wanted):
        blocks.append([want - i * step, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    placed: list[float] = []
    for total, count in blocks:
        placed += [total / count + (len(placed) + i) * step for i in range(int(count))]
    last = len(placed) - 1
    placed = [min(p, high - (last - i) * step) for i, p in enumerate(placed)]
    return [max(p, low + i * step) for i, p in enumerate(placed)]


def _gap_words(gaps: Sequence[tuple[date, date, str]], token: Mapping[str, str]) -> list[Any]:
    return [
        {
            "x": date.fromordinal((a.toordinal() + b.toordinal()) // 2).isoformat(), "y": 0,
            "yref": "paper", "yanchor": "bottom", "text": words, "showarrow": False,
            "font": {"size": 12.5, "color": token["ink2"]},
        }
        for a, b, words in gaps
    ]  # fmt: skip
