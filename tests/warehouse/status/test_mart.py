"""The mart `status`: one row per indicator and territory, from figures to verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from tests.support.deployment import deploy
from tests.support.shared_release import SharedRelease
from tests.support.small_city import (
    ADDA,
    CERNUSCO,
    CINISELLO,
    COLOGNO,
    METRO,
    NORD,
    RESIDENTS,
    components,
    indicator,
    small_catalog,
    words,
)
from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.query.releases import Releases
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.small_city import Configure
    from warehouse.query.store import Store

Rows: TypeAlias = dict[tuple[str, str], dict[str, Any]]
SHARED = SharedRelease()
SHARE = indicator(
    "share", "ratio", unit="percent", multiplier=100, range=(0, 100), denominator="money.of"
)
LAW = {
    "flag": "legal_minimum",
    "kind": "at_least",
    "value": 15,
    "period": "2012",
    "scope": "every_municipality",
    "source": words("Legge"),
    "address": "https://www.normattiva.it",
    "grade": "A",
}
AIM = LAW | {"flag": "target", "period": "2030", "baseline": "2019", "value": 20}
REGION = AIM | {"scope": "region", "value": 30}
COUNTS = {2019: 100, 2020: 110, 2021: 125, 2022: 140, 2023: 150}


def money(place: str, counts: Mapping[int, float], size: int = 1000, status: str = "A") -> str:
    """Figures of a place: `counts` of `size` each year; the last one with its status."""
    last = max(counts)
    return "\n".join(
        f"money.{name} {place} {year} {value} {status if year == last else 'A'}"
        for year, count in counts.items()
        for name, value in (("paid", count), ("of", size))
    )


def statuses(store: Store, prefix: str = "") -> Rows:
    """Read the mart by indicator, whose name begins with `prefix`, and territory."""
    rows = store.rows("statuses", levels=["municipality", "zone", "metro"])
    return {
        (row["indicator"].removeprefix(prefix), row["territory"]): row
        for row in rows
        if row["indicator"].startswith(prefix)
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The release of all tests but that of a rebuild."""
    return SHARED.publish(read_config(deploy(tmp_path_factory.mktemp("shared"))))


@pytest.fixture
def rows(store: Store, request: pytest.FixtureRequest) -> Rows:
    """The mart of a test's indicators."""
    return statuses(store, SHARED.prefix(request.function.__name__))


@SHARED.case("\n".join(money(place, COUNTS) for place in (COLOGNO, CERNUSCO, CINISELLO)), SHARE)
def test_a_zone_is_judged_by_its_sums(rows: Rows) -> None:
    zone = rows["share", ADDA]
    assert (zone["direction"], zone["movement"], zone["rule"]) == ("better", "rising", "slope")
    assert (zone["first_value"], zone["last_value"], zone["change"]) == (10, 15, 5)
    # of the example with n = 1000: twice the cases, twice the chi-square
    assert zone["statistic"] == pytest.approx(2 * 15.64, abs=0.02)
    assert rows["share", COLOGNO]["statistic"] == pytest.approx(15.64, abs=0.01)
    assert (zone["reliability"], zone["numerator"]) == ("solid", 300)
    assert (zone["floor"], zone["floor_from"]) == (0.1, "decimal")  # no spread
    assert rows["share", METRO]["reason"] == "partial"  # two municipalities are missing
    assert rows["share", METRO]["direction"] == "none"


DIRECTIONS = {"lower": "worse", "higher": "better", "neither": "none"}


@SHARED.case(
    money(COLOGNO, COUNTS), *(SHARE | {"id": better, "better": better} for better in DIRECTIONS)
)
def test_rising_is_bad_where_falling_is_good(rows: Rows) -> None:
    for better, direction in DIRECTIONS.items():
        row = rows[better, COLOGNO]
        assert (row["direction"], row["movement"]) == (direction, "rising")


GROUNDS: list[tuple[dict[int, int], dict[str, Any], str, str | None]] = [
    (COUNTS, {"nominal": True}, "A", "nominal"),
    (COUNTS, {}, "P", "provisional"),
    (dict.fromkeys(COUNTS, 9), {}, "A", "small"),
    ({2022: 100, 2023: 150}, {}, "A", "pair"),
    (COUNTS, {"breaks": {"2023": words("Metodo")}}, "A", "single"),
    (COUNTS, {"breaks": {"2022": words("Metodo")}}, "A", "pair"),
    (COUNTS, {"breaks": {"2024": words("Metodo")}}, "A", None),
]
for number, (counts, more, status, _) in enumerate(GROUNDS):
    SHARED.add(f"grounds {number}", money(COLOGNO, counts, status=status), SHARE | more)


@pytest.mark.parametrize("number", range(len(GROUNDS)))
def test_no_verdict_without_its_grounds(store: Store, number: int) -> None:
    row = statuses(store, SHARED.prefix(f"grounds {number}"))["share", COLOGNO]
    reason = GROUNDS[number][3]
    assert row["reason"] == reason
    expected = "better" if reason is None else "small" if reason == "small" else "none"
    assert row["direction"] == expected
    assert (row["movement"] is None) == (reason is not None)


@SHARED.case(
    money(COLOGNO, COUNTS).replace("paid 015081 2021 125 A", "paid 015081 2021 900 P"), SHARE
)
def test_a_provisional_year_in_between_is_left_out(rows: Rows) -> None:
    row = rows["share", COLOGNO]
    assert (row["rule"], row["points"], row["direction"]) == ("steps", 4, "better")


@SHARED.case(
    "\n".join(
        money(place, {2023: count})
        for place, count in (("015077", 200), ("015081", 400), ("015251", 800))
    ),
    SHARE,
    SHARE | {"id": "other", "floor": 2.5},
)
def test_the_floor_is_a_tenth_of_the_spread_between_zones_unless_declared(rows: Rows) -> None:
    # 20, 40, 80: quartiles 30 and 60; a tenth of 30
    assert (rows["share", NORD]["floor"], rows["share", NORD]["floor_from"]) == (3, "spread")
    assert (rows["other", NORD]["floor"], rows["other", NORD]["floor_from"]) == (2.5, "declared")


@SHARED.case(money(COLOGNO, COUNTS), SHARE | {"targets": [LAW, AIM, REGION]})
def test_of_several_targets_the_aim_gives_the_sign_and_another_scope_none(
    rows: Rows, store: Store
) -> None:
    row = rows["share", COLOGNO]
    # from 10 in 2019 to 20 in 2030; 5 points in four years are 1.25 a year, planned 10 in eleven
    assert (row["target"], row["target_sign"]) == ("2", "on_track")
    assert row["pace"] == pytest.approx((5 / 4) / (10 / 11), abs=1e-3)
    assert row["needed"] == pytest.approx(5 / 7, abs=1e-3)
    standings = {
        r["target"]: r
        for r in store.rows("target_statuses")
        if (r["indicator"], r["territory"]) == (row["indicator"], COLOGNO)
    }
    assert (standings["1"]["sign"], standings["1"]["distance"]) == ("reached", 0)
    assert (standings["3"]["sign"], standings["3"]["reason"]) == (None, "scope")
    assert standings["3"]["distance"] == -15


def test_a_rebuild_copies_statuses_and_another_target_computes_them(config: Configure) -> None:
    settings, text = config(), components(RESIDENTS + money(COLOGNO, COUNTS))

    def built(*declared: dict[str, Any]) -> tuple[Rows, tuple[str, ...]]:
        publish(settings, build_draft(settings, small_catalog(*declared), text).release)
        opened = Releases(settings).open()
        return statuses(opened), opened.manifest.computed

    first, _ = built(SHARE | {"targets": [LAW]})
    other = indicator("other", "sum")
    second, computed = built(SHARE | {"targets": [LAW]}, other)
    assert computed == ("other",)
    assert second["share", COLOGNO] == first["share", COLOGNO]
    third, computed = built(SHARE | {"targets": [LAW | {"value": 16}]}, other)
    assert computed == ("share",)
    assert third["share", COLOGNO]["target_sign"] == "missed"
