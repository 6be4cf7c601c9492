"""What differs between two releases: its kind, and how far it is from the usual variation."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.support.deployment import deploy
from tests.support.shared_release import SharedPair
from tests.support.small_city import (
    CERNUSCO,
    CINISELLO,
    COLOGNO,
    METRO,
    NORD,
    SESTO,
    indicator,
    words,
)
from warehouse.config import read_config
from warehouse.query.between import MovedValue, differences
from warehouse.query.releases import Releases
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from warehouse.query.store import Store

Moved: TypeAlias = dict[str, MovedValue]
SHARED = SharedPair()
SUM = indicator("paid", "sum")
PAID = [10.0, 12.0, 11.0, 14.0]  # steps of 2, 1 and 3: 2 on average
LONG = [*PAID, 15.0]  # two steps apart: 1, 2, 4


def _paid(values: list[float], place: str = CINISELLO, first: int = 2018) -> str:
    return "\n".join(f"money.paid {place} {first + n} {value}" for n, value in enumerate(values))


EVERYWHERE = "\n".join(_paid(PAID, place) for place in (CINISELLO, SESTO, COLOGNO, CERNUSCO))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """The two releases of all cases."""
    settings = read_config(deploy(tmp_path_factory.mktemp("between")))
    releases = Releases(settings)
    opened = []
    for cases in (SHARED.before, SHARED.after):
        draft = cases.build(settings)
        publish(settings, draft.release, {a.audit: "a test" for a in draft.manifest.failed})
        opened.append(releases.open())
    return opened[0], opened[1]


@pytest.fixture(scope="module")
def values(stores: tuple[Store, Store]) -> tuple[MovedValue, ...]:
    """What differs between them."""
    return differences(*stores).values


@pytest.fixture
def moved(values: tuple[MovedValue, ...], request: pytest.FixtureRequest) -> Moved:
    """What differs in the case of a test, by territory and in the order of the report."""
    name = SHARED.before.prefix(request.function.__name__) + "paid"
    return {value.territory: value for value in values if value.indicator == name}


def test_a_release_differs_in_nothing_from_itself(stores: tuple[Store, Store]) -> None:
    before, after = stores
    assert differences(before, before).values == ()
    assert differences(after, after).values == ()


@SHARED.case(_paid(PAID), _paid([*PAID, 20.0]), SUM)
def test_a_new_period_is_measured_by_the_steps_before_it(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.period_before, value.period_after) == ("new_period", "2021", "2022")
    assert (value.before, value.after, value.steps) == (14, 20, 1)
    assert value.usual == pytest.approx(2)
    assert value.ratio == pytest.approx(3)  # (20 - 14) / 2


@SHARED.case(_paid(LONG), _paid([*LONG, 16.0, 22.0]), SUM)
def test_two_new_periods_are_measured_by_two_steps(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.steps, value.pairs, value.cells) == (2, 3, 2)
    assert value.usual == pytest.approx(7 / 3)
    assert value.ratio == pytest.approx(3)  # (22 - 15) / (7 / 3)


@SHARED.case(_paid(PAID), _paid([*PAID, 16.0, 22.0]), SUM)
def test_with_few_pairs_the_usual_change_is_that_of_a_step_times_the_steps(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.steps, value.pairs) == (2, 2)
    assert value.usual == pytest.approx(4)
    assert value.ratio == pytest.approx(2)  # (22 - 14) / 4


@SHARED.case(_paid(PAID[:3]), _paid(PAID), SUM)
def test_a_short_series_has_no_usual_change(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.usual, value.ratio) == (None, None)
    assert value.after == 14


@SHARED.case(_paid([7.0] * 4), _paid([7.0] * 4 + [8.0]), SUM)
def test_a_series_that_never_moved_is_measured_by_its_last_decimal(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert value.usual == 0
    assert value.ratio == pytest.approx(1 / 0.05)  # one decimal is printed


@SHARED.case(_paid(PAID), _paid([10.5, 12.0, 15.0, 14.0]), SUM)
def test_a_revision_is_the_value_that_differs_most(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.period_before, value.period_after) == ("revised", "2020", "2020")
    assert (value.before, value.after, value.revised) == (11, 15, 2)
    assert value.ratio == pytest.approx(2)  # 4 / 2


@SHARED.case(_paid(PAID), _paid([10.5, *PAID[1:], 20.0]), SUM)
def test_a_new_period_with_revisions_counts_both(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.cells, value.revised) == ("new_period", 2, 1)


@SHARED.case(_paid(PAID), _paid(PAID[:3]), SUM)
def test_a_value_that_is_withdrawn_has_nothing_after_it(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.period_after, value.before) == ("dropped", "2021", 14)
    assert value.after is None
    assert value.ratio is None


@SHARED.case(_paid([10.0]) + "\n" + _paid([11.0, 14.0], first=2020), _paid(PAID), SUM)
def test_a_period_that_is_filled_in_later_is_a_revision(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.period_after, value.before, value.after) == (
        "revised", "2019", None, 12,
    )  # fmt: skip


@SHARED.case("money.paid 015077 2021 14 P", "money.paid 015077 2021 14", SUM)
def test_another_status_of_the_same_value_is_a_change(moved: Moved) -> None:
    assert moved[CINISELLO].kind == "status"


@SHARED.case(_paid(PAID), _paid(PAID) + "\n" + _paid(PAID, SESTO), SUM)
def test_a_new_series_has_nothing_before_it(moved: Moved) -> None:
    value = moved[SESTO]
    assert (value.kind, value.before, value.after, value.cells) == ("new_period", None, 14, 4)


@SHARED.case(_paid(PAID), _paid(PAID), SUM, multiplier=2)
def test_another_formula_makes_values_incomparable(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.before, value.after, value.ratio) == ("method", 14, 28, None)


@SHARED.case(_paid(PAID), _paid(PAID), SUM, breaks={"2020": words("Altro metodo")})
def test_a_break_makes_values_incomparable_even_if_none_differs(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.cells, value.ratio) == ("method", 0, None)


@SHARED.case(_paid(PAID), _paid([*PAID, 90.0]), SUM, breaks={"2022": words("Altro metodo")})
def test_steps_across_a_break_are_not_usual(moved: Moved) -> None:
    value = moved[CINISELLO]
    assert (value.kind, value.before, value.after) == ("method", 14, 90)


@SHARED.case(
    EVERYWHERE, EVERYWHERE + f"\nmoney.paid {CINISELLO} 2022 20\nmoney.paid {SESTO} 2022 20", SUM
)
def test_zones_and_the_city_move_with_their_municipalities(moved: Moved) -> None:
    assert (moved[NORD].before, moved[NORD].after) == (28, 40)
    assert METRO in moved
    assert COLOGNO not in moved


@SHARED.case(
    _paid(PAID) + "\n" + _paid(PAID, COLOGNO),
    _paid([*PAID, 15.0]) + "\n" + _paid([*PAID, 30.0], COLOGNO),
    SUM,
)
def test_the_farthest_from_its_usual_change_comes_first(moved: Moved) -> None:
    order = list(moved)
    assert order.index(COLOGNO) < order.index(CINISELLO)
