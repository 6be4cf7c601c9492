"""The points of series are kept in columns, and read as if they were objects."""

from __future__ import annotations

from typing import Any

from dashboard import series
from dashboard.comparisons import Comparisons
from dashboard.points import Point
from dashboard.series import Comparison, Series

COLUMNS: dict[str, list[Any]] = {
    "indicator": ["a", "a", "a", "a", "b"],
    "territory": ["x", "x", "x", "y", "x"],
    "period": ["2021", "2022", "2023", "2023", "2023"],
    "value": [1.5, None, 2.5, 4.0, 7.0],
    "coverage": [1.0, 0.0, 0.5, 1.0, 1.0],
    "obs_status": ["A", "Q", "P", "A", "E"],
    "numerator": [3.0, None, 5.0, None, 7.0],
    "denominator": [2.0, None, 2.0, None, None],
}


def test_points_in_columns_are_read_like_objects() -> None:
    lines = series.read(COLUMNS)
    assert list(lines) == [("a", "x"), ("a", "y"), ("b", "x")]
    for line in lines.values():
        objects = Series(line.indicator, line.territory, tuple(line.points))
        assert line.last == objects.last
        assert line.last_period == objects.last_period
        assert line.last_value == objects.last_value
        assert line.reference == objects.reference
        assert list(line.periods()) == list(objects.periods())
        assert tuple(line.points[:-1]) == objects.points[:-1]
        for period in ("1999", "2021", "2022", "2023"):
            assert line.point(period) == objects.point(period)
            assert line.value(period) == objects.value(period)
            assert line.parts(period) == objects.parts(period)
    assert lines["a", "x"].points[0] == Point("2021", 1.5, 1.0, "A", 3.0, 2.0)
    assert lines["a", "y"].last.numerator is None  # not zero, and not a number either


def test_series_of_the_same_points_are_equal() -> None:
    lines, others = series.read(COLUMNS), series.read(COLUMNS)
    assert lines == others
    assert lines["a", "x"].points != series.read({**COLUMNS, "value": [9.0] * 5})["a", "x"].points


def test_a_period_is_looked_up_in_its_own_series() -> None:
    lines = series.read(COLUMNS)
    assert lines["a", "y"].point("2021") is None  # only "x" has it
    assert lines["a", "x"].point("2022") is None  # without a value
    assert lines["a", "x"].value("2023") == 2.5
    assert lines["b", "x"].point("2023") == Point("2023", 7.0, 1.0, "E", 7.0, None)


def test_a_comparison_is_looked_up_by_series_and_periods() -> None:
    comparisons = Comparisons(
        {
            "indicator": ["a", "a", "a", "b"],
            "territory": ["x", "x", "y", "x"],
            "before": ["2021", "2021", "2021", "2022"],
            "after": ["2022", "2023", "2022", "2023"],
            "value_before": [1.0, 2.0, 3.0, 4.0],
            "value_after": [5.0, 6.0, 7.0, 8.0],
            "coverage_before": [0.5, 0.6, 0.7, 0.8],
            "coverage_after": [1.0, 1.0, 1.0, 1.0],
            "municipalities": [10, 20, 30, 40],
        }
    )
    assert comparisons.get("a", "x", "2021", "2023") == Comparison(2.0, 6.0, 0.6, 1.0, 20)
    assert comparisons.get("a", "y", "2021", "2023") is None
    assert comparisons.get("a", "x", "2022", "2023") is None
    assert comparisons.get("c", "x", "2021", "2022") is None
