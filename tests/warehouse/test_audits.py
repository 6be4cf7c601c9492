"""Audits find planted faults, and a draft with a fault is not published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.small_city import (
    RESIDENTS,
    VERMEZZO,
    build,
    failed,
    indicator,
    inputs,
    small_catalog,
)
from warehouse.build.audits import SQL, audits
from warehouse.build.build import build_draft
from warehouse.errors import ContractError, ReleaseError
from warehouse.release.publish import publish, published

if TYPE_CHECKING:
    import pyarrow as pa

    from tests.support.small_city import Configure

SHARE = {"unit": "percent", "multiplier": 100, "range": (0, 100)}
LATE = datetime.now(tz=UTC).year + 1
GOOD = RESIDENTS + "money.paid 015077 2023 30\n money.paid 015209 2023 10"


def test_good_figures_pass_every_error_audit(config: Configure) -> None:
    draft = build(config(), GOOD, indicator("share", "ratio", **SHARE))
    assert failed(draft) == set()
    assert {a.audit for a in draft.audits} >= {p.stem for p in (SQL / "audits").glob("*.sql")}


@pytest.mark.parametrize(
    ("fault", "audits"),
    [
        ("money.paid 015077 2022 6\n money.paid 015077 2022 7", {"unique_component"}),
        (f"money.paid 999999 2023 1\n money.paid {VERMEZZO} 2017 1", {"known_territory"}),
        (f"money.paid 015077 {LATE} 1", {"future_period"}),
        ("money.paid 015081 2023 51", {"range", "part_of_whole"}),  # 51 of 50 residents
        ("money.paid 015081 2023 -1", {"range"}),
        ("nobody.knows 015081 2023 1", {"traceable"}),
        (
            "population.residents 015077 2023-06-30 60\n money.paid 015077 2023-06-30 6",
            {"one_grain"},
        ),
    ],
)
def test_a_planted_fault_is_found(config: Configure, fault: str, audits: set[str]) -> None:
    draft = build(config(), f"{GOOD}\n{fault}", indicator("share", "ratio", **SHARE))
    assert failed(draft) == audits


def test_an_unlikely_value_warns_and_does_not_forbid(config: Configure) -> None:
    draft = build(config(), GOOD, indicator("share", "ratio", **SHARE, plausible=(30, 60)))
    result = {a.audit: a for a in draft.audits}["plausible"]
    # Sesto: 10 / 40 = 25 %. Cinisello: 30 / 60 = 50 %. Nord Milano: 40 / 100 = 40 %.
    assert (result.severity, result.failures) == ("warning", 1)
    assert "015209" in result.sample
    assert failed(draft) == set()


def test_plausible_bounds_widen_to_the_outer_fences_of_the_places(config: Configure) -> None:
    # 22 values, 10 to 29 with 20 and 60: quartiles 15.25 and 24.75, fences -13.25 and 53.25
    years = "".join(f"money.paid 015209 {1990 + n} {10 + n}\n" for n in range(20))
    odd = "money.paid 015209 2010 60\nmoney.paid 015209 2011 20\n"
    total = indicator("total", "none", plausible=(12, 15))
    plausible = {a.audit: a for a in build(config(), RESIDENTS + years + odd, total).audits}
    assert plausible["plausible"].failures == 1
    assert "60" in plausible["plausible"].sample


def test_words_that_were_never_written_forbid_publishing(config: Configure) -> None:
    unfinished = indicator("total", "sum", description={"it": "…", "en": "All of it."})
    settings = config()
    draft = build(settings, GOOD, unfinished)
    assert failed(draft) == {"unwritten_words"}
    with pytest.raises(ReleaseError, match=r"unwritten_words: 1 bad rows.*description.it"):
        publish(settings, draft.release)


def test_a_project_row_without_its_project_is_found(config: Configure) -> None:
    rows = inputs(
        project=[{"project": "p1", "demonstration": True}],
        payment=[{"project": "p2", "period": "2023", "source": "own"}],
        project_node=[{"project": "p1", "node": "no-such-area"}],
    )
    draft = build(config(), GOOD, indicator("total", "sum"), **rows)
    assert failed(draft) == {"orphan_project", "orphan_link"}


def test_a_failed_audit_forbids_publishing_and_is_named(config: Configure) -> None:
    settings = config()
    draft = build(settings, f"{GOOD}\nmoney.paid 999999 2023 1", indicator("total", "sum"))
    with pytest.raises(ReleaseError, match=r"known_territory: 1 bad rows.*999999"):
        publish(settings, draft.release)
    assert published(settings) is None


def test_every_audit_says_how_grave_it_is() -> None:
    assert {a.severity for a in audits()} == {"error", "warning"}


def test_an_input_not_in_the_contract_is_refused(config: Configure) -> None:
    with pytest.raises(ContractError, match=r"not an input of a release.*observation"):
        build_draft(config(), small_catalog(), {"observation": inputs(actor=[])["actor"]})
    with pytest.raises(ContractError, match="component: columns that the contract does not know"):
        build_draft(config(), small_catalog(), {"component": inputs(actor=[])["actor"]})


def test_a_report_of_a_day_that_has_not_come_is_found(config: Configure) -> None:
    reports = [{"project": "remix", "reported": date(2999, 1, 1), "demonstration": True}]
    draft = build(config(), RESIDENTS, indicator("total", "sum"), **inputs(progress_report=reports))
    (result,) = (audit for audit in draft.audits if audit.audit == "future_period")
    assert result.failures == 1
    assert "2999-01-01" in result.sample


def test_a_project_of_the_plan_that_is_gone_forbids_publishing(config: Configure) -> None:
    def projects(*names: str, demonstration: bool = False) -> dict[str, pa.Table]:
        rows = [
            {"project": name, "level": "strategic", "demonstration": demonstration}
            for name in names
        ]
        return inputs(project=rows)

    deployment = config()
    share = indicator("share", "ratio", **SHARE)
    example = projects("example", demonstration=True)
    publish(deployment, build(deployment, GOOD, share, **example).release)
    first = build(deployment, GOOD, share, **projects("one", "two"))
    assert failed(first) == set()  # the office's workbook takes the place of the example
    publish(deployment, first.release)
    draft = build(deployment, GOOD, share, **projects("two"))
    assert failed(draft) == {"lost_projects"}
