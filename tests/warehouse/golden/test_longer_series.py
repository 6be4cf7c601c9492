"""Longer and fresher series, added up by hand from the providers' own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warehouse.golden.test_society import row_of

if TYPE_CHECKING:
    from warehouse.query.store import Store

# Sums over the municipalities: numerator, denominator, multiplier, status.
SUMS = {
    # Istat, census of 31 December 2020: municipalities under 5,000, all residents
    ("small_municipalities_population", "2021"): (111_775, 3_241_813, 100, "A"),  # 3.45 %
    ("residents_since_2022", "2022"): (3_214_630, 3_214_630, 100, "A"),
    # before the census of 2022
    ("residents_since_2022", "2023"): (3_219_391, 3_214_630, 100, "P"),  # 100.15
    ("residents_since_2022", "2024"): (3_245_459, 3_214_630, 100, "A"),  # 100.96
    # Ispra, residents of 31 December 2024
    ("residents_since_2022", "2025"): (3_247_623, 3_214_630, 100, "P"),  # 101.03
}

# Sums or published figures: territory, value, status.
VALUES = {
    ("resident_population", "2021", "cm-milano"): (3_241_813, "A"),
    ("resident_population", "2021", "015146"): (1_374_582, "A"),
    ("resident_population", "2021", "italia"): (59_236_213, "A"),
}


@pytest.mark.parametrize(("indicator", "period"), SUMS)
def test_the_metropolitan_city_is_the_sum_of_the_rows(
    release: Store, indicator: str, period: str
) -> None:
    numerator, denominator, multiplier, status = SUMS[indicator, period]
    row = row_of(release, indicator, period)
    assert row["numerator"] == pytest.approx(numerator, rel=1e-9)
    assert row["denominator"] == pytest.approx(denominator, rel=1e-9)
    assert row["value"] == pytest.approx(multiplier * numerator / denominator, rel=1e-9)
    assert row["obs_status"] == status


@pytest.mark.parametrize(("indicator", "period", "territory"), VALUES)
def test_a_figure_is_as_the_source_has_it(
    release: Store, indicator: str, period: str, territory: str
) -> None:
    value, status = VALUES[indicator, period, territory]
    row = row_of(release, indicator, period, territory)
    assert row["value"] == pytest.approx(value, rel=1e-9)
    assert row["obs_status"] == status
