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
    # Istat, Frame: published for the province until 2019, sums of the 133 in 2023
    ("value_added_per_person", "2015"): (89_176_541_000, 1_340_158, 1, "A"),  # 66,541.81 €
    ("value_added_per_person", "2023"): (139_258_689_000, 1_616_345, 1, "A"),  # 86,156.54 €
    ("wage_per_employee", "2023"): (50_169_231_000, 1_302_639, 1, "A"),  # 38,513.53 €
    ("employees_among_employed", "2023"): (1_302_639, 1_616_345, 100, "A"),  # 80.59 %
    ("persons_per_unit", "2019"): (1_482_063, 330_424, 1, "A"),  # 4.49
    ("value_added_on_turnover", "2023"): (139_258_689_000, 589_319_881_000, 100, "A"),  # 23.63 %
    ("labour_cost_per_employee", "2016"): (51_088_137_000, 1_090_715, 1, "A"),  # 46,839.13 €
    ("labour_cost_per_employee", "2023"): (69_948_678_000, 1_302_639, 1, "A"),
    # the province's own table says 39.4 for 2015 and 38.9 for 2019
    ("wages_on_value_added", "2015"): (35_097_867_000, 89_176_541_000, 100, "A"),  # 39.36 %
    ("wages_on_value_added", "2019"): (39_815_683_000, 102_451_077_000, 100, "A"),  # 38.86 %
    ("turnover_per_person", "2023"): (589_319_881_000, 1_616_345, 1, "A"),  # 364,600.30 €
    # MEF, taxpayers with a net tax on all taxpayers
    ("income_tax_payers", "2015"): (1_913_725, 2_315_009, 100, "A"),  # 82.67 %
    ("income_tax_payers", "2024"): (2_069_896, 2_486_066, 100, "A"),  # 83.26 %
    # one municipality is hidden: it is in neither sum
    ("services_share", "2023"): (1_266_419, 1_615_813, 100, "A"),  # 78.38 %
    # Eligendo, the last count of each
    ("referendum_turnout", "2020"): (1_175_610, 2_364_129, 100, "A"),  # 49.73 %
    ("referendum_turnout", "2025"): (844_376, 2_383_419, 100, "A"),  # 35.43 %
    ("referendum_turnout", "2026"): (1_533_138, 2_373_107, 100, "A"),  # 64.60 %
    # MASE and GSE, 12 July 2025; on the last final residents, of 1 January 2024
    ("charging_points_per_10000", "2025-07-12"): (4_178, 3_245_459, 10_000, "A"),  # 12.87
    ("municipalities_with_charging", "2024-09-27"): (117, 133, 100, "A"),  # 87.97 %
    ("municipalities_with_charging", "2025-07-12"): (126, 133, 100, "A"),  # 94.74 %
    # Ministry of the Interior: mayors, deputies and members, 121 municipalities above 3,000
    ("women_in_executives_2020", "2020"): (293, 688, 100, "A"),  # 42.59 %
    # kilograms per inhabitant times inhabitants; Basiano, Masate and Vermezzo corrected in 2010
    ("residual_waste_per_inhabitant", "2010"): (809_539_810.5421603, 2_999_234, 1, "E"),  # 269.92
    ("residual_waste_per_inhabitant", "2018"): (526_598_361.05, 3_250_077, 1, "A"),  # 162.03
    ("residual_waste_per_inhabitant", "2022"): (463_121_783.84, 3_219_391, 1, "A"),  # 143.85
}

# Sums or published figures: territory, value, status.
VALUES = {
    ("resident_population", "2021", "cm-milano"): (3_241_813, "A"),
    ("resident_population", "2021", "015146"): (1_374_582, "A"),
    ("resident_population", "2021", "italia"): (59_236_213, "A"),
    # Istat, labour force survey; no sum of municipalities
    ("unemployment_rate_metro", "2018", "cm-milano"): (6.422, "A"),
    ("unemployment_rate_metro", "2025", "cm-milano"): (2.986, "A"),
    ("activity_rate_metro", "2025", "cm-milano"): (75.084, "A"),
    ("employment_rate_metro", "2024", "cm-milano"): (77.2, "A"),
    # Istat, BES at local level
    ("employment_rate_metro", "2024", "lombardia"): (74.8, "A"),
    ("children_in_municipal_nurseries", "2022", "cm-milano"): (24.2, "A"),
    ("children_in_municipal_nurseries", "2022", "lombardia"): (18, "A"),
    ("seat_km", "2022", "015146"): (16_541, "A"),
    ("separate_waste_collection", "2023", "lombardia"): (73.9, "A"),
    ("european_election_turnout", "2019", "lombardia"): (64.1, "A"),
    # the Ministry's figure, not the 55.3 of BES
    ("european_election_turnout", "2024", "lombardia"): (55.296671395792565, "A"),
    ("crimes_reported", "2010", "cm-milano"): (7_089.1, "A"),  # with Monza e Brianza
    ("crimes_reported", "2024", "cm-milano"): (6_989, "A"),
    ("crimes_reported", "2024", "lombardia"): (4_583.7, "A"),
    ("crimes_reported", "2024", "italia"): (4_069.6, "A"),
    # ACI, rows of the province; Italy's are all rows
    ("provincial_road_accidents", "2011", "cm-milano"): (772, "A"),
    ("provincial_road_accidents", "2018", "cm-milano"): (685, "A"),
    ("provincial_road_accidents", "2018", "italia"): (20_481, "A"),
    ("provincial_road_deaths", "2018", "cm-milano"): (11, "A"),
    # Ispra by way of Istat's fragility index
    ("residual_waste_per_inhabitant", "2021", "015146"): (174.64, "A"),
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
