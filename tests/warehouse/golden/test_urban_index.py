"""Figures of the Urban Index, computed by hand from the Presidency's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warehouse.golden.test_society import row_of

if TYPE_CHECKING:
    from warehouse.query.store import Store

# sum(rate * residents of 31 December 2011, or km²) / sum(residents, or km²): the 132
# municipalities that were not merged since
WEIGHTED = {
    ("youth_unemployment_2011", "2011"): 26.45564414061945,
    ("ageing_index_2011", "2011"): 162.88831711223403,
    ("scattered_settlements_2011", "2011"): 0.9202274375129325,
    ("hospital_beds_2011", "2011"): 4.38448744549285,  # some 13,300 beds
    ("mixed_couples_2011", "2011"): 3.409677513038317,
    ("human_density_2011", "2011"): 2114.2102664269087,  # over 1,564.8 km²
}

# Counts of all 134 municipalities of then
SUMS = {
    ("consumed_soil_flood_area_2015", "2015"): 685,  # hectares, 266 of them in Milano
    ("state_cultural_places_2013", "2013"): 83,  # 61 of them in Milano
    ("shopping_centres_2013", "2013"): 36,
}

MILANO = {
    ("ageing_index_2011", "2011"): 196.3,
    ("employment_of_men_and_women_2011", "2011"): 132,  # the file says 1,32
    ("unemployment_change_2001_2011", "2011"): 1.4,
    ("population_change_1991_2011", "2011"): -4.7,
    ("main_station_access_2013", "2013"): 4,
    ("tourist_function_2010", "2010"): 2.6,
}


@pytest.mark.parametrize(("indicator", "period"), WEIGHTED)
def test_rates_are_weighted(release: Store, indicator: str, period: str) -> None:
    value = row_of(release, indicator, period)["value"]
    assert value == pytest.approx(WEIGHTED[indicator, period], rel=1e-9)


@pytest.mark.parametrize(("indicator", "period"), SUMS)
def test_counts_are_summed(release: Store, indicator: str, period: str) -> None:
    assert row_of(release, indicator, period)["value"] == SUMS[indicator, period]


@pytest.mark.parametrize(("indicator", "period"), MILANO)
def test_a_municipality_is_as_the_file_has_it(release: Store, indicator: str, period: str) -> None:
    value = row_of(release, indicator, period, "015146")["value"]
    assert value == pytest.approx(MILANO[indicator, period])


def test_an_index_has_no_zones(release: Store) -> None:
    levels = ["municipality", "zone", "metro"]
    for indicator in ("tourist_function_2010", "main_station_access_2013"):
        frame = release.frame("indicator_levels", indicators=[indicator], levels=levels)
        valued = frame[frame["value"].notna()]
        assert valued["territory"].str.fullmatch(r"\d{6}").all()
