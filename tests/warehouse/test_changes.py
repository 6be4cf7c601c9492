"""What a draft changes is reported by its kind; what is out of line, with what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyarrow.parquet as pq
import pytest

from tests.support.deployment import deploy
from tests.support.shared_release import SharedPair
from tests.support.small_city import (
    ADDA,
    CINISELLO,
    COLOGNO,
    METRO,
    NORD,
    RESIDENTS,
    build,
    components,
    indicator,
    small_catalog,
    words,
)
from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.build.draft import Draft
    from warehouse.declarations.loader import Catalog

Kinds: TypeAlias = dict[tuple[str, str], str]
Anomalies: TypeAlias = dict[tuple[str, str], tuple[float, float, float, str]]
SHARED = SharedPair()
TOTAL = indicator("total", "sum")
SECOND = indicator("other", "sum")
PAID = """
    money.paid 015077 2023 600
    money.paid 015209 2023 200
    money.paid 015081 2023 100
    money.paid 015070 2023 90
"""


def kinds_of(draft: Draft, name: str = "total") -> Kinds:
    """Return the kind of change by territory and period."""
    rows = draft.changes[draft.changes["indicator"] == name]
    return {(t, p): k for t, p, k in rows[["territory", "period", "kind"]].itertuples(index=False)}


def anomalies_of(draft: Draft, name: str) -> Anomalies:
    """Return value, expected range and reason by territory and period."""
    rows = pq.read_table(draft.path / "anomaly.parquet").to_pylist()
    return {
        (r["territory"], r["period"]): (
            r["value"],
            r["expected_low"],
            r["expected_high"],
            r["reason"],
        )
        for r in rows
        if r["indicator"] == name
    }


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A draft with the cases of the tests, after a release with what they had before."""
    settings = read_config(deploy(tmp_path_factory.mktemp("changes")))
    publish(settings, SHARED.before.build(settings).release)
    return SHARED.after.build(settings)


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> str:
    """What the names of a test's indicators begin with."""
    return SHARED.before.prefix(request.function.__name__)


@pytest.fixture
def kinds(draft: Draft, prefix: str) -> Kinds:
    """The changes of a test's total."""
    return kinds_of(draft, f"{prefix}total")


@pytest.fixture
def anomalies(draft: Draft, prefix: str) -> Anomalies:
    """The anomalies of a test's total."""
    return anomalies_of(draft, f"{prefix}total")


def _history(values: list[int], first: int = 2015) -> str:
    """Say what Cinisello paid in each year."""
    years = enumerate(values, start=first)
    return "".join(f"\n money.paid 015077 {year} {value}" for year, value in years) + "\n"


@SHARED.case(PAID, PAID, TOTAL, SECOND, multiplier=10)
def test_another_formula_is_not_a_revision_of_the_source(
    kinds: Kinds, draft: Draft, prefix: str
) -> None:
    assert set(kinds.values()) == {"method"}
    assert kinds_of(draft, f"{prefix}other") == {}


@SHARED.case(PAID, PAID + "money.paid 015077 2024 6", TOTAL, multiplier=10)
def test_a_period_that_is_new_under_another_formula_is_a_new_period(kinds: Kinds) -> None:
    assert kinds[CINISELLO, "2024"] == "new_period"
    assert kinds[CINISELLO, "2023"] == "method"


@SHARED.case(
    PAID + PAID.replace("2023", "2022"),
    PAID + PAID.replace("2023", "2022"),
    TOTAL,
    SECOND,
    breaks={"2023": words("Nuovo metodo")},
)
def test_a_break_that_is_declared_later_is_a_change_of_method(kinds: Kinds) -> None:
    assert set(kinds.values()) == {"method"}
    assert {period for _, period in kinds} == {"2023"}


def test_a_municipality_that_moves_to_another_zone_is_a_change_of_boundary(
    config: Configure,
) -> None:
    settings = config()
    publish(settings, build(settings, RESIDENTS + PAID, TOTAL).release)
    draft = build_draft(settings, _cologno_in_nord(), components(RESIDENTS + PAID))
    assert kinds_of(draft) == {(NORD, "2023"): "boundary", (ADDA, "2023"): "boundary"}
    assert (METRO, "2023") not in kinds_of(draft)


STEADY = _history([100, 103, 105, 109, 111])


@SHARED.case(STEADY, STEADY + "money.paid 015077 2020 115", TOTAL)
def test_a_value_in_line_with_its_own_history_is_not_reported(anomalies: Anomalies) -> None:
    assert anomalies == {}


@SHARED.case(STEADY, STEADY + "money.paid 015077 2020 150", TOTAL)
def test_a_value_out_of_line_with_its_own_history_is_reported(anomalies: Anomalies) -> None:
    # past steps 3, 2, 4, 2: median 2.5, deviations 0.5, 0.5, 1.5, 0.5: median 0.5;
    # 6 × 1.4826 × 0.5 = 4.4478, but 5 per cent of 111 is more: 5.55
    value, low, high, reason = anomalies[CINISELLO, "2020"]
    assert (value, reason) == (150, "jump")
    assert (round(low, 2), round(high, 2)) == (107.95, 119.05)


@SHARED.case(_history([1, 2, 3, 4, 90, 5]), _history([1, 2, 3, 4, 90, 700]), TOTAL)
def test_a_revised_value_out_of_line_is_reported_and_an_old_one_is_not(
    anomalies: Anomalies,
) -> None:
    assert set(anomalies) == {(CINISELLO, "2020"), (NORD, "2020")}


@SHARED.case(_history([100, 101, 102]), _history([100, 101, 102, 900]), TOTAL)
def test_a_short_history_tells_nothing(anomalies: Anomalies) -> None:
    assert anomalies == {}


@SHARED.case(
    _history([100, 101, 102, 103, 104]),
    _history([100, 101, 102, 103, 104, 900]),
    TOTAL | {"breaks": {"2020": words("Nuovo metodo")}},
)
def test_a_declared_break_tells_nothing(anomalies: Anomalies) -> None:
    assert anomalies == {}


@SHARED.case(_history([10]), _history([10, 60]), TOTAL | {"plausible": (0, 50)})
def test_an_unlikely_new_value_is_reported_with_what_is_declared(anomalies: Anomalies) -> None:
    assert anomalies[CINISELLO, "2016"] == (60, 0, 50, "plausible")


def _cologno_in_nord() -> Catalog:
    catalog = small_catalog(TOTAL)
    memberships = tuple(
        m.model_copy(update={"zone": NORD}) if m.municipality == COLOGNO else m
        for m in catalog.memberships
    )
    moved = {COLOGNO: catalog.territories[COLOGNO].model_copy(update={"parent": NORD})}
    territories = {**catalog.territories, **moved}
    return catalog.model_copy(update={"memberships": memberships, "territories": territories})
