"""Near-duplicate indicators are declared, and one of each family counts."""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from dashboard.pages.common.headlines import one_per_family
from tests.support.deployment import PROJECT
from tests.support.specimens import CATALOG
from warehouse.declarations.checks import check_catalog
from warehouse.declarations.loader import read_catalog
from warehouse.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

FAMILIES = {
    # the same figure over another denominator, or before something is subtracted
    "anpr_residents": {"anpr_municipalities"},
    "consumed_soil": {"consumed_soil_per_inhabitant"},
    "mean_taxable_income": {"taxable_income_per_inhabitant"},
    "municipal_surtax_rate": {"municipal_surtax_per_inhabitant"},
    "older_cars": {"euro_0_3_cars"},
    "residents_since_2022": {
        "residents_since_2012", "resident_population", "population_density",
    },
    "soil_consumption": {"gross_soil_consumption"},
    "waste_management_cost": {"waste_cost_per_tonne"},
    # the same distribution, cut at another income or age
    "high_income_taxpayers": {"taxpayers_over_75000", "high_income_share_of_income"},
    "infants_share": {"children_share", "preschool_children", "school_age_children"},
    "over_79_share": {"elderly_share", "over_89_share"},
    "taxpayers_up_to_15000": {
        "low_income_taxpayers", "taxpayers_15000_26000", "middle_income_taxpayers",
        "taxpayers_55000_75000",
    },
    # part of the same people or projects
    "european_election_turnout": {
        "european_election_turnout_men", "european_election_turnout_women",
    },
    "pnrr_funding_per_inhabitant": {
        "pnrr_located_funding_per_inhabitant", "pnrr_municipal_funding_per_inhabitant",
        "pnrr_validated_funding_per_inhabitant",
    },
    "second_vaccine_doses_2021": {"first_vaccine_doses_2021"},
    # the same measure from another source
    "active_age_structure": {"active_age_structure_2011"},
    "ageing_index": {"ageing_index_2011"},
    "employment_rate_20_64": {
        "employment_rate", "employment_rate_2011", "employment_rate_metro",
    },
    "foreign_residents": {"foreign_residents_2011"},
    "knowledge_employment": {"knowledge_employment_2011"},
    "unemployment_rate": {"unemployment_rate_2011", "unemployment_rate_metro"},
    "unoccupied_dwellings": {"unoccupied_dwellings_2011"},
}  # fmt: skip


def test_the_families_are_these() -> None:
    declared = defaultdict(set)
    for indicator in CATALOG.indicators.values():
        if indicator.family:
            declared[indicator.family].add(indicator.id)
    assert declared == FAMILIES


def test_no_headline_is_a_near_duplicate_of_another() -> None:
    headlines = [CATALOG.indicators[name] for node in CATALOG.areas for name in node.headlines]
    assert one_per_family(headlines) == tuple(headlines)
    assert not any(indicator.family for indicator in headlines)


def test_the_family_of_an_indicator_begins_with_the_one_that_counts() -> None:
    for name in ("soil_consumption", "gross_soil_consumption"):
        family = CATALOG.family(CATALOG.indicators[name])
        assert [i.id for i in family] == ["soil_consumption", "gross_soil_consumption"]
    alone = CATALOG.indicators["water_losses"]
    assert CATALOG.family(alone) == (alone,)


def test_where_the_lead_is_missing_the_first_of_the_family_counts() -> None:
    names = ("european_election_turnout_men", "referendum_turnout", "european_election_turnout")
    men, referendum, lead = (CATALOG.indicators[name] for name in names)
    women = CATALOG.indicators["european_election_turnout_women"]
    assert one_per_family([men, referendum, women, lead]) == (referendum, lead)
    assert one_per_family([men, referendum, women]) == (men, referendum)


@pytest.mark.parametrize(
    ("lead", "fault"),
    [
        ("soil", "'soil' is not an indicator of the same area"),
        ("mean_age", "'mean_age' is not an indicator of the same area"),
        (
            "gross_soil_consumption",
            "'gross_soil_consumption' has a family too ('soil_consumption')",
        ),
        ("consumed_soil", "'consumed_soil' has a family too ('consumed_soil')"),
    ],
)
def test_a_wrong_lead_is_named(lead: str, fault: str) -> None:
    indicator = CATALOG.indicators["consumed_soil"].model_copy(update={"family": lead})
    indicators = CATALOG.indicators | {indicator.id: indicator}
    errors = [
        e.in_("en") for e in check_catalog(CATALOG.model_copy(update={"indicators": indicators}))
    ]
    assert f"indicators/environment/consumed_soil.yaml: family: {fault}" in "; ".join(errors)


def test_the_loader_refuses_a_lead_without_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(PROJECT / "warehouse" / "catalog", folder)
    (folder / "indicators" / "environment" / "soil_consumption.yaml").unlink()
    with pytest.raises(CatalogError) as error:
        read_catalog(folder)
    assert any(
        "gross_soil_consumption.yaml: family: «soil_consumption» non è" in fault
        for fault in error.value.in_("it")
    )
