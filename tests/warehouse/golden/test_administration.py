"""Progress of PA digitale, elections, women in office and the matrix, checked on the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from warehouse.query.store import Store

METRO = "cm-milano"
MILANO = "milano"


def value(release: Store, indicator: str, period: str, territory: str) -> tuple[float, str]:
    rows = release.frame("series", indicators=[indicator], territories=[territory])
    row = rows[rows["period"] == period]
    return float(row["value"].item()), str(row["obs_status"].item())


@pytest.mark.parametrize(
    ("indicator", "period", "territory", "expected"),
    [
        # of 132 municipalities with applications: 81, 97, 108 with the notices project paid
        ("digital_notices_active", "2024", METRO, 100 * 81 / 132),
        ("digital_notices_active", "2025", METRO, 100 * 97 / 132),
        ("data_platform_active", "2023", METRO, 100 * 7 / 132),
        ("data_platform_active", "2025", METRO, 100 * 80 / 132),
        ("digital_identity_active", "2024", METRO, 100 * 64 / 132),
        ("online_services_funded", "2022", METRO, 100 * 59 / 132),
        ("pagopa_funded", "2022", METRO, 100 * 67 / 132),
        ("app_io_funded", "2022", METRO, 100 * 74 / 132),
        ("cloud_funded", "2022", METRO, 100 * 116 / 132),
        # four measures at the end of 2024: 427 granted, 23 renounced, 219 paid
        ("padigitale_completed_projects", "2024", METRO, 100 * 219 / (427 - 23)),
        ("padigitale_renounced_projects", "2024", METRO, 100 * 23 / 427),
        # 452 grants of 2022 took 40,025 days in all, 339 of 2023 took 30,124
        ("padigitale_days_to_grant", "2022", METRO, 40_025 / 452),
        ("padigitale_days_to_grant", "2023", METRO, 30_124 / 339),
        # Milano, brought in with 1,386,935 people in 2018
        ("anpr_residents", "2018", MILANO, 100.0),
        # 513 and 628 projects of M1C1 investments 1 in one municipality
        ("pnrr_digital_payment_rate", "2024-12-13", METRO, 100 * 15_554_947.35 / 24_088_180.60),
        ("pnrr_digital_payment_rate", "2025-03-31", METRO, 100 * 23_241_891.44 / 31_749_386.50),
        # 1,627,874 voters of 2,355,629 electors in 2022; in 2013 Vermezzo con Zelo has the
        # 3,523 of 4,214 of its two parts: 1,844,854 + 3,523 of 2,336,367 + 4,214
        ("general_election_turnout", "2022", METRO, 100 * 1_627_874 / 2_355_629),
        ("general_election_turnout", "2013", METRO, 100 * 1_848_377 / 2_340_581),
        ("general_election_turnout", "2018", "015146", 73.24),
        ("general_election_turnout", "2022", "italia", 100 * 29_473_754 / 46_120_143),
        ("european_election_turnout", "2024", METRO, 100 * 1_306_067 / 2_468_423),
        ("european_election_turnout", "2024", "lombardia", 100 * 4_389_473 / 7_938_042),
        ("european_election_turnout", "2019", MILANO, 58.70),
        # 1,047 women and 1,620 men in 2023; in 2020 Milano had 4+14+0+0+1+0+3 women of 61
        ("women_administrators", "2023", METRO, 100 * 1_047 / (1_047 + 1_620)),
        ("women_administrators", "2020", MILANO, 100 * 22 / 61),
        # 834 of 1,067 targets of projects located in Milano only
        ("pnrr_targets_reached", "2025-03-31", MILANO, 100 * 834 / 1_067),
        # the source's own residents: Milano 1,530,917,489.00 / 1,358,425
        ("spending_per_inhabitant", "2022", MILANO, 1_530_917_489 / 1_358_425),
        ("spending_per_inhabitant", "2022", METRO, 2_815_803_971.36 / 3_228_011),
        # 874 CUPs in Milano only, one of them under two measures
        ("pnrr_projects_per_1000", "2025-03-31", MILANO, 1000 * 874 / 1_371_499),
        # 454 of the 1,878 validated projects located in one municipality
        ("pnrr_municipal_projects", "2023-02", METRO, 100 * 454 / 1_878),
        # 2,022 of 2,486 presences are of projects in one municipality
        ("pnrr_shared_projects", "2025-03-31", METRO, 100 * (2_486 - 2_022) / 2_486),
        # the source's 1,099 basis points over the standard
        ("services_on_standard", "2022", MILANO, 110.99),
        # of 1,655,902 who travel: in the metropolitan city, to Milano, in their municipality
        ("commuting_within_metro", "2011", METRO, 100 * 1_535_507 / 1_655_902),
        ("commuting_to_milano", "2011", METRO, 100 * 820_522 / 1_655_902),
        # 914,838 and the 176 between Vermezzo and Zelo Surrigone, one municipality today
        ("commuting_within_municipality", "2011", METRO, 100 * 915_014 / 1_655_902),
        # Nord Milano: 67,464 of 136,783 stay in one of its six municipalities
        ("commuting_within_zone", "2011", "nord-milano", 100 * 67_464 / 136_783),
        # 842,746 come in, 503,253 stay, 650,021 go out
        ("inbound_workers", "2021", METRO, 100 * 842_746 / (650_021 + 503_253)),
        ("jobs_held_by_residents", "2021", METRO, 100 * 503_253 / (842_746 + 503_253)),
        ("jobs_held_by_residents", "2021", MILANO, 100 * 362_505 / (384_744 + 362_505)),
    ],
)
def test_golden_figure(
    release: Store, indicator: str, period: str, territory: str, expected: float
) -> None:
    assert value(release, indicator, period, territory)[0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("indicator", "period", "status"),
    [
        ("pagopa_funded", "2022", "A"),
        ("pagopa_funded", "2023", "P"),  # the copy ends on 24 October 2023
        ("digital_notices_active", "2026", "P"),
        ("general_election_turnout", "2018", "E"),  # weighted by the electors of 2022
        ("general_election_turnout", "2022", "A"),
    ],
)
def test_what_is_provisional_or_estimated_says_so(
    release: Store, indicator: str, period: str, status: str
) -> None:
    assert value(release, indicator, period, METRO)[1] == status


def test_a_year_that_the_copy_hardly_enters_is_missing(release: Store) -> None:
    rows = release.frame("series", indicators=["digital_identity_active"], territories=[METRO])
    assert rows["period"].max() == "2024"  # the copy is of 27 March 2025


def test_a_municipality_run_by_a_commissioner_has_no_share_of_women(release: Store) -> None:
    rows = release.frame("series", indicators=["women_administrators"], territories=["015087"])
    assert "2023" not in set(rows["period"])
