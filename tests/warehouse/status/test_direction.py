"""The ladder of direction, by fixtures worked out by hand."""

from __future__ import annotations

import pytest

from warehouse.status.control_chart import Cause, assurance, chart, special_causes
from warehouse.status.direction import Direction, Measure, Reading, direct
from warehouse.status.intervals import byar, standard_error, wilson
from warehouse.status.trends import CHI_SQUARE, theil_sen, weighted_slope

POINT, COUNTED = Measure(decimals=1), Measure(decimals=1, multiplier=100, basis="proportion")
LARGE = 500_000.0
# The example of the NHS's charts: one value far out, then a steady saw.
SAW = [1.0, 2.0, 1.0, 2.0, 10.0] + [1.0, 2.0] * 6 + [1.0]


def series(*values: float, start: int = 2020, yearly: int = 1) -> list[Reading]:
    """Readings without counts."""
    years = [start + n / yearly for n in range(len(values))]
    return [Reading(f"{y:.2f}", y, v) for y, v in zip(years, values, strict=True)]


def counted(*counts: float, size: float = 1000) -> list[Reading]:
    """Readings of `counts` out of `size` each, in per cent."""
    return [
        Reading(str(2020 + n), 2020 + n, 100 * count / size, count, size)
        for n, count in enumerate(counts)
    ]


def say(readings: list[Reading], measure: Measure = POINT, floor: float = 0.1) -> Direction:
    """Judge a large territory."""
    return direct(readings, measure, floor, LARGE)


def test_wilson_and_byar_give_the_published_limits() -> None:
    # Newcombe 1998, table I: 81 of 263 → 0.2553 to 0.3662; 0 of 20 → 0 to 0.1611
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    # 10 events: 10 (1 − 1/90 − 1.96/(3√10))³ = 4.79; 11 (1 − 1/99 + 1.96/(3√11))³ = 18.39
    assert byar(10) == pytest.approx((4.79, 18.39), abs=5e-3)
    assert byar(0).low == 0


@pytest.mark.parametrize(
    ("counts", "slope", "chi_square", "movement"),
    [
        ((100, 110, 125, 140, 150), 0.01299, 15.6, "rising"),
        ((100, 104, 103, 108, 110), 0.0024, 0.61, "stable"),
    ],
)
def test_the_slope_test_of_the_method(
    counts: tuple[int, ...], slope: float, chi_square: float, movement: str
) -> None:
    errors = [standard_error("proportion", count, 1000) for count in counts]
    trend = weighted_slope([count / 1000 for count in counts], errors)
    assert trend.slope == pytest.approx(slope, abs=5e-5)
    assert trend.statistic == pytest.approx(chi_square, abs=0.05)
    assert trend.is_real == (movement == "rising")
    assert say(counted(*counts), COUNTED).movement == movement


@pytest.mark.parametrize(("size", "chi_square"), [(100_000, 2.1), (1_000_000, 20.6)])
def test_what_is_significant_of_a_million_is_below_the_floor(size: int, chi_square: float) -> None:
    # 20.00 → 20.23 % in five years; a floor of 0.1 points a year asks for 0.4 in four
    counts = [round(size * (0.2 + 0.0023 * n / 4)) for n in range(5)]
    judged = say(counted(*counts, size=size), COUNTED)
    assert judged.trend is not None
    assert judged.trend.statistic == pytest.approx(chi_square, abs=0.05)
    assert (judged.trend.statistic > CHI_SQUARE) == (size > 100_000)
    assert judged.movement == "stable"


def test_a_slope_that_one_point_makes_is_none() -> None:
    # without the last point the others fall
    judged = say(counted(120, 118, 117, 115, 220), COUNTED)
    assert judged.trend is not None
    assert judged.trend.statistic > CHI_SQUARE
    assert not judged.trend.holds
    assert judged.movement == "stable"


def test_one_and_two_points_have_no_verdict() -> None:
    assert say(series(5.0)).movement is None
    assert say(series(5.0)).doubt == "single"
    pair = say(series(5.0, 9.0))
    assert (pair.movement, pair.doubt, pair.steps) == (None, "pair", (4.0,))


@pytest.mark.parametrize(
    ("values", "movement", "doubt"),
    [
        ((61.5, 62.4, 64.2), "rising", None),  # +0.9, +1.8: 2.7 in two years, floor 2 × 1.2
        ((61.5, 62.4, 63.3), "stable", None),  # 1.8 is under 2.4
        ((68.3, 69.2, 67.7), "stable", None),  # +0.9 and −1.5: −0.6
        ((60.0, 75.0, 70.0), None, "steps"),  # +10 but one step goes back
        ((70.0, 70.0, 75.0), None, "steps"),  # a step of nothing agrees with none
        ((64.2, 62.4, 61.5), "falling", None),
    ],
)
def test_three_values_need_one_way_and_more_than_the_floor(
    values: tuple[float, ...], movement: str | None, doubt: str | None
) -> None:
    judged = say(series(*values), floor=1.2)
    assert (judged.movement, judged.doubt) == (movement, doubt)


def test_three_values_of_a_small_place_or_of_few_cases_are_not_judged() -> None:
    assert direct(series(50.0, 55.0, 60.0), POINT, 1.2, 9_000).doubt == "size"
    few = say(counted(20, 22, 26, size=100), COUNTED)
    assert (few.movement, few.doubt) == (None, "chance")
    assert say(counted(200, 260, 330), COUNTED).movement == "rising"


def test_values_alone_are_judged_by_the_median_slope() -> None:
    # pairs of 10, 12, 13, 15, 16: slopes 2, 1.5, 5/3, 1.5, 1, 1.5, 4/3, 2, 1.5, 1 → median 1.5
    trend = theil_sen([0, 1, 2, 3, 4], [10, 12, 13, 15, 16])
    assert trend.slope == pytest.approx(1.5)
    assert trend.holds
    assert say(series(10, 12, 13, 15, 16)).movement == "rising"
    assert say(series(10, 12, 13, 15, 16), floor=1.6).movement == "stable"
    assert say(series(10, 16, 9, 15, 12)).movement == "stable"


@pytest.mark.parametrize("points", [3, 5, 12])
def test_values_that_are_all_equal_are_stable(points: int) -> None:
    assert say(series(*[7.0] * points)).movement == "stable"
    assert say(series(*[7.0] * points, yearly=12)).movement == "stable"
    assert say(counted(*[70] * points), COUNTED).movement == "stable"
    assert say(counted(*[0] * points), COUNTED).movement == "stable"


def test_negative_values_have_a_direction_like_others() -> None:
    assert say(series(-50.0, -40.0, -30.5, -20.0, -9.0)).movement == "rising"
    assert say(series(-9.0, -20.0, -30.0)).movement == "falling"


def test_the_limits_of_the_chart_leave_out_a_large_range_once() -> None:
    screened, plain = chart(SAW), chart(SAW, screen=False)
    assert screened.centre == pytest.approx(1.94, abs=5e-3)
    assert (screened.low, screened.high) == pytest.approx((-0.72, 4.60), abs=5e-3)
    assert (plain.low, plain.high) == pytest.approx((-3.06, 6.95), abs=5e-3)


@pytest.mark.parametrize(
    ("distances", "signal"),
    [
        ([0, 0, 2.7], "outside"),
        ([-1.2, -0.8, -0.4, 0.1, 0.4, 0.8, 1.2], "trend"),
        ([0, 1.8, 0.1, 1.9], "near_limit"),
        ([0.5, 0.4, 0.6, 0.5, 0.4, 0.6, 0.5], "shift"),
        ([0.5, 0.4, 0.6, -0.5, 0.4, 0.6, 0.5], None),
        ([1.8, 0, 0.1, 0.2], None),
    ],
)
def test_special_causes_of_the_last_point(distances: list[float], signal: str | None) -> None:
    drawn = chart([9, 10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10])  # centre 10, reach 2.66
    causes = special_causes([10 + distance for distance in distances], drawn)
    assert next((cause.signal for cause in causes), None) == signal


def test_a_chart_moves_by_a_shift_that_chance_does_not_explain() -> None:
    calm = [9.0, 10.0, 11.0, 10.0] * 3
    assert say(series(*calm, *[10.4] * 7, yearly=12)).movement == "stable"
    judged = say(series(*calm, *[13.0] * 7, yearly=12))
    assert (judged.rule, judged.signal, judged.movement) == ("xmr", "shift", "rising")
    assert say(series(*calm, *[13.0] * 7, yearly=12), floor=4.0).movement == "stable"
    assert Cause("trend", -3, 1).is_real(chart(calm))


def test_assurance_compares_the_limits_with_the_target() -> None:
    drawn = chart([9, 10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10])
    assert assurance(drawn, 7, at_least=True) == "met"
    assert assurance(drawn, 10, at_least=True) == "hit_and_miss"
    assert assurance(drawn, 13, at_least=True) == "missed"
    assert assurance(drawn, 13, at_least=False) == "met"
