"""The ladder of direction, by fixtures worked out by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest

from warehouse.status.arrays import printed, table_of
from warehouse.status.control_chart import assurance, chart, special_causes
from warehouse.status.critical import CHI_SQUARE
from warehouse.status.direction import Directions, Measure, Readings, direct
from warehouse.status.intervals import byar, standard_error, wilson
from warehouse.status.trends import theil_sen, weighted_slope

POINT, COUNTED = Measure(decimals=1), Measure(decimals=1, multiplier=100, basis="proportion")
LARGE = 500_000.0
# The example of the NHS's charts: one value far out, then a steady saw.
SAW = [1.0, 2.0, 1.0, 2.0, 10.0] + [1.0, 2.0] * 6 + [1.0]


def series(*values: float, start: int = 2020, yearly: int = 1) -> Readings:
    """A series without counts."""
    years = start + np.arange(len(values)) / yearly
    unknown = np.full(len(values), np.nan)
    return Readings(np.array([len(values)]), years, np.array(values, float), unknown, unknown)


def counted(*counts: float, size: float = 1000) -> Readings:
    """A series of `counts` out of `size` each, in per cent."""
    plain, numerators = series(*(100 * count / size for count in counts)), np.array(counts, float)
    return replace(plain, numerator=numerators, denominator=np.full(len(counts), size))


def say(
    readings: Readings, measure: Measure = POINT, floor: float = 0.1, residents: float = LARGE
) -> SimpleNamespace:
    """Judge a series, of a large territory unless said, and return its row."""
    judged = direct(readings, measure, floor, np.array([residents]))
    return SimpleNamespace(**{f.name: getattr(judged, f.name)[0] for f in fields(Directions)})


def test_wilson_and_byar_give_the_published_limits() -> None:
    # Newcombe 1998, table I: 81 of 263 → 0.2553 to 0.3662; 0 of 20 → 0 to 0.1611
    low, high = wilson(np.array([81.0, 0.0]), np.array([263.0, 20.0]))
    assert low == pytest.approx([0.2553, 0], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1611], abs=5e-5)
    # 10 events: 10 (1 − 1/90 − 1.96/(3√10))³ = 4.79; 11 (1 − 1/99 + 1.96/(3√11))³ = 18.39
    low, high = byar(np.array([10.0, 0.0]))
    assert low == pytest.approx([4.79, 0], abs=5e-3)
    assert high[0] == pytest.approx(18.39, abs=5e-3)


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
    cases = table_of([counts])
    errors = standard_error("proportion", cases, np.full_like(cases, 1000))
    trend = weighted_slope(cases / 1000, errors)
    assert trend.slope[0] == pytest.approx(slope, abs=5e-5)
    assert trend.statistic[0] == pytest.approx(chi_square, abs=0.05)
    assert trend.is_real[0] == (movement == "rising")
    assert say(counted(*counts), COUNTED).movement == movement


@pytest.mark.parametrize(("size", "chi_square"), [(100_000, 2.1), (1_000_000, 20.6)])
def test_what_is_significant_of_a_million_is_below_the_floor(size: int, chi_square: float) -> None:
    # 20.00 → 20.23 % in five years; a floor of 0.1 points a year asks for 0.4 in four
    counts = [round(size * (0.2 + 0.0023 * n / 4)) for n in range(5)]
    judged = say(counted(*counts, size=size), COUNTED)
    assert judged.statistic == pytest.approx(chi_square, abs=0.05)
    assert (judged.statistic > CHI_SQUARE) == (size > 100_000)
    assert judged.movement == "stable"


def test_a_slope_that_one_point_makes_is_none() -> None:
    # without the last point the others fall
    judged = say(counted(120, 118, 117, 115, 220), COUNTED)
    assert judged.statistic > CHI_SQUARE
    assert judged.holds == 0
    assert judged.movement == "stable"


def test_one_and_two_points_have_no_verdict() -> None:
    assert say(series(5.0)).movement is None
    assert say(series(5.0)).doubt == "single"
    pair = say(series(5.0, 9.0))
    assert (pair.movement, pair.doubt, pair.least_step) == (None, "pair", 4)


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
    assert say(series(50.0, 55.0, 60.0), floor=1.2, residents=9_000).doubt == "size"
    few = say(counted(20, 22, 26, size=100), COUNTED)
    assert (few.movement, few.doubt) == (None, "chance")
    assert say(counted(200, 260, 330), COUNTED).movement == "rising"


def test_values_alone_are_judged_by_the_median_slope() -> None:
    # pairs of 10, 12, 13, 15, 16: slopes 2, 1.5, 5/3, 1.5, 1, 1.5, 4/3, 2, 1.5, 1 → median 1.5
    trend = theil_sen(table_of([range(5)]), table_of([[10, 12, 13, 15, 16]]))
    assert trend.slope[0] == pytest.approx(1.5)
    assert trend.holds[0]
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
    screened, plain = chart(table_of([SAW])), chart(table_of([SAW]), screen=False)
    assert screened.centre[0] == pytest.approx(1.94, abs=5e-3)
    assert (screened.low[0], screened.high[0]) == pytest.approx((-0.72, 4.60), abs=5e-3)
    assert (plain.low[0], plain.high[0]) == pytest.approx((-3.06, 6.95), abs=5e-3)


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
    drawn = chart(table_of([[9, 10, 11, 10] * 3]))  # centre 10, reach 2.66
    causes = special_causes(10 + table_of([distances]), drawn)
    assert next((cause.signal for cause in causes if cause.is_broken[0]), None) == signal


def test_a_chart_moves_by_a_shift_that_chance_does_not_explain() -> None:
    calm = [9.0, 10.0, 11.0, 10.0] * 3
    assert say(series(*calm, *[10.4] * 7, yearly=12)).movement == "stable"
    judged = say(series(*calm, *[13.0] * 7, yearly=12))
    assert (judged.rule, judged.signal, judged.movement) == ("xmr", "shift", "rising")
    assert say(series(*calm, *[13.0] * 7, yearly=12), floor=4.0).movement == "stable"
    falling = special_causes(
        table_of([[10.0 - step / 10 for step in range(7)]]), chart(table_of([calm]))
    )
    trend = next(cause for cause in falling if cause.signal == "trend")
    assert trend.is_real(chart(table_of([calm])))[0]


def test_assurance_compares_the_limits_with_the_target() -> None:
    drawn = chart(table_of([[9, 10, 11, 10] * 3]))
    assert assurance(drawn.low, drawn.high, np.array([7.0]), at_least=True)[0] == "met"
    assert assurance(drawn.low, drawn.high, np.array([10.0]), at_least=True)[0] == "hit_and_miss"
    assert assurance(drawn.low, drawn.high, np.array([13.0]), at_least=True)[0] == "missed"
    assert assurance(drawn.low, drawn.high, np.array([13.0]), at_least=False)[0] == "met"


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_values_are_rounded_as_they_are_printed(decimals: int) -> None:
    # 4.35 is a little less than its digits say, 0.125 is just half, 2.675 a little less
    values = [4.35, 0.125, 2.675, 0.25, -0.35, 1.005, 12.5, 13.5, 1e9 + 0.5]
    assert printed(table_of([values]), decimals).tolist() == [[round(v, decimals) for v in values]]


def test_series_of_all_lengths_are_judged_together_as_alone() -> None:
    chance = np.random.default_rng(3)
    parts = [
        replace(
            counted(*chance.integers(90, 160, size=count)), year=2020 + np.arange(count) / yearly
        )
        for count in range(1, 16)
        for yearly in (1, 12)
    ]
    columns = ("counts", "year", "value", "numerator", "denominator")
    joined = Readings(*(np.concatenate([getattr(p, c) for p in parts]) for c in columns))
    for measure in (POINT, COUNTED):
        together = direct(joined, measure, 0.1, np.full(len(parts), LARGE))
        for row, part in enumerate(parts):
            alone = vars(say(part, measure))
            both = {name: getattr(together, name)[row] for name in alone}
            assert both == pytest.approx(alone, nan_ok=True), (measure, row)
