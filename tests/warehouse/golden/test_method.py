"""Figures checked by hand against the provider's file, in the release that ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from warehouse.query.store import Store

# MEF, tax year 2020: taxable income in euro, and taxpayers who have one, summed over the
# municipalities of each territory.
INCOME_2020 = {
    "cm-milano": (64_018_386_062, 2_249_118, 28_464),
    "milano": (31_892_867_113, 939_802, 33_936),
    "nord-milano": (4_334_575_730, 187_669, 23_097),
    "nord-ovest": (5_498_030_925, 225_106, 24_424),
    "alto-milanese": (4_365_681_093, 182_307, 23_947),
    "magentino-abbiatense": (3_621_261_141, 151_222, 23_947),
    "sud-ovest": (4_111_556_528, 166_453, 24_701),
    "sud-est": (3_236_467_691, 122_577, 26_404),
    "adda-martesana": (6_957_945_841, 273_982, 25_396),
}


def test_mean_taxable_income_2020(release: Store) -> None:
    frame = release.frame(
        "indicator_levels", indicators=["mean_taxable_income"], levels=["zone", "metro"]
    )
    rows = frame[frame["period"] == "2020"].set_index("territory")
    assert set(rows.index) == set(INCOME_2020)
    for territory, (euro, taxpayers, mean) in INCOME_2020.items():
        row = rows.loc[territory]
        assert (row["numerator"], row["denominator"]) == (euro, taxpayers)
        assert row["value"] == pytest.approx(euro / taxpayers)
        assert round(euro / taxpayers) == mean
        assert row["coverage"] == 1


def test_the_zones_of_2020_add_up_to_the_metropolitan_city() -> None:
    zones = {zone: figures for zone, figures in INCOME_2020.items() if zone != "cm-milano"}
    euro, taxpayers, _ = INCOME_2020["cm-milano"]
    assert sum(figures[0] for figures in zones.values()) == euro
    assert sum(figures[1] for figures in zones.values()) == taxpayers


def test_the_figures_that_ship_pass_every_error_audit(release: Store) -> None:
    assert release.manifest.failed == ()
    audits = release.frame("audits")
    assert not ((audits["severity"] == "error") & (audits["failures"] > 0)).any()
