"""Figures taken in from files at hand, added up by hand from the providers' own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warehouse.golden.test_society import row_of

if TYPE_CHECKING:
    from warehouse.query.store import Store

# Sums over the municipalities that have both figures: numerator, denominator, multiplier.
SUMS = {
    # ICCU: 462 rows, each another code; residents on 1 January 2020
    ("libraries_per_10000", "2020"): (462, 3_265_327, 10_000),  # 1.41
    # Istat, 1 January 2023
    ("women_per_100_men", "2023"): (1_650_938, 1_568_453, 100),  # 105.26
    ("women_over_79_share", "2023"): (160_088, 255_143, 100),  # 62.74 %
    # Eligendo 2024: vot_f over ele_f, vot_m over ele_m
    ("european_election_turnout_women", "2024"): (677_146, 1_278_986, 100),  # 52.94 %
    ("european_election_turnout_men", "2024"): (628_921, 1_189_437, 100),  # 52.88 %
    ("citizens_abroad_2021", "2021"): (142_199, 3_273_150, 100),  # 4.34
    ("second_vaccine_doses_2021", "2021-06"): (758_744, 3_241_813, 100),  # 23.41
    # 7,295,066.75 m² less the 36,500 of Liscate that are written twice
    ("asbestos_exposed_surface", "2022"): (7_258_566.75, 3_214_630, 1),  # 2.26 m²
    # ReGiS, 1,882 projects in 130 municipalities
    # on residents of 2022, the last final ones
    ("pnrr_validated_funding_per_inhabitant", "2023-02"): (1_610_706_759.53, 3_201_224, 1),
    # MEF 2020, all 133; ordinary accounts are hidden in 14
    ("taxpayers_15000_26000", "2020"): (662_565, 2_370_575, 100),  # 27.95 %
    ("taxpayers_55000_75000", "2020"): (94_462, 2_370_575, 100),  # 3.98 %
    ("partners_share", "2020"): (87_689, 2_370_575, 100),  # 3.70 %
    ("mean_partner_income", "2020"): (2_566_319_093, 87_689, 1),  # 29,266.15 €
    ("ordinary_business_share", "2020"): (3_366, 2_336_088, 100),  # 0.14 %
    ("mean_ordinary_business_income", "2020"): (247_325_096, 3_366, 1),  # 73,477.45 €
    ("mean_regional_surtax", "2018"): (936_002_117, 1_878_794, 1),  # 498.19 €
    # MEF 2024: 116,068,036,700 cents
    ("mean_regional_surtax", "2024"): (1_160_680_367, 2_014_111, 1),  # 576.27 €
}

# Ispra 2024: sum(share * tonnes) / 1,048,727.7146 t, tonnes being residents * (total - residual)
FRACTIONS = {
    "food_waste_share": 28.403706560801126,
    "paper_share": 19.596171446635655,
    "plastic_share": 9.607420267849948,
    "garden_waste_share": 5.2438527636494685,
    "glass_share": 13.9120574646898,
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


@pytest.mark.parametrize("indicator", FRACTIONS)
def test_fractions_are_weighted_by_what_is_collected_separately(
    release: Store, indicator: str
) -> None:
    assert row_of(release, indicator, "2024")["value"] == pytest.approx(FRACTIONS[indicator])


def test_the_cost_of_a_tonne_is_weighted_by_tonnes(release: Store) -> None:
    # Sose 2013, 126 municipalities: €501,532,127.29 for 1,368,618.72 tonnes
    value = row_of(release, "waste_cost_per_tonne", "2013")["value"]
    assert value == pytest.approx(501_532_127.28590643 / 1_368_618.721099215)
    # Ispra 2024, the 124 that reported: €/inhabitant and kg/inhabitant times inhabitants
    value = row_of(release, "waste_cost_per_tonne", "2024")["value"]
    assert value == pytest.approx(559_624_902.47 / 1_467_833.5515)  # 381.26 €


def test_ispra_fills_the_five_municipalities_that_sose_lacks(release: Store) -> None:
    for territory, rate in {
        "015098": 67.0,  # Cusano Milanino
        "015114": 67.9,  # Inzago
        "015177": 63.5,  # Pozzo d'Adda
        "015205": 56.9,  # Segrate
        "015222": 46.6,  # Tribiano
    }.items():
        row = row_of(release, "separate_waste_collection", "2013", territory)
        assert row["value"] == pytest.approx(rate)
    # Sose has Milano to the last digit, the Urban Index writes 42,5
    milano = row_of(release, "separate_waste_collection", "2013", "015146")
    assert milano["value"] == pytest.approx(42.5062902653951)


def test_a_municipality_without_libraries_has_none(release: Store) -> None:
    frame = release.frame(
        "indicator_levels", indicators=["libraries_per_10000"], levels=["municipality"]
    )
    assert (len(frame), int((frame["value"] == 0).sum())) == (133, 18)


def test_the_quotation_of_shops_is_the_mean_of_the_zones(release: Store) -> None:
    # Abbiategrasso: (1600+2050)/2, (1300+1550)/2, (950+1250)/2
    price = row_of(release, "mean_shop_price", "2018-S2", "015002")["value"]
    assert price == pytest.approx((1_825 + 1_425 + 1_100) / 3)
    # Milano: the middles of 38 zones
    milano = row_of(release, "mean_shop_price", "2018-S2", "015146")["value"]
    assert milano == pytest.approx(2_559.2105263157896)
