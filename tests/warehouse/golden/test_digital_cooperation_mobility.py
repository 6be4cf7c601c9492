"""Figures of the shipped release checked by hand on the providers' files, with the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from warehouse.query.store import Store

METRO = "cm-milano"


def value(release: Store, indicator: str, period: str, territory: str = METRO) -> float:
    rows = release.frame("series", indicators=[indicator], territories=[territory])
    (result,) = rows.loc[rows["period"] == period, "value"]
    return float(result)


@pytest.mark.parametrize(
    ("indicator", "period", "territory", "expected"),
    [
        # 84,250,976 € granted ÷ 3,245,459 residents on 1 January 2024
        ("padigitale_funding_per_inhabitant", "2026-08", METRO, 84_250_976 / 3_245_459),
        # Milano: 27,969,435 € ÷ 1,371,499 residents
        ("padigitale_funding_per_inhabitant", "2026-08", "milano", 27_969_435 / 1_371_499),
        # 4, 51, 105, 124, 133 municipalities of 133
        ("anpr_municipalities", "2017", METRO, 100 * 4 / 133),
        ("anpr_municipalities", "2020", METRO, 100 * 124 / 133),
        ("anpr_municipalities", "2021", METRO, 100.0),
        # the recovery plan's own money: 738,623,434.96 € paid of 2,052,704,213.68 € funded
        ("pnrr_payment_rate", "2025-03-31", METRO, 100 * 738_623_434.96 / 2_052_704_213.68),
        ("pnrr_payment_rate", "2024-12-13", METRO, 100 * 630_162_611.59 / 2_039_599_932.62),
        ("pnrr_payment_rate", "2025-03-31", "milano", 100 * 526_412_821.05 / 1_624_511_932.40),
        # small municipalities on 1 January 2024: 103,247 of 3,245,459 residents
        ("small_municipalities_population", "2024", METRO, 100 * 103_247 / 3_245_459),
        # 650,021 work elsewhere of 650,021 + 503,253 who commute
        ("work_outside_municipality", "2021", METRO, 100 * 650_021 / 1_153_274),
        # 842,746 come in - 650,021 go out
        ("net_commuting_balance", "2021", METRO, 100 * (842_746 - 650_021) / 1_153_274),
        # Milano alone, as the source gives it
        ("public_transport_commuting", "2011", "milano", 36.8),
        ("car_commuting", "2011", "milano", 37.0),
    ],
)
def test_golden_figure(
    release: Store, indicator: str, period: str, territory: str, expected: float
) -> None:
    assert value(release, indicator, period, territory) == pytest.approx(expected, rel=1e-9)


def test_rounded_as_a_reader_sees_them(release: Store) -> None:
    assert round(value(release, "padigitale_funding_per_inhabitant", "2026-08"), 2) == 25.96
    assert round(value(release, "pnrr_payment_rate", "2025-03-31"), 1) == 36.0
    assert round(value(release, "work_outside_municipality", "2021"), 1) == 56.4
    assert round(value(release, "net_commuting_balance", "2021"), 1) == 16.7


def test_all_sources_of_funded_works_are_another_rate_than_the_plan_s_own(release: Store) -> None:
    totals = release.frame("funded_totals").iloc[0]
    # The 2,062 works in one municipality whose payments are reported, each CUP once, at the last of
    # the two extractions that has it: 822,784,262.00 € paid of 2,746,040,864.88 €: 30.0 %.
    assert totals["single_paid"] == pytest.approx(822_784_262.00, abs=1)
    assert totals["single_paid_of"] == pytest.approx(2_746_040_864.88, abs=1)
    assert round(100 * totals["single_paid"] / totals["single_paid_of"], 1) == 30.0


def test_work_outside_the_municipality_has_no_figure_of_2011(release: Store) -> None:
    """The Urban Index divides by all employed people, so 100 - d6 is not a share of commuters.

    Milano's 32.0 % would be some 175,000 people, while all who left it in 2011, students
    included, were 89,746 of 650,079.
    """
    rows = release.frame(
        "series", indicators=["work_outside_municipality"], territories=["015146", "cm-milano"]
    ).set_index("territory")
    assert list(rows["period"]) == ["2021", "2021"]
    assert rows.loc["015146", "value"] == pytest.approx(100 * 98_017 / 460_522)  # 21.28
    assert rows.loc["cm-milano", "value"] == pytest.approx(56.4, abs=0.05)


def test_merged_municipalities_have_no_rate_of_2011_since_rates_cannot_be_summed(
    release: Store,
) -> None:
    rows = release.frame(
        "series", indicators=["public_transport_commuting"], territories=["015251"]
    )
    assert rows.empty
