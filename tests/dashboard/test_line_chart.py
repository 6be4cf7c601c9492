"""The SVG of a chart shows what its Plotly figure says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures.line_chart import line_chart, line_drawing
from dashboard.figures.spending import spending
from dashboard.figures.ticks import decimals, round_ticks
from dashboard.figures.trend import Line, trend
from dashboard.theme import LIGHT, PROPERTIES, chart

YEARS = [date(y, 1, 1) for y in (2020, 2021, 2024)]


def _trend(token: dict[str, str]) -> dict[str, Any]:
    points = [(day, value, str(day.year)) for day, value in zip(YEARS, (10, 20, 40), strict=True)]
    return trend(
        [Line("rho", "Rho & Pero", "chosen", points, ["solid", "dashed"], "/?territory=rho")],
        layout=chart(token),
        token=token,
        write=lambda value: f"{value:.1f}",
        height=300,
        label_width=100,
        gaps=[(YEARS[1], YEARS[2], "2022-2023")],
    )


def _spending(token: dict[str, str]) -> dict[str, Any]:
    return spending(
        [
            (day, str(day.year), amount, amount + 1e6)
            for day, amount in zip(YEARS, (1e6, 2e6, 5e6), strict=True)
        ],
        layout=chart(token),
        token=token,
        names=("Paid", "Planned"),
        write=lambda euro: f"{euro / 1e6:.1f}",
    )


def _svg(figure: dict[str, Any]) -> str:
    return line_chart(figure, lambda value, places: f"{value:.{places}f}", "Rho & Pero, %")


@pytest.mark.parametrize("figure", [_trend(LIGHT), _spending(LIGHT)])
def test_a_figure_is_one_that_plotly_accepts(figure: dict[str, Any]) -> None:
    go.Figure(figure)


def _many_lines(count: int) -> dict[str, Any]:
    points = [(day, value, str(day.year)) for day, value in zip(YEARS, (10, 20, 40), strict=True)]
    lines = [
        Line(
            f"z{n}", f"Z{n}", "other", [(d, v + n, t) for d, v, t in points],
            ["solid", "solid"], f"/?territory=z{n}",
        )
        for n in range(count)
    ]  # fmt: skip
    return trend(
        [*lines, Line("rho", "Rho", "chosen", points, ["solid", "solid"], "/?territory=rho")],
        layout=chart(PROPERTIES),
        token=PROPERTIES,
        write=lambda value: f"{value:.1f}",
        height=300,
        label_width=100,
    )


def test_very_many_lines_are_two_paths_and_keep_the_texts_of_their_points() -> None:
    svg = _svg(_many_lines(600))
    assert svg.count("<circle") == 3  # of the highlighted line
    assert len(re.findall(r"<line [^>]*x2", svg)) < 60  # of it, the axis and the leaders
    assert svg.count("<path") == 2
    written = re.findall(r'data-href="/\?territory=z7" data-points="([^"]+)"', svg)
    assert [point.split(" ", 2)[2] for point in written[0].split("|")] == [
        "Z7 · 2020: 17.0", "Z7 · 2021: 27.0", "Z7 · 2024: 47.0",
    ]  # fmt: skip
    assert svg.count("data-points") == 600


def test_of_very_many_lines_the_outermost_and_the_highlighted_are_named() -> None:
    names = re.findall(r">(\w+) \d+\.0</text>", _svg(_many_lines(600)))
    assert len(names) == 13  # of 19 pixels each, beside a plot of 260
    assert {"Rho", "Z0", "Z5", "Z599", "Z594"} <= set(names)
    few = re.findall(r">(\w+) \d+\.0</text>", _svg(_many_lines(23)))
    assert len(few) == 24


def test_a_drawing_for_a_file_has_every_point() -> None:
    figure = _many_lines(400)
    drawing = line_drawing(figure, lambda value, places: f"{value:.{places}f}", 900)
    assert drawing.count("<circle") == 3 * 401


def test_each_point_keeps_its_text_and_address() -> None:
    svg = _svg(_trend(PROPERTIES))
    texts = re.findall(r'data-text="([^"]+)"', svg)
    values = ("2020: 10.0", "2021: 20.0", "2024: 40.0")
    assert texts == [f"Rho &amp; Pero · {value}" for value in values]
    assert svg.count('data-href="/?territory=rho"') == 1
    assert 'aria-label="Rho &amp; Pero, %"' in svg


def test_places_are_proportional_to_days_and_values() -> None:
    circles = re.findall(r'<circle cx="([\d.]+)%" cy="([\d.]+)"', _svg(_trend(PROPERTIES)))
    (x0, y0), (x1, y1), (x2, y2) = [(float(x), float(y)) for x, y in circles]
    assert (x2 - x0) / (x1 - x0) == pytest.approx(1461 / 366, abs=0.01)  # days of 2020-23, of 2020
    assert (y2 - y0) / (y1 - y0) == pytest.approx((40 - 10) / (20 - 10), abs=0.01)


def test_missing_periods_are_dashed_and_named() -> None:
    svg = _svg(_trend(PROPERTIES))
    assert svg.count('stroke-dasharray="4 3"') == 1
    assert "2022-2023" in svg
    assert "<rect" in svg


def test_colours_are_those_of_the_theme_of_the_page() -> None:
    assert not re.search("#[0-9A-Fa-f]{6}", _svg(_trend(PROPERTIES)) + _svg(_spending(PROPERTIES)))


def test_the_lines_of_a_project_are_named_at_their_ends() -> None:
    svg = _svg(_spending(PROPERTIES))
    assert "Paid 5.0" in svg
    assert "Planned 6.0" in svg
    assert svg.count("<circle") == 6


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (30.2, 80.4, (40, 50, 60, 70, 80)),
        (0, 100, (0, 20, 40, 60, 80, 100)),
        (0, 60, (0, 20, 40, 60)),
        (19.91, 20.17, (19.95, 20.0, 20.05, 20.1, 20.15)),
        (-3, 4, (-2, 0, 2, 4)),
        (5, 5, (5,)),
    ],
)
def test_gridlines_are_round_and_few(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert round_ticks(low, high, 6) == pytest.approx(ticks)


def test_gridlines_have_as_few_decimals_as_tell_them_apart() -> None:
    assert decimals((15.0, 20.0, 25.0)) == 0
    assert decimals((0.5, 1.0)) == 1
    assert decimals((19.95, 20.0)) == 2
