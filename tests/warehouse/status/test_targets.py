"""A value against its target: reached, on the way, missed."""

from __future__ import annotations

import pytest

from warehouse.status.targets import Goal, Standing, stand

START, NOW = (2013.0, 57.6), (2024.0, 63.1)


def at(
    goal: Goal,
    last: tuple[float, float] = NOW,
    start: tuple[float, float] | None = START,
    *,
    is_past: bool = False,
) -> Standing:
    """Compare with one decimal."""
    return stand(goal, last, start, decimals=1, is_past=is_past)


def test_the_pace_of_the_method() -> None:
    # (5.5 ÷ 11) ÷ (12.4 ÷ 17) = 0.685; of logarithms 0.723; 6.9 points in six years
    linear = at(Goal("at_least", 70, 2030))
    assert linear.pace == pytest.approx(0.685, abs=5e-4)
    assert linear.sign == "slow"
    assert linear.needed == pytest.approx(1.15)
    assert at(Goal("at_least", 70, 2030, compound=True)).pace == pytest.approx(0.723, abs=5e-4)


@pytest.mark.parametrize(
    ("value", "sign"),
    [(69.95, "reached"), (69.94, "on_track"), (65.7, "on_track"), (65.0, "slow"), (62.0, "far"),
     (57.6, "far"), (57.0, "away")],
)  # fmt: skip
def test_the_signs_of_the_pace(value: float, sign: str) -> None:
    assert at(Goal("at_least", 70, 2030), (2024, value)).sign == sign


def test_a_target_of_zero_where_falling_is_good() -> None:
    goal = Goal("at_most", 0, 2050)
    assert at(goal, (2030, 40), (2010, 80)).pace == pytest.approx(1.0)
    assert at(goal, (2030, 40), (2010, 80)).needed == pytest.approx(-2)
    assert at(goal, (2030, 0.04), (2010, 80)).sign == "reached"
    assert at(goal, (2030, -7.8), (2010, 80)).sign == "reached"
    assert at(goal, (2030, 90), (2010, 80)).sign == "away"


def test_after_its_date_a_target_is_reached_or_missed() -> None:
    goal = Goal("at_least", 65, 2012)
    assert at(goal, (2024, 67.7), None, is_past=True).sign == "reached"
    missed = at(goal, (2024, 63.33), None, is_past=True)
    assert (missed.sign, missed.pace, missed.needed) == ("missed", None, None)
    assert missed.distance == pytest.approx(-1.67)


def test_without_a_baseline_there_is_no_pace() -> None:
    standing = at(Goal("at_least", 70, 2030), NOW, None)
    assert (standing.sign, standing.pace) == ("open", None)
    assert standing.needed == pytest.approx(1.15)


def test_a_band_is_missed_on_both_sides() -> None:
    band = Goal("between", 40, 2014, high=60)
    assert at(band, (2020, 45), None, is_past=True).sign == "reached"
    assert at(band, (2020, 38.5), None, is_past=True).distance == pytest.approx(-1.5)
    assert at(band, (2020, 61.5), None, is_past=True).distance == pytest.approx(1.5)
    assert at(band, (2020, 61.5), None, is_past=True).sign == "missed"


def test_a_value_that_has_left_its_target_moves_away() -> None:
    assert at(Goal("at_least", 50, 2030), (2024, 49), (2013, 55)).sign == "away"
    assert at(Goal("at_least", 70, 2030), (2024, 69), (2013, 70)).sign == "away"


def test_compound_growth_needs_positive_values() -> None:
    goal = Goal("at_most", 0, 2030, compound=True)
    assert at(goal, (2024, 5), (2013, 10)).pace == pytest.approx((5 / 11) / (10 / 17))
