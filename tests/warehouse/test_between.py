"""What differs between two releases: its kind, and how far it is from the usual variation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.small_city import (
    CERNUSCO,
    CINISELLO,
    COLOGNO,
    METRO,
    NORD,
    RESIDENTS,
    SESTO,
    build,
    indicator,
    words,
)
from warehouse.query.between import MovedValue, differences
from warehouse.query.releases import Releases
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.query.store import Store

PAID = [10.0, 12.0, 11.0, 14.0]  # steps of 2, 1 and 3: 2 on average
YEARS = range(2018, 2022)


def _paid(values: list[float], place: str = CINISELLO, first: int = 2018) -> str:
    return "\n".join(f"money.paid {place} {first + n} {value}" for n, value in enumerate(values))


def _two(config: Configure, before: str, after: str, **changed: object) -> tuple[Store, Store]:
    """Publish two releases of one sum; `changed` is declared otherwise in the second."""
    settings = config()
    releases = Releases(settings)
    stores = []
    for text, more in ((before, {}), (after, changed)):
        draft = build(settings, RESIDENTS + text, indicator("paid", "sum", **more))
        publish(settings, draft.release, {a.audit: "a test" for a in draft.manifest.failed})
        stores.append(releases.open())
    return stores[0], stores[1]


def _moved(stores: tuple[Store, Store]) -> dict[str, MovedValue]:
    return {moved.territory: moved for moved in differences(*stores).values}


def test_a_release_differs_in_nothing_from_itself(config: Configure) -> None:
    before, after = _two(config, _paid(PAID), _paid([*PAID, 20.0]))
    assert differences(before, before).values == ()
    assert differences(after, after).values == ()


def test_a_new_period_is_measured_by_the_steps_before_it(config: Configure) -> None:
    moved = _moved(_two(config, _paid(PAID), _paid([*PAID, 20.0])))[CINISELLO]
    assert (moved.kind, moved.period_before, moved.period_after) == ("new_period", "2021", "2022")
    assert (moved.before, moved.after, moved.steps) == (14, 20, 1)
    assert moved.usual == pytest.approx(2)
    assert moved.ratio == pytest.approx(3)  # (20 - 14) / 2


def test_two_new_periods_are_measured_by_two_steps(config: Configure) -> None:
    long = [*PAID, 15.0]  # two steps apart: 1, 2, 4
    moved = _moved(_two(config, _paid(long), _paid([*long, 16.0, 22.0])))[CINISELLO]
    assert (moved.steps, moved.pairs, moved.cells) == (2, 3, 2)
    assert moved.usual == pytest.approx(7 / 3)
    assert moved.ratio == pytest.approx(3)  # (22 - 15) / (7 / 3)


def test_with_few_pairs_the_usual_change_is_that_of_a_step_times_the_steps(
    config: Configure,
) -> None:
    moved = _moved(_two(config, _paid(PAID), _paid([*PAID, 16.0, 22.0])))[CINISELLO]
    assert (moved.steps, moved.pairs) == (2, 2)
    assert moved.usual == pytest.approx(4)
    assert moved.ratio == pytest.approx(2)  # (22 - 14) / 4


def test_a_short_series_has_no_usual_change(config: Configure) -> None:
    moved = _moved(_two(config, _paid(PAID[:3]), _paid(PAID)))[CINISELLO]
    assert (moved.usual, moved.ratio) == (None, None)
    assert moved.after == 14


def test_a_series_that_never_moved_is_measured_by_its_last_decimal(config: Configure) -> None:
    moved = _moved(_two(config, _paid([7.0] * 4), _paid([7.0] * 4 + [8.0])))[CINISELLO]
    assert moved.usual == 0
    assert moved.ratio == pytest.approx(1 / 0.05)  # one decimal is printed


def test_a_revision_is_the_value_that_differs_most(config: Configure) -> None:
    moved = _moved(_two(config, _paid(PAID), _paid([10.5, 12.0, 15.0, 14.0])))[CINISELLO]
    assert (moved.kind, moved.period_before, moved.period_after) == ("revised", "2020", "2020")
    assert (moved.before, moved.after, moved.revised) == (11, 15, 2)
    assert moved.ratio == pytest.approx(2)  # 4 / 2


def test_a_new_period_with_revisions_counts_both(config: Configure) -> None:
    moved = _moved(_two(config, _paid(PAID), _paid([10.5, *PAID[1:], 20.0])))[CINISELLO]
    assert (moved.kind, moved.cells, moved.revised) == ("new_period", 2, 1)


def test_a_value_that_is_withdrawn_has_nothing_after_it(config: Configure) -> None:
    moved = _moved(_two(config, _paid(PAID), _paid(PAID[:3])))[CINISELLO]
    assert (moved.kind, moved.period_after, moved.before) == ("dropped", "2021", 14)
    assert moved.after is None
    assert moved.ratio is None


def test_a_period_that_is_filled_in_later_is_a_revision(config: Configure) -> None:
    before = _paid([10.0], first=2018) + "\n" + _paid([11.0, 14.0], first=2020)
    moved = _moved(_two(config, before, _paid(PAID)))[CINISELLO]
    assert (moved.kind, moved.period_after, moved.before, moved.after) == (
        "revised", "2019", None, 12,
    )  # fmt: skip


def test_another_status_of_the_same_value_is_a_change(config: Configure) -> None:
    stores = _two(config, "money.paid 015077 2021 14 P", "money.paid 015077 2021 14")
    assert _moved(stores)[CINISELLO].kind == "status"


def test_a_new_series_has_nothing_before_it(config: Configure) -> None:
    added = _paid(PAID) + "\n" + _paid(PAID, SESTO)
    moved = _moved(_two(config, _paid(PAID), added))[SESTO]
    assert (moved.kind, moved.before, moved.after, moved.cells) == ("new_period", None, 14, 4)


def test_another_formula_makes_values_incomparable(config: Configure) -> None:
    moved = _moved(_two(config, _paid(PAID), _paid(PAID), multiplier=2))[CINISELLO]
    assert (moved.kind, moved.before, moved.after, moved.ratio) == ("method", 14, 28, None)


def test_a_break_makes_values_incomparable_even_if_none_differs(config: Configure) -> None:
    breaks = {"2020": words("Altro metodo")}
    moved = _moved(_two(config, _paid(PAID), _paid(PAID), breaks=breaks))[CINISELLO]
    assert (moved.kind, moved.cells, moved.ratio) == ("method", 0, None)


def test_steps_across_a_break_are_not_usual(config: Configure) -> None:
    breaks = {"2022": words("Altro metodo")}
    moved = _moved(_two(config, _paid(PAID), _paid([*PAID, 90.0]), breaks=breaks))[CINISELLO]
    assert (moved.kind, moved.before, moved.after) == ("method", 14, 90)


def test_zones_and_the_city_move_with_their_municipalities(config: Configure) -> None:
    before = "\n".join(_paid(PAID, place) for place in (CINISELLO, SESTO, COLOGNO, CERNUSCO))
    after = before + f"\nmoney.paid {CINISELLO} 2022 20\nmoney.paid {SESTO} 2022 20"
    moved = _moved(_two(config, before, after))
    assert (moved[NORD].before, moved[NORD].after) == (28, 40)
    assert METRO in moved
    assert COLOGNO not in moved


def test_the_farthest_from_its_usual_change_comes_first(config: Configure) -> None:
    before = _paid(PAID) + "\n" + _paid(PAID, COLOGNO)
    after = _paid([*PAID, 15.0]) + "\n" + _paid([*PAID, 30.0], COLOGNO)
    order = [moved.territory for moved in differences(*_two(config, before, after)).values]
    assert order.index(COLOGNO) < order.index(CINISELLO)
