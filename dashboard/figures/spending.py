"""Chart of a project's payments in total by period, against the planned ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HEIGHT = 232
LABELS = 110  # px right of the plot for the names of the two lines
YEARS = 3  # on the axis, about
NEAR = 20  # px that two labels need between them


def spending(
    points: Sequence[tuple[date, str, float | None, float | None]],
    *,
    layout: Mapping[str, Any],
    token: Mapping[str, str],
    names: tuple[str, str],
    write: Callable[[float], str],
) -> dict[str, Any]:
    """Return a Plotly figure as plain values.

    `points` are (day, label of the period, paid, planned) in euro in total, oldest first;
    `names` are those of the two lines; `write` writes euro.
    """
    paid = [(day, text, value) for day, text, value, _ in points if value is not None]
    planned = [(day, text, value) for day, text, _, value in points if value is not None]
    lines = [
        (names[1], planned, token["plan"], token["ink2"], 2.0),
        (names[0], paid, token["head"], token["head"], 3.2),
    ]
    drawable = [line for line in lines if line[1]]
    top = max(value for _, line, *_ in drawable for *_, value in line) * 1.08
    days = [day for day, *_ in points]
    return {
        "data": [_trace(line, write) for line in drawable],
        "layout": {
            **layout,
            "height": HEIGHT,
            "margin": {"l": 44, "r": LABELS, "t": 10, "b": 26},
            "annotations": _labels(drawable, write, HEIGHT / top),
            "xaxis": {**layout["xaxis"], **_years(days)},
            "yaxis": {**layout["yaxis"], "range": [0, top / 1e6], "nticks": 5},
        },
    }


Line = tuple[str, "list[tuple[date, str, float]]", str, str, float]


def _trace(line: Line, write: Callable[[float], str]) -> dict[str, Any]:
    name, points, colour, _, width = line
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [day.isoformat() for day, _, _ in points],
        "y": [value / 1e6 for *_, value in points],
        "text": [f"{name}, {text}<br><b>{write(value)} M€</b>" for _, text, value in points],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": colour, "width": width},
        "marker": {"color": colour, "size": [5] * (len(points) - 1) + [9]},
    }


def _labels(
    lines: Sequence[Line], write: Callable[[float], str], scale: float
) -> list[dict[str, Any]]:
    ends = sorted(lines, key=lambda line: -line[1][-1][2])
    labels: list[dict[str, Any]] = []
    before: float | None = None
    for name, points, colour, ink, _ in ends:
        day, _, value = points[-1]
        height = -value * scale
        position = height if before is None else max(height, before + NEAR)
        before = position
        labels.append(
            {
                "x": day.isoformat(), "y": value / 1e6, "ax": 14, "ay": position - height,
                "axref": "pixel", "ayref": "pixel", "xanchor": "left", "yanchor": "middle",
                "text": f"{name} {write(value)}", "font": {"size": 13, "color": ink},
                "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": colour,
                "standoff": 6,
            }
        )  # fmt: skip
    return labels


def _years(days: Sequence[date]) -> dict[str, Any]:
    years = [day.year for day in days]
    step = max(1, -(-(years[-1] - years[0]) // YEARS))
    ticks = range(years[0], years[-1] + 1, step)
    margin = round((days[-1] - days[0]).days * 0.05)
    ends = (days[0].toordinal() - margin, days[-1].toordinal())
    return {
        "type": "date",
        "range": [date.fromordinal(day).isoformat() for day in ends],
        "tickvals": [f"{y}-12-31" for y in ticks],
        "ticktext": [str(y) for y in ticks],
        "tickangle": 0,
    }
