from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from dashboard.figures.dots import LAYERS, dots
from dashboard.figures.map_classes import classes
from dashboard.figures.map_labels import LETTER, Label, inside, labels_svg, wrap
from dashboard.figures.multiples import shared_scale
from dashboard.figures.sparkline import sparkline
from dashboard.figures.trend import Line, Role, Segment, spread, trend
from dashboard.theme import LIGHT, chart


def test_labels_are_pushed_apart_and_those_with_room_stay() -> None:
    positions = spread([0, 5, 6, 200], 19)
    assert positions[3] == 200
    assert all(b - a >= 19 - 1e-9 for a, b in pairwise(positions))
    assert sum(positions[:3]) == pytest.approx(0 + 5 + 6)  # the block keeps its centre


def test_labels_stay_inside_the_plot() -> None:
    positions = spread([0, 2, 4], 19, low=0, high=100)
    assert positions == [0, 19, 38]
    assert spread([98, 99, 100], 19, low=0, high=100) == [62, 81, 100]


def test_classes_have_round_limits_that_hold_every_value() -> None:
    values = [21361.4, 24012.0, 26990.1, 27274.0, 28343.2, 29001.9, 30581.0, 33110.0, 53687.0]
    steps = classes(values, 0)
    assert len(steps.counts) == 5
    assert sum(steps.counts) == len(values)
    assert all(limit % 100 == 0 for limit in steps.breaks)


def test_values_all_alike_make_one_class() -> None:
    assert classes([100.0] * 8, 1).counts == (8,)


def test_no_values_make_no_class() -> None:
    assert classes([], 1).breaks == ()


def test_a_sparkline_of_two_points_is_dashed_and_of_one_is_empty() -> None:
    two = sparkline([(date(2011, 1, 1), 60.4), (date(2021, 1, 1), 56.4)], ["dashed"])
    assert 'class="dash" d="M' in two
    assert sparkline([(date(2021, 1, 1), 1.0)], []) == ""


def test_a_sparkline_dashes_what_is_missing_and_stops_at_a_break() -> None:
    days = [(date(y, 1, 1), float(y)) for y in (2019, 2020, 2024, 2025)]
    svg = sparkline(days, ["solid", "dashed", "broken"])
    assert svg.count("M") == 2
    dashed = svg.split('class="dash" d="')[1].split('"')[0]
    assert dashed.count("M") == 1


def test_a_name_is_escaped_and_led_to_its_place() -> None:
    labels = labels_svg([Label(5, 5, ["Cerro & Co"], place=(40, 60))])
    assert "Cerro &amp; Co" in labels
    assert 'd="M5 13L40 60"' in labels
    assert "leader" not in labels_svg([Label(5, 5, ["Sud", "Est"])])


@pytest.mark.parametrize("text", ["Rho 5", "Cusano Milanino 12.345", "Vermezzo con Zelo 1.234.567"])
@pytest.mark.parametrize("x", [-20, 0, 40, 500, 990, 1000])
def test_a_label_near_an_edge_of_the_map_is_whole(x: int, text: str) -> None:
    half = len(text) * LETTER / 2
    assert half - 1 <= inside(x, text, 1000) <= 1000 - half + 1
    assert inside(500, text, 1000) == 500


def test_places_without_a_name_share_paths_and_those_with_one_are_rings() -> None:
    many = [(float(n), 2.0, "") for n in range(5_000)]
    drawing = dots([*many, (7.0, 8.0, "A & B")])
    assert drawing.count("<path") == LAYERS
    assert drawing.count("h0") == len(many)
    assert drawing.endswith(
        '<circle class="place" cx="7.0" cy="8.0" r="3.6"><title>A &amp; B</title></circle>'
    )


def test_long_names_break_at_spaces() -> None:
    assert wrap("Magentino e Abb.") == ["Magentino", "e Abb."]


def test_a_shared_scale_holds_all_lines() -> None:
    scale = shared_scale([[(1, 10.0, "solid"), (2, 30.0, "")], [(1, 90.0, "solid"), (3, 50.0, "")]])
    assert scale.low < 10
    assert scale.high > 90
    assert 2 <= len(scale.ticks) <= 6
    assert scale.y(90) < scale.y(10)


def _line(key: str, role: Role, segment: Segment) -> Line:
    points = [(date(2019, 1, 1), 10.0, "2019"), (date(2024, 1, 1), 12.0, "2024")]
    return Line(key, key, role, points, [segment], f"/?territory={key}")


def test_a_trend_dashes_missing_periods_and_labels_every_line() -> None:
    figure = trend(
        [_line("nord-milano", "chosen", "dashed"), _line("milano", "other", "solid")],
        layout=chart(LIGHT),
        token=LIGHT,
        write=lambda v: f"{v:.1f}",
        height=300,
        label_width=100,
    )
    *strokes, others, chosen, labels = figure["data"]
    styles = [t["line"].get("dash") for t in strokes if t["mode"] == "lines"]
    assert sorted(styles, key=str) == ["4px,3px", None]
    assert others["x"].count(None) == chosen["x"].count(None) == 1
    assert chosen["line"]["color"] == LIGHT["hl"]
    assert set(labels["text"]) == {"milano 12.0", "<b>nord-milano 12.0</b>"}
    assert "template" not in figure["layout"]


def test_a_line_stops_at_a_break_of_method() -> None:
    figure = trend(
        [_line("milano", "other", "broken")],
        layout=chart(LIGHT),
        token=LIGHT,
        write=str,
        height=300,
        label_width=100,
    )
    assert [t["mode"] for t in figure["data"]] == ["markers", "lines", "text"]
