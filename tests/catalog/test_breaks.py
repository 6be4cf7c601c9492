"""Breaks are declared once, on a component, and reach every indicator made of it."""

from __future__ import annotations

import pytest

from tests.support.specimens import CATALOG


@pytest.mark.parametrize(
    ("indicator", "periods"),
    [
        ("resident_population", ["2020", "2022"]),
        ("taxpayers_per_100_inhabitants", ["2020", "2022"]),  # of its denominator
        ("mean_taxable_income", ["2019"]),
        ("net_tax_on_income", ["2019", "2022", "2024"]),
        ("ageing_index", ["2022"]),  # of its whole dataset
        ("waste_management_cost", ["2019", "2020"]),
        ("separate_waste_collection", ["2016", "2021"]),
    ],
)
def test_an_indicator_inherits_the_breaks_of_its_components(
    indicator: str, periods: list[str]
) -> None:
    assert list(CATALOG.indicators[indicator].breaks) == periods


def test_a_weight_breaks_no_series() -> None:
    indicator = CATALOG.indicators["separate_waste_collection"]
    assert indicator.weight == "waste.total_tonnes"
    assert indicator.numerator == "waste.separate_rate"
    assert "2016" in CATALOG.datasets["waste"].variables["total_tonnes"].breaks
    without = CATALOG.indicators["services_on_standard"]
    assert without.weight == "opencivitas.standard_spending"
    assert without.breaks == {}
