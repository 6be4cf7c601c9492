"""How a zone's figure is made of its municipalities': each test has the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.support.deployment import deploy
from tests.support.shared_release import SharedRelease
from tests.support.small_city import (
    ADDA,
    CERNUSCO,
    CINISELLO,
    COLOGNO,
    MAGENTINO,
    METRO,
    NORD,
    RESIDENTS,
    SESTO,
    VERMEZZO_CON_ZELO,
    indicator,
    observed,
    store_of,
)
from warehouse.config import read_config

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.query.store import Store

Values: TypeAlias = dict[tuple[str, str], tuple[float, float, str]]
SHARED = SharedRelease()
PAID_2023 = """
    money.paid 015077 2023 600
    money.paid 015209 2023 200
    money.paid 015081 2023 100
    money.paid 015070 2023 90
    money.paid 015251 2023 10
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The release of the tests that need no other residents and settings."""
    return SHARED.publish(read_config(deploy(tmp_path_factory.mktemp("shared"))))


@pytest.fixture
def values(store: Store, request: pytest.FixtureRequest) -> Values:
    """Value, coverage and status of the indicator `x` of a test, by territory and period."""
    return observed(store, SHARED.prefix(request.function.__name__) + "x")


@SHARED.case(PAID_2023, indicator("x", "ratio"))
def test_a_zone_rate_is_the_ratio_of_sums_not_the_mean_of_rates(values: Values) -> None:
    assert values[CINISELLO, "2023"] == (10, 1, "A")  # 600 / 60
    assert values[SESTO, "2023"] == (5, 1, "A")  # 200 / 40
    assert values[NORD, "2023"] == (8, 1, "A")  # 800 / 100; the mean of rates would be 7.5
    assert values[METRO, "2023"] == (5, 1, "A")  # 1000 / 200


@SHARED.case(PAID_2023, indicator("x", "ratio", multiplier=100))
def test_the_multiplier_is_applied_once(values: Values) -> None:
    assert values[NORD, "2023"][0] == 800


def test_a_weighted_mean_uses_its_weight_and_a_municipality_needs_none(
    config: Configure,
) -> None:
    text = """
        population.residents 015077 2023 60
        population.residents 015209 2023 40
        money.paid 015077 2023 10
        money.paid 015209 2023 20
        money.paid 015081 2023 0.1
    """
    store = store_of(config(), text, indicator("mean", "weighted_mean"))
    values = observed(store, "mean")
    assert values[NORD, "2023"] == (14, 1, "E")  # (10 * 60 + 20 * 40) / 100
    assert values[COLOGNO, "2023"] == (0.1, 1, "A")  # itself, to the last digit
    assert (ADDA, "2023") not in values  # its residents are not known


def test_a_mean_is_exact_where_its_weight_is_what_the_rate_divides_by(config: Configure) -> None:
    text = """
        population.residents 015077 2023 60
        population.residents 015209 2023 40
        money.paid 015077 2023 10
        money.paid 015209 2023 20
    """
    declared = indicator("mean", "weighted_mean", exact=True)
    assert observed(store_of(config(), text, declared), "mean")[NORD, "2023"] == (14, 1, "A")


@SHARED.case(
    """
        money.paid cm-milano 2022 7
        money.paid cm-milano 2023 7
        money.paid 015077 2023 1
        money.paid 015209 2023 2
        money.paid 015081 2023 4
    """,
    indicator("x", "sum"),
)
def test_the_metropolitan_city_has_its_published_figure_only_without_a_sum(
    values: Values,
) -> None:
    assert values[METRO, "2022"] == (7, 1, "A")  # as published
    assert values[METRO, "2023"][0] == 7  # 1 + 2 + 4
    assert (NORD, "2022") not in values


@SHARED.case(
    """
        money.paid 015077 2022 600
        money.paid 015209 2022 400
        money.paid 015077 2023 660
    """,
    indicator("x", "sum"),
)
def test_a_change_is_compared_over_the_municipalities_in_both_periods(
    store: Store, request: pytest.FixtureRequest
) -> None:
    name = SHARED.prefix(request.function.__name__) + "x"
    rows = store.sql("from comparison where territory = 'nord-milano'").to_pylist()
    rows = [row for row in rows if row["indicator"] == name]
    assert [(r["before"], r["after"]) for r in rows] == [("2022", "2023")]
    assert (rows[0]["value_before"], rows[0]["value_after"]) == (600, 660)  # Cinisello alone
    assert (rows[0]["coverage_before"], rows[0]["coverage_after"]) == (1, 0.6)
    assert rows[0]["coverage_common"] == 0.6


def test_each_pair_of_periods_is_compared_over_its_own_municipalities(config: Configure) -> None:
    text = """
        money.paid 015077 2021 100
        money.paid 015209 2021 200
        money.paid 015077 2022 110
        money.paid 015081 2022 500
        money.paid 015209 2023 240
        money.paid 015081 2023 550
        money.paid 015077 2023 120
    """
    share = indicator("share", "ratio", align="latest")
    store = store_of(
        config(thresholds={"minimum_coverage": 0.1}),
        RESIDENTS.replace("2023", "2020") + text,
        indicator("total", "sum"),
        share,
    )
    rows = store.sql("from comparison where territory = 'cm-milano'").to_pylist()
    read = {(r["indicator"], r["before"], r["after"]): r for r in rows}
    first, both_ends, last = ("2021", "2022"), ("2021", "2023"), ("2022", "2023")
    totals = {pair: read["total", *pair] for pair in (first, both_ends, last)}
    assert {p: (r["value_before"], r["value_after"]) for p, r in totals.items()} == {
        first: (100, 110),  # Cinisello alone
        both_ends: (100 + 200, 120 + 240),  # and Sesto
        last: (110 + 500, 120 + 550),  # and Cologno
    }
    assert [totals[pair]["municipalities"] for pair in (first, both_ends, last)] == [1, 2, 2]
    assert read["share", *last]["value_after"] == (120 + 550) / (60 + 50)
    assert read["share", *both_ends]["coverage_common"] == (60 + 40) / 200


@SHARED.case("money.paid 015077 2023 600\n money.paid 015081 2023 100", indicator("x", "sum"))
def test_a_sum_adds_up_and_says_how_much_it_covers(values: Values) -> None:
    assert values[NORD, "2023"] == (600, 0.6, "A")  # Cinisello's 60 residents of 100
    assert values[ADDA, "2023"] == (100, 50 / 80, "A")
    assert values[METRO, "2023"] == (700, 110 / 200, "A")


@SHARED.case(PAID_2023, indicator("x", "none"))
def test_what_has_no_honest_sum_is_shown_for_municipalities_only(values: Values) -> None:
    assert {t for t, _ in values} == {
        CINISELLO, SESTO, COLOGNO, CERNUSCO, VERMEZZO_CON_ZELO,
    }  # fmt: skip


@SHARED.case("money.paid 015209 2023 200\n money.paid 015081 2023 100", indicator("x", "ratio"))
def test_below_the_least_coverage_a_zone_has_no_value(values: Values) -> None:
    assert (NORD, "2023") not in values  # 40 of 100 residents
    assert values[ADDA, "2023"] == (2, 50 / 80, "A")  # 100 / 50, Cernusco missing
    assert (METRO, "2023") not in values  # 90 of 200
    assert CERNUSCO not in {t for t, _ in values}  # missing is not zero


def test_the_least_coverage_is_a_setting(config: Configure) -> None:
    text = RESIDENTS + "money.paid 015209 2023 200"
    lenient = config(thresholds={"minimum_coverage": 0.4})
    values = observed(store_of(lenient, text, indicator("per_head", "ratio")), "per_head")
    assert values[NORD, "2023"] == (5, 0.4, "A")


@SHARED.case("money.paid 015077 2023 600\n money.paid 015209 2023 - Q", indicator("x", "ratio"))
def test_suppressed_at_the_source_is_a_row_without_value_and_out_of_both_sums(
    values: Values,
) -> None:
    value, coverage, status = values[SESTO, "2023"]
    assert (value != value, coverage, status) == (True, 0, "Q")  # noqa: PLR0124  # NaN
    assert values[NORD, "2023"] == (10, 0.6, "A")  # 600 / 60, not 600 / 100


def test_nearest_takes_the_closer_period_and_says_estimated(config: Configure) -> None:
    text = """
        population.residents 015077 2020 10
        population.residents 015077 2023 60
        money.paid 015077 2021 100
        money.paid 015077 2022 120
        money.paid 015077 2023 240
    """
    nearest = indicator("n", "ratio", align="nearest")
    values = observed(store_of(config(), text, nearest), "n")
    assert values[CINISELLO, "2021"] == (10, 1, "E")  # 100 / 10 of 2020
    assert values[CINISELLO, "2022"] == (2, 1, "E")  # 120 / 60 of 2023
    assert values[CINISELLO, "2023"] == (4, 1, "A")


def test_latest_never_looks_ahead_and_holds_until_the_next_figure(
    config: Configure,
) -> None:
    text = """
        population.residents 015077 2022 10
        population.residents 015077 2023 60
        money.paid 015077 2021-12 100
        money.paid 015077 2022-11 100
        money.paid 015077 2023-07 120
    """
    values = observed(store_of(config(), text, indicator("l", "ratio", align="latest")), "l")
    assert (CINISELLO, "2021-12") not in values
    assert values[CINISELLO, "2022-11"] == (10, 1, "A")  # 100 / 10 of 2022
    assert values[CINISELLO, "2023-07"] == (2, 1, "A")  # 120 / 60


@SHARED.case("money.paid 015077 2022 600", indicator("x", "ratio"))
def test_same_does_not_borrow_from_another_period(values: Values) -> None:
    assert values == {}


@SHARED.case(
    """
        money.paid 015077 2019 6 A
        money.paid 015209 2019 2 A
        money.paid 015077 2020 6 A
        money.paid 015209 2020 2 E
        money.paid 015077 2021 6 E
        money.paid 015209 2021 2 P
        money.paid 015077 2022 6 P
        money.paid 015209 2022 2 A
    """,
    indicator("x", "sum"),
)
def test_a_zone_is_as_provisional_as_its_least_settled_part(values: Values) -> None:
    statuses = [values[NORD, period][2] for period in ("2019", "2020", "2021", "2022")]
    assert statuses == ["A", "E", "P", "P"]


@SHARED.case(PAID_2023.replace(" 2023 ", " 2016 "), indicator("x", "sum"))
def test_cologno_is_counted_in_its_present_zone_before_2017_too(values: Values) -> None:
    assert values[NORD, "2016"] == (800, 1, "A")  # 600 + 200, without Cologno's 100
    assert values[ADDA, "2016"] == (190, 1, "A")  # 100 + 90


@SHARED.case("money.paid 015251 2017 12", indicator("x", "sum"))
def test_vermezzo_con_zelo_stands_for_its_predecessors(values: Values) -> None:
    assert values[MAGENTINO, "2017"] == (12, 1, "A")


def test_nothing_divided_by_nothing_gives_a_missing_value(config: Configure) -> None:
    text = "population.residents 015077 2023 0\n money.paid 015077 2023 0"
    values = observed(store_of(config(), text, indicator("per_head", "ratio")), "per_head")
    assert values[CINISELLO, "2023"][0] != values[CINISELLO, "2023"][0]


def test_coverage_rests_on_the_last_final_year_that_is_as_full(config: Configure) -> None:
    later = RESIDENTS.replace(" 2023 ", " 2024 ").replace(" 60", " 90 P")
    text = RESIDENTS + later + "money.paid 015077 2023 600"
    store = store_of(config(), text, indicator("total", "sum"))
    # Cinisello: 60 of 100 in 2023; 90 of 130 by the provisional figures of 2024
    assert observed(store, "total")[NORD, "2023"] == (600, 0.6, "A")


def test_a_provisional_stock_does_not_replace_a_final_one(config: Configure) -> None:
    text = """
        population.residents 015077 2023 60
        population.residents 015077 2024 90 P
        population.residents 015209 2024 40 P
        money.paid 015077 2024-06 600
        money.paid 015209 2024-06 200
    """
    declared = indicator("per_head", "ratio", align="latest")
    values = observed(store_of(config(), text, declared), "per_head")
    assert values[CINISELLO, "2024-06"] == (10, 1, "A")  # 600 / 60, the last final figure
    assert values[SESTO, "2024-06"] == (5, 1, "P")  # 200 / 40: it has no other
