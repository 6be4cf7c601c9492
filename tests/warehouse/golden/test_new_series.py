"""Figures of the series taken in for issues of freshness, each with its arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from warehouse.query.store import Store

METRO, MILANO = "cm-milano", "015146"


@pytest.mark.parametrize(
    ("indicator", "territory", "period", "value"),
    [
        ("consumed_soil", METRO, "2024", 100 * 503.4496 / 1_575.5411),  # 50,344.96 ha
        ("consumed_soil", MILANO, "2024", 100 * 106.675 / 181.845),  # 10,667.50 ha
        ("soil_consumption", METRO, "2024", 130.50),  # as Ispra's sheet of provinces
        ("gross_soil_consumption", METRO, "2024", 161.14),
        ("restored_soil", METRO, "2024", 30.64),  # 161.14 - 130.50
        ("consumed_soil_per_inhabitant", METRO, "2024", 503_449_600 / 3_245_459),
        ("employment_rate_20_64", MILANO, "2022", 74.74),
        ("employment_rate_20_64", METRO, "2022", 142_857_467 / 1_907_039),  # Σ rate x ages 20-64
        ("low_education", METRO, "2022", 42_431_745 / 1_753_622),
        ("older_cars", METRO, "2022", 35_654_146 / 3_214_630),
        ("charging_points_per_10000", METRO, "2025-07-12", 10_000 * 4_178 / 3_245_459),
        ("fibre_households", METRO, "2026-S1", 100 * 1_315_082.28 / 1_452_570.17),
        ("flood_residents_medium_2020", METRO, "2020", 100 * 115_428 / 3_241_813),
        ("european_election_turnout", METRO, "2014", 100 * 1_524_958 / 2_391_764),
        ("referendum_turnout", METRO, "2020", 100 * 1_175_610 / 2_364_129),
        ("referendum_turnout", METRO, "2026", 100 * 1_533_138 / 2_373_107),
        ("municipal_surtax_rate", METRO, "2024", 100 * 554_496_977 / 79_070_828_075),
        ("municipal_surtax_payers", METRO, "2024", 100 * 1_658_575 / 2_486_066),
        ("city_road_accidents", MILANO, "2001", 17_458),
        ("city_road_accidents", MILANO, "2022", 7_606),
        ("city_road_deaths", MILANO, "2022", 42),
        ("city_pedestrians_run_over", MILANO, "2022", 1_070),
    ],
)
def test_a_series_has_the_figures_of_its_files(
    release: Store, indicator: str, territory: str, period: str, value: float
) -> None:
    rows = release.frame("series", indicators=[indicator], territories=[territory])
    values = rows.set_index("period")["value"]
    assert values[period] == pytest.approx(value, rel=1e-5)


def test_every_area_has_series_that_can_be_followed(release: Store) -> None:
    areas = release.sql(
        """
        select area, count(*) as series
        from (
            select indicator, count(distinct period) as periods, max(period) as last_period
            from observation
            where value is not null
            group by indicator
        )
        join indicator using (indicator)
        where periods >= 3 and last_period >= '2022'
        group by area
        """
    )
    series = dict(zip(*areas.to_pydict().values(), strict=True))
    assert len(series) == 6
    assert min(series.values()) >= 6
    assert sum(series.values()) >= 80
