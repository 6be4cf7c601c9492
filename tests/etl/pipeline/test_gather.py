"""A specimen of each provider's layout gives the expected figures."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from etl.pipeline.gather import GatherInputs, gather
from tests.support.specimens import CATALOG, SPECIMENS, gathered

NAMES = sorted(p.parent.parent.name for p in SPECIMENS.glob("*/expected/components.csv"))
COLUMNS = ["variable", "territory", "period", "value", "obs_status"]


@cache
def read(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures and the refused rows of a specimen, read once; nobody changes them."""
    return gathered(name, SPECIMENS / name)


@pytest.mark.parametrize("name", NAMES)
def test_a_specimen_gives_exactly_the_expected_components(name: str) -> None:
    figures, _ = read(name)
    expected = pd.read_csv(
        SPECIMENS / name / "expected" / "components.csv",
        dtype={"territory": "str", "period": "str"},
    )
    pd.testing.assert_frame_equal(figures[COLUMNS], expected, rtol=1e-12, check_dtype=False)


def value(name: str, variable: str, territory: str, period: str) -> tuple[float, str]:
    figures, _ = read(name)
    key = figures["variable"].eq(variable) & figures["territory"].eq(territory)
    row = figures[key & figures["period"].eq(period)]
    (figure,) = row["value"]
    (status,) = row["obs_status"]
    return figure, status


def test_amounts_in_cents_become_euro() -> None:
    # MEF 2024, Milano: 3,949,087,137,500 cents
    assert value("irpef", "taxable_income", "015146", "2024") == (39_490_871_375, "A")


def test_a_blank_of_the_ministry_is_suppressed_and_not_zero() -> None:
    figure, status = value("irpef", "high_income", "015155", "2020")
    assert pd.isna(figure)
    assert status == "Q"


def test_a_provisional_file_gives_provisional_figures() -> None:
    # Istat's classification of 1 January 2023 precedes the census of 2022
    assert value("population", "residents", "015146", "2023") == (1_354_196, "P")
    assert value("population", "residents", "015146", "2024") == (1_371_499, "A")


def test_merged_municipalities_are_summed_under_todays_code() -> None:
    # 31 December 2018: Vermezzo and Zelo Surrigone, counted at 1 January 2019
    rows = (SPECIMENS / "population/population/population_mi_panel.csv").read_text("utf-8")
    parts = [int(r.split(",")[2]) for r in rows.splitlines() if ",2018-12-31," in r]
    parts.remove(1_395_980)  # Milano
    assert len(parts) == 2
    assert value("population", "residents", "015251", "2019") == (sum(parts), "A")


def test_a_rate_of_a_merged_municipality_is_rejected_with_the_reason() -> None:
    _, refused = read("urban_index")
    refused = refused[refused["rule"] == "not_additive"]
    assert refused["message_en"].str.contains("015235|015246").all()
    assert "d1" in set(refused["column"])


def test_a_rate_of_a_merged_municipality_is_the_mean_by_its_declared_weight() -> None:
    # 2013, tonnes an inhabitant x inhabitants: Vermezzo 0.397421 x 3,907, Zelo 0.513188 x 1,627
    vermezzo, zelo = 0.397421159200202 * 3907, 0.513188059701492 * 1627
    separate = 62.0605128864847 * vermezzo + 65.347898416687 * zelo
    figure, status = value("waste", "separate_rate", "015251", "2013")
    assert figure == pytest.approx(separate / (vermezzo + zelo))
    assert (round(figure, 1), status) == (63.2, "A")


def test_tonnes_are_kilograms_per_inhabitant_times_the_inhabitants() -> None:
    figure, _ = value("waste", "total_tonnes", "015146", "2024")
    rows = pd.read_csv(
        SPECIMENS / "waste/waste/ispra_waste_2022_2024_mi_from_smart-bin.csv", index_col="name"
    )
    milano = rows.loc["Milano"]
    assert figure == pytest.approx(milano["pop_2024"] * milano["kg_ru_ab_2024"] / 1000)


def test_a_house_price_is_the_mean_of_the_midpoints_of_the_zones() -> None:
    # Abbiategrasso, three zones in normal upkeep: (1450+1950)/2, (1250+1700)/2, (1300+1550)/2
    expected = (1700 + 1475 + 1425) / 3
    figure, status = value("house_prices", "sale_price", "015002", "2018-S2")
    assert figure == pytest.approx(expected)
    assert status == "A"


def test_the_bands_of_age_add_up_to_the_residents() -> None:
    figures, _ = read("ages")
    bands = figures.pivot_table("value", ["territory", "period"], "variable")
    total = bands["under_15"] + bands["from_15_to_64"] + bands["over_64"]
    assert total["015146", "2023"] == 1_354_196  # as the population on that day
    assert (bands["dependants"] == bands["under_15"] + bands["over_64"]).all()


def test_every_figure_names_the_file_that_it_came_from() -> None:
    inputs = gather(
        GatherInputs(
            CATALOG.model_copy(update={"datasets": {"irpef": CATALOG.datasets["irpef"]}}),
            SPECIMENS / "irpef",
        )
    )
    snapshots = inputs["snapshot"].to_pandas().set_index("snapshot")
    assert set(inputs["component"].to_pandas()["snapshot"]) == set(snapshots.index)
    assert snapshots["file"].str.startswith("income/").all()
    assert snapshots["licence"].eq("CC BY 3.0 IT").all()
    assert (snapshots["bytes"] > 0).all()
