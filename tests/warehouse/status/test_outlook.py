"""The continued trend: line and interval by hand, its bounds, and how often it is right."""

from __future__ import annotations

import random
from math import inf, sqrt

import pytest

from warehouse.status.arrays import table_of
from warehouse.status.outlook import continuation
from warehouse.status.trends import theil_sen

OPEN = (-inf, inf)
YEARS = (2020.0, 2021.0, 2022.0, 2023.0, 2024.0)


def test_a_straight_line_goes_on_without_an_interval() -> None:
    line = continuation(YEARS, (10.0, 12.0, 14.0, 16.0, 18.0), 2.0, "slope")
    assert line
    outlook = line.in_year(2027, OPEN)
    assert (outlook.value, outlook.low, outlook.high) == pytest.approx((24, 24, 24))


def test_the_interval_is_that_of_least_squares() -> None:
    # slope 2; values 1, 0, -2, 0, 1 beside the line 14 + 2 (x - 2022): mean residual 0
    values = (11.0, 12.0, 12.0, 16.0, 19.0)
    line = continuation(YEARS, values, 2.0, "slope")
    assert line
    deviation = sqrt((1 + 0 + 4 + 0 + 1) / 3)
    width = 3.182 * deviation * sqrt(1 + 1 / 5 + (2027 - 2022) ** 2 / 10)
    outlook = line.in_year(2027, OPEN)
    assert outlook.value == pytest.approx(14 + 2 * 5)
    assert (outlook.low, outlook.high) == pytest.approx((24 - width, 24 + width))
    assert line.in_year(2027, (0, 20)).high == line.in_year(2027, (0, 20)).value == 20


def test_the_line_of_theil_and_sen_passes_through_the_median() -> None:
    values = (10.0, 12.0, 40.0, 16.0, 18.0)  # one value is out of line
    slope = float(theil_sen(table_of([YEARS]), table_of([values])).slope[0])
    line = continuation(YEARS, values, slope, "theil_sen")
    assert slope == 2
    assert line
    assert line.in_year(2025, OPEN).value == pytest.approx(20)


def test_four_points_have_no_outlook() -> None:
    assert continuation(YEARS[:4], (1.0, 2.0, 3.0, 4.0), 1.0, "slope") is None


@pytest.mark.parametrize("count", [5, 7, 10])
def test_nine_in_ten_and_more_of_the_later_values_are_in_the_interval(count: int) -> None:
    chance = random.Random(7)  # noqa: S311  # a simulation
    years = [2010.0 + n for n in range(count)]
    hits = 0
    for _ in range(2000):
        values = [5 + 0.5 * n + chance.gauss(0, 1) for n in range(count)]
        mean, level = sum(years) / count, sum(values) / count
        spread = sum((x - mean) ** 2 for x in years)
        slope = sum((x - mean) * (y - level) for x, y in zip(years, values, strict=True)) / spread
        line = continuation(years, values, slope, "slope")
        assert line
        outlook = line.in_year(2010.0 + count + 1, OPEN)
        hits += outlook.low <= 5 + 0.5 * (count + 1) + chance.gauss(0, 1) <= outlook.high
    assert 0.93 <= hits / 2000 <= 0.97
