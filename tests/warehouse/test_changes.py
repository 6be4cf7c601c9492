"""What a draft changes is reported by its kind; what is out of line, with what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

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
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.build.draft import Draft
    from warehouse.declarations.loader import Catalog

TOTAL = indicator("total", "sum")
SECOND = indicator("other", "sum")
PAID = """
    money.paid 015077 2023 600
    money.paid 015209 2023 200
    money.paid 015081 2023 100
    money.paid 015070 2023 90
"""


def kinds(draft: Draft, name: str = "total") -> dict[tuple[str, str], str]:
    """Return the kind of change by territory and period."""
    rows = draft.changes[draft.changes["indicator"] == name]
    return {(t, p): k for t, p, k in rows[["territory", "period", "kind"]].itertuples(index=False)}


def test_another_formula_is_not_a_revision_of_the_source(config: Configure) -> None:
    settings = config()
    publish(settings, build(settings, RESIDENTS + PAID, TOTAL, SECOND).release)
    draft = build(settings, RESIDENTS + PAID, TOTAL | {"multiplier": 10}, SECOND)
    assert set(kinds(draft).values()) == {"method"}
    assert kinds(draft, "other") == {}


def test_a_period_that_is_new_under_another_formula_is_a_new_period(config: Configure) -> None:
    settings = config()
    publish(settings, build(settings, RESIDENTS + PAID, TOTAL).release)
    text = RESIDENTS + PAID + "money.paid 015077 2024 6"
    draft = build(settings, text, TOTAL | {"multiplier": 10})
    assert kinds(draft)[CINISELLO, "2024"] == "new_period"
    assert kinds(draft)[CINISELLO, "2023"] == "method"


def test_a_break_that_is_declared_later_is_a_change_of_method(config: Configure) -> None:
    settings = config()
    text = RESIDENTS + PAID + PAID.replace("2023", "2022")
    publish(settings, build(settings, text, TOTAL, SECOND).release)
    draft = build(settings, text, TOTAL | {"breaks": {"2023": words("Nuovo metodo")}}, SECOND)
    assert set(kinds(draft).values()) == {"method"}
    assert {period for _, period in kinds(draft)} == {"2023"}


def test_a_municipality_that_moves_to_another_zone_is_a_change_of_boundary(
    config: Configure,
) -> None:
    settings = config()
    publish(settings, build(settings, RESIDENTS + PAID, TOTAL).release)
    draft = build_draft(settings, _cologno_in_nord(), components(RESIDENTS + PAID))
    assert kinds(draft) == {(NORD, "2023"): "boundary", (ADDA, "2023"): "boundary"}
    assert (METRO, "2023") not in kinds(draft)


def test_a_value_out_of_line_with_its_own_history_is_reported(config: Configure) -> None:
    settings = config()
    steady = _history([100, 103, 105, 109, 111])
    publish(settings, build(settings, RESIDENTS + steady, TOTAL).release)
    calm = build(settings, RESIDENTS + steady + "money.paid 015077 2020 115", TOTAL)
    assert anomalies(calm) == {}
    jump = build(settings, RESIDENTS + steady + "money.paid 015077 2020 150", TOTAL)
    # past steps 3, 2, 4, 2: median 2.5, deviations 0.5, 0.5, 1.5, 0.5: median 0.5;
    # 6 × 1.4826 × 0.5 = 4.4478, but 5 per cent of 111 is more: 5.55
    value, low, high, reason = anomalies(jump)[CINISELLO, "2020"]
    assert (value, reason) == (150, "jump")
    assert (round(low, 2), round(high, 2)) == (107.95, 119.05)


def test_a_revised_value_out_of_line_is_reported_and_an_old_one_is_not(
    config: Configure,
) -> None:
    settings = config()
    publish(settings, build(settings, RESIDENTS + _history([1, 2, 3, 4, 90, 5]), TOTAL).release)
    draft = build(settings, RESIDENTS + _history([1, 2, 3, 4, 90, 700]), TOTAL)
    assert set(anomalies(draft)) == {(CINISELLO, "2020"), (NORD, "2020")}


def test_a_short_history_or_a_declared_break_tells_nothing(config: Configure) -> None:
    settings = config()
    short = _history([100, 101, 102])
    publish(settings, build(settings, RESIDENTS + short, TOTAL).release)
    assert anomalies(build(settings, RESIDENTS + short + _history([900], 2018), TOTAL)) == {}
    long = RESIDENTS + _history([100, 101, 102, 103, 104])
    broken = TOTAL | {"breaks": {"2020": words("Nuovo metodo")}}
    publish(settings, build(settings, long, broken).release)
    assert anomalies(build(settings, long + "money.paid 015077 2020 900", broken)) == {}


def test_an_unlikely_new_value_is_reported_with_what_is_declared(config: Configure) -> None:
    settings = config()
    total = TOTAL | {"plausible": (0, 50)}
    publish(settings, build(settings, RESIDENTS + _history([10]), total).release)
    draft = build(settings, RESIDENTS + _history([10, 60]), total)
    assert anomalies(draft)[CINISELLO, "2016"] == (60, 0, 50, "plausible")


def anomalies(draft: Draft) -> dict[tuple[str, str], tuple[float, float, float, str]]:
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
    }


def _history(values: list[int], first: int = 2015) -> str:
    """Say what Cinisello paid in each year."""
    years = enumerate(values, start=first)
    return "".join(f"\n money.paid 015077 {year} {value}" for year, value in years) + "\n"


def _cologno_in_nord() -> Catalog:
    catalog = small_catalog(TOTAL)
    memberships = tuple(
        m.model_copy(update={"zone": NORD}) if m.municipality == COLOGNO else m
        for m in catalog.memberships
    )
    moved = {COLOGNO: catalog.territories[COLOGNO].model_copy(update={"parent": NORD})}
    territories = {**catalog.territories, **moved}
    return catalog.model_copy(update={"memberships": memberships, "territories": territories})
