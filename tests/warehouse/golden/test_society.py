"""Figures of the newer series, added up by hand from the providers' own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.query.store import Store


def row_of(release: Store, indicator: str, period: str, territory: str = "cm-milano") -> pd.Series:
    levels = ["metro", "municipality", "region", "country"]
    frame = release.frame("indicator_levels", indicators=[indicator], levels=levels)
    row: pd.Series = frame[frame["period"].eq(period) & frame["territory"].eq(territory)].iloc[0]
    return row


# Sums over the municipalities that have both figures: numerator, denominator, multiplier.
SUMS = {
    # MEF 2020, all 133: frequencies of each kind of income over taxpayers
    ("employees_share", "2020"): (1_351_151, 2_370_575, 100),  # 57.00 %
    ("pensioners_share", "2020"): (769_714, 2_370_575, 100),  # 32.47 %
    ("building_income_taxpayers", "2020"): (1_206_310, 2_370_575, 100),  # 50.89 %
    ("middle_income_taxpayers", "2020"): (657_195, 2_370_575, 100),  # 27.72 %
    ("small_business_share", "2020"): (50_998, 2_370_575, 100),  # 2.15 %
    ("mean_small_business_income", "2020"): (1_198_121_374, 50_998, 1),  # 23,493.50 €
    # MEF 2019: the self-employed of one municipality are suppressed, 132 are left
    ("self_employed_share", "2019"): (40_811, 2_392_180, 100),  # 1.71 %
    ("mean_self_employed_income", "2019"): (3_178_686_980, 40_811, 1),  # 77,888.00 €
    # MEF 2018: 131 municipalities have both 75,000 to 120,000 and over 120,000
    ("taxpayers_over_75000", "2018"): (120_671, 2_378_394, 100),  # 5.07 %
    ("high_income_share_of_income", "2018"): (12_958_324_708, 69_325_520_052, 100),  # 18.69 %
    ("taxpayers_up_to_15000", "2021"): (741_354, 2_385_069, 100),  # 31.08 %
    # MEF 2024: cents of tax and of income; surtax and who pays it
    ("net_tax_on_income", "2024"): (18_765_035_221, 79_070_828_075, 100),  # 23.73 %
    ("mean_municipal_surtax", "2024"): (554_496_977, 1_658_575, 1),  # 334.32 €
    ("taxable_income_per_inhabitant", "2020"): (64_018_386_062, 3_265_327, 1),  # 19,605.51 €
    # Istat 1 January 2023
    ("children_share", "2023"): (413_593, 3_219_391, 100),  # 12.85 %
    ("elderly_share", "2023"): (742_512, 3_219_391, 100),  # 23.06 %
    ("over_79_share", "2023"): (255_143, 3_219_391, 100),  # 7.93 %
    ("infants_share", "2023"): (69_493, 3_219_391, 1000),  # 21.59
    ("working_age_turnover", "2023"): (209_816, 155_201, 100),  # 135.19
    ("active_age_structure", "2023"): (1_202_139, 861_147, 100),  # 139.60
    ("residents_since_2012", "2024"): (3_245_459, 3_035_443, 100),  # 106.92
    ("first_vaccine_doses_2021", "2021-06"): (1_735_772, 3_241_813, 100),  # 53.54
    ("food_solidarity_2020", "2020"): (17_288_796.32, 3_250_315, 1),  # 5.32 €
    # Ispra 2024: euro an inhabitant times inhabitants of those who reported the item
    ("residual_waste_collection_cost", "2024"): (47_079_667.89, 3_143_611, 1),  # 14.98 €
    ("residual_waste_treatment_cost", "2024"): (20_422_853.5, 2_731_013, 1),  # 7.48 €, 92 of them
    ("separate_collection_cost", "2024"): (109_846_840.81, 3_143_611, 1),  # 34.94 €
    ("recycling_treatment_cost", "2024"): (92_209_392.21, 3_143_611, 1),  # 29.33 €
    ("street_cleaning_cost", "2024"): (144_899_916.96, 3_143_611, 1),  # 46.09 €
    ("waste_common_cost", "2024"): (94_264_754.71, 3_143_611, 1),  # 29.99 €
    ("waste_capital_cost", "2024"): (49_877_113.43, 3_143_611, 1),  # 15.87 €
    ("residual_waste_per_inhabitant", "2024"): (468_983_242.8, 3_247_623, 1),  # 144.41 kg
    # Sose 2013: tonnes times what is not separate, 129 municipalities of then
    ("residual_waste_per_inhabitant", "2013"): (683_138_102.546858, 3_002_739, 1),  # 227.50 kg
    # Sose 2013: without Vernate (corrected); Vermezzo 99.2475 € x 3,907 and Zelo Surrigone
    # 212.7071 € x 1,627 are one: 511,315,064.51 + 733,834.52
    ("waste_management_cost", "2013"): (512_048_899.0323654, 3_071_847, 1),  # 166.69 €
    # Sose 2010: Basiano, Masate and Vermezzo con Zelo corrected, 98.5646 € / 210.3303 € a tonne
    ("municipal_waste_per_capita", "2010"): (1_492_423.0592017318, 2_999_234, 1000),  # 497.60 kg
}

# Urban Index: sum(rate * residents of 2012, or km²) / sum(residents, or km²), 132 municipalities
WEIGHTED = {
    ("foreign_residents_2011", "2011"): 10.684652687182334,
    ("employment_rate_2011", "2011"): 51.435173774391465,
    ("unemployment_rate_2011", "2011"): 7.066512898719422,
    ("unoccupied_dwellings_2011", "2011"): 6.131255628926636,
    ("urban_green_2012", "2012"): 7.837442275140779,
    ("drinking_water_2012", "2012"): 134.02770624931728,
    ("photovoltaic_density_2013", "2013"): 6.026749202647945,
    ("flood_hazard_area_2015", "2015"): 3.754474137470472,
}


@pytest.mark.parametrize(("indicator", "period"), SUMS)
def test_the_metropolitan_city_is_the_sum_of_the_rows(
    release: Store, indicator: str, period: str
) -> None:
    numerator, denominator, multiplier = SUMS[indicator, period]
    row = row_of(release, indicator, period)
    assert row["numerator"] == pytest.approx(numerator, rel=1e-9)
    assert row["denominator"] == pytest.approx(denominator, rel=1e-9)
    assert row["value"] == pytest.approx(multiplier * numerator / denominator, rel=1e-9)


@pytest.mark.parametrize(("indicator", "period"), WEIGHTED)
def test_rates_without_parts_are_weighted(release: Store, indicator: str, period: str) -> None:
    value = row_of(release, indicator, period)["value"]
    assert value == pytest.approx(WEIGHTED[indicator, period], rel=1e-9)


def test_counts_of_one_year_are_plain_sums(release: Store) -> None:
    assert row_of(release, "flood_hazard_residents_2015", "2015")["value"] == 43_697
    assert row_of(release, "hazardous_plants_2015", "2015")["value"] == 67


def test_a_rent_is_the_mean_of_the_middles_of_the_zones(release: Store) -> None:
    # Abbiategrasso: (5.7+7.1)/2, (4.5+5.5)/2, (4.1+5.1)/2
    rent = row_of(release, "mean_rent", "2018-S2", "015002")["value"]
    assert rent == pytest.approx((6.4 + 5.0 + 4.6) / 3)


def test_a_price_of_merged_municipalities_is_the_mean_of_all_their_zones(release: Store) -> None:
    # a zone each: Vermezzo (950+1300)/2 and (3.2+4.4)/2, Zelo Surrigone (950+1200)/2, (2.9+3.8)/2
    price = row_of(release, "mean_house_price", "2018-S2", "015251")["value"]
    rent = row_of(release, "mean_rent", "2018-S2", "015251")["value"]
    assert price == pytest.approx((1125 + 1075) / 2)
    assert rent == pytest.approx((3.8 + 3.35) / 2)


def test_an_index_of_inequality_has_municipal_values_only(release: Store) -> None:
    levels = ["municipality", "zone", "metro"]
    frame = release.frame("indicator_levels", indicators=["income_inequality_2012"], levels=levels)
    valued = frame[frame["value"].notna()]
    assert row_of(release, "income_inequality_2012", "2012", "015146")["value"] == 0.2635
    assert valued["territory"].str.fullmatch(r"\d{6}").all()


def test_lombardia_and_italia_are_the_sums_of_the_ministry_s_rows(release: Store) -> None:
    lombardia = row_of(release, "mean_taxable_income", "2020", "lombardia")
    italia = row_of(release, "mean_taxable_income", "2020", "italia")
    assert lombardia["value"] == pytest.approx(169_729_274_245 / 6_928_011)  # 24,498.99 €
    # without the 2,790 taxpayers of no municipality
    assert italia["value"] == pytest.approx(815_190_534_345 / 39_095_020)  # 20,851.52 €


def test_two_costs_that_cannot_be_are_left_out(release: Store) -> None:
    levels = ["municipality"]
    frame = release.frame("indicator_levels", indicators=["waste_management_cost"], levels=levels)
    valued = frame[frame["value"].notna()]
    pairs = set(zip(valued["territory"], valued["period"], strict=True))
    assert ("015038", "2010") not in pairs
    assert ("015236", "2013") not in pairs
    assert {("015038", "2013"), ("015236", "2010")} <= pairs
