"""Figures of the metropolitan city, added up by hand from the providers' own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.query.store import Store


def metro(release: Store, indicator: str, period: str) -> pd.Series:
    frame = release.frame("indicator_levels", indicators=[indicator], levels=["metro"])
    row: pd.Series = frame[frame["period"] == period].iloc[0]
    return row


# Sums over the rows of the 133 municipalities: numerator, denominator, multiplier.
SUMS = {
    # MEF 2024: 7,907,082,807,500 cents of taxable income, taxpayers who have one
    ("mean_taxable_income", "2024"): (79_070_828_075, 2_350_866, 1),  # 33,634.77 €
    ("low_income_taxpayers", "2020"): (522_587, 2_370_575, 100),  # 22.04 %
    ("mean_pension", "2020"): (17_492_253_439, 769_714, 1),  # 22,725.65 €
    ("mean_employment_income", "2020"): (38_517_549_666, 1_351_151, 1),  # 28,507.21 €
    ("taxpayers_per_100_inhabitants", "2024"): (2_486_066, 3_245_459, 100),  # 76.60
    ("population_density", "2024"): (3_245_459, 1_575.5411, 1),  # 2,059.90
    # Istat 1 January 2023: 65 and over, 0 to 14, 15 to 64
    ("ageing_index", "2023"): (742_512, 413_593, 100),  # 179.53
    ("dependency_ratio", "2023"): (742_512 + 413_593, 2_063_286, 100),  # 56.03
    # Ispra 2024: kilograms an inhabitant times inhabitants
    ("municipal_waste_per_capita", "2024"): (1_517_710.9573974, 3_247_623, 1000),  # 467.33
    # Ispra 2024: the 124 municipalities that reported
    ("waste_management_cost", "2024"): (559_624_902.47, 3_143_611, 1),  # 178.02 €
}


@pytest.mark.parametrize(("indicator", "period"), SUMS)
def test_the_metropolitan_city_is_the_sum_of_the_rows(
    release: Store, indicator: str, period: str
) -> None:
    numerator, denominator, multiplier = SUMS[indicator, period]
    row = metro(release, indicator, period)
    assert row["numerator"] == pytest.approx(numerator, rel=1e-9)
    assert row["denominator"] == pytest.approx(denominator, rel=1e-9)
    assert row["value"] == pytest.approx(multiplier * numerator / denominator, rel=1e-9)


def test_separate_collection_is_weighted_by_tonnes(release: Store) -> None:
    # sum(tonnes of 2024 * rate of the year) / sum(tonnes of 2024)
    assert metro(release, "separate_waste_collection", "2024")["value"] == pytest.approx(
        69.0420145240496
    )
    of_2022 = metro(release, "separate_waste_collection", "2022")
    assert of_2022["value"] == pytest.approx(68.23725787617748)
    assert of_2022["obs_status"] == "E"  # the weights are of another year


def test_the_resident_population_is_the_sum_of_the_municipalities(release: Store) -> None:
    residents = {p: metro(release, "resident_population", p)["value"] for p in ("2019", "2024")}
    assert residents == {"2019": 3_250_077, "2024": 3_245_459}


def test_costs_say_how_many_of_the_residents_they_cover(release: Store) -> None:
    row = metro(release, "waste_management_cost", "2020")
    assert row["coverage"] == pytest.approx(0.8947, abs=0.001)
