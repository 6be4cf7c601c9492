"""Breaks and events on the time axis of a chart, as shapes and texts of a Plotly figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STEM = 0.05  # share of the height from the axis to the number of an event
LEVEL = 0.075  # share of the height between two numbers above each other
NEAR = 0.035  # share of the time axis under which two numbers would overlap
STAGGER = 0.065  # share of the height between the texts of two breaks
BREAK_DASH = "dot"


@dataclass(frozen=True, slots=True)
class TimeMarks:
    """Breaks, each with its text, and events, which are numbered in their order."""

    breaks: Sequence[tuple[date, str]] = ()
    events: Sequence[date] = ()


def lines(marks: TimeMarks, days: Sequence[date], token: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a dotted vertical line for each break, and a stem for each event."""
    stems = zip(marks.events, _levels(marks.events, days), strict=True)
    base = {"type": "line", "xref": "x", "yref": "paper", "y0": 0}
    pen = {"color": token["ink2"], "width": 1}
    return [
        *(
            {
                **base,
                "x0": day.isoformat(),
                "x1": day.isoformat(),
                "y1": 1,
                "line": {**pen, "dash": BREAK_DASH},
            }
            for day, _ in marks.breaks
        ),
        *(
            {
                **base,
                "x0": day.isoformat(),
                "x1": day.isoformat(),
                "y1": STEM + LEVEL * level,
                "line": pen,
            }
            for day, level in stems
        ),
    ]


def texts(marks: TimeMarks, days: Sequence[date], token: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the texts of the breaks, staggered, and the numbers of the events in rings."""
    middle = (min(days).toordinal() + max(days).toordinal()) / 2 if days else 0
    base = {"yref": "paper", "showarrow": False}
    font = {"size": 12.5, "color": token["ink"]}
    named = [
        {
            **base,
            "x": day.isoformat(),
            "y": 1 - STAGGER * (number + 0.5),
            "xanchor": "left" if day.toordinal() < middle else "right",
            "text": f" {text} ",
            "name": "break",
            "font": font,
        }
        for number, (day, text) in enumerate(marks.breaks)
    ]
    numbered = [
        {
            **base,
            "x": day.isoformat(),
            "y": STEM + LEVEL * level + LEVEL / 2,
            "yanchor": "middle",
            "text": f"<b>{number}</b>",
            "font": font,
            "bgcolor": token["card"],
            "bordercolor": token["ink2"],
        }
        for number, (day, level) in enumerate(
            zip(marks.events, _levels(marks.events, days), strict=True), start=1
        )
    ]
    return [*named, *numbered]


def height(marks: TimeMarks, days: Sequence[date]) -> float:
    """Return the share of the height that the numbers of the events take."""
    levels = _levels(marks.events, days)
    return STEM + LEVEL * (max(levels) + 1) if levels else 0


def _levels(events: Sequence[date], days: Sequence[date]) -> list[int]:
    """Return how high each number is, so that no two of them overlap."""
    near = NEAR * (max(days) - min(days)).days if days else 0
    levels: list[int] = []
    for index, day in enumerate(events):
        taken_levels = {
            level
            for other, level in zip(events[:index], levels, strict=True)
            if abs((day - other).days) < near
        }
        levels.append(next(n for n in range(len(events)) if n not in taken_levels))
    return levels


def gap_areas(gaps: Sequence[tuple[date, date, str]], token: Mapping[str, str]) -> list[Any]:
    """Return the shaded spans without data."""
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "x0": start.isoformat(),
            "x1": end.isoformat(), "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0},
            "fillcolor": token["bg"],
        }
        for start, end, _ in gaps
    ]  # fmt: skip


def gap_texts(
    gaps: Sequence[tuple[date, date, str]], token: Mapping[str, str], above: float
) -> list[Any]:
    """Return the texts over spans without data."""
    return [
        {
            "x": date.fromordinal((a.toordinal() + b.toordinal()) // 2).isoformat(), "y": above,
            "yref": "paper", "yanchor": "bottom", "text": text, "showarrow": False,
            "font": {"size": 12.5, "color": token["ink2"]},
        }
        for a, b, text in gaps
    ]  # fmt: skip
