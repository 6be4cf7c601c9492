"""Audits of what the sources say, and of what a release would lose: each finds a planted fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from tests.support.deployment import deploy
from tests.support.small_city import (
    CINISELLO,
    NORD,
    RESIDENTS,
    SESTO,
    SNAPSHOT,
    VERMEZZO_CON_ZELO,
    components,
    indicator,
    inputs,
    small_catalog,
    words,
)
from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.declarations.models import Dataset
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.build.draft import Draft
    from warehouse.declarations.loader import Catalog

TOTAL = indicator("total", "sum")
PAID = "money.paid 015077 2023 30\n money.paid 015209 2023 10"
PEOPLE = """
    people.all 015077 2023 10
    people.young 015077 2023 4
    people.old 015077 2023 6
    people.all 015209 2023 90
    people.young 015209 2023 40
    people.old 015209 2023 50
"""
EVERYWHERE = "015077 1, 015209 2, 015081 3, 015070 4, 015251 5"


def catalog_with(**totals: dict[str, Any]) -> Catalog:
    """Declare in each dataset `all` as the total of `young` and `old`."""
    catalog = small_catalog(TOTAL)
    variables = {v: {"title": words(v), "unit": "number"} for v in ("all", "young", "old")}
    base = catalog.datasets["money"].model_dump() | {"variables": variables}
    datasets = {
        name: Dataset.model_validate(
            base | {"id": name, "totals": {"all": {"parts": ["young", "old"]} | total}}
        )
        for name, total in totals.items()
    }
    return catalog.model_copy(update={"datasets": catalog.datasets | datasets})


def tables(text: str, **more: pa.Table) -> dict[str, pa.Table]:
    """Read the figures; `people` is a dataset of the same file."""
    figures = components(RESIDENTS + text)
    people = inputs(snapshot=[{"snapshot": SNAPSHOT, "dataset": "people", "file": "people.csv"}])
    snapshots = pa.concat_tables([figures["snapshot"], people["snapshot"]])
    return figures | {"snapshot": snapshots} | more


def bad(draft: Draft) -> dict[str, int]:
    """Return how many bad rows each failed audit of this file's found."""
    quiet = {"indicator_without_values", "population_complete", "plausible"}
    return {a.audit: a.failures for a in draft.audits if a.failures and a.audit not in quiet}


def test_what_is_good_is_not_a_fault(config: Configure) -> None:
    catalog = catalog_with(people={}, older={})
    money = catalog.datasets["money"].model_dump()
    paid = money["variables"]["paid"]
    money["variables"] |= {"monthly": paid, "constant": paid | {"constant": True}}
    datasets = {**catalog.datasets, "money": Dataset.model_validate(money)}
    text = PEOPLE  # the parts make up their total
    text += PEOPLE.replace("people.", "older.")
    # of a period with a part never reported
    text += "older.all 015077 2022 10\n older.young 015077 2022 4"
    # one month that repeats, in a file of many
    text += _everywhere("money.monthly", "2022-01") + _everywhere("money.monthly", "2022-02")
    text += _everywhere("money.monthly", "2022-03", "7")
    # what is declared constant may repeat
    text += _everywhere("money.constant", "2022") + _everywhere("money.constant", "2023")
    text += _everywhere("money.paid", "2022")
    catalog = catalog.model_copy(update={"datasets": datasets})
    assert bad(build_draft(config(), catalog, tables(text))) == {}


@pytest.fixture(scope="module")
def bad_totals(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The totals that the audit finds bad, of a draft with a dataset for each of `TOTALS`."""
    settings = read_config(deploy(tmp_path_factory.mktemp("totals")))
    text = "".join(
        PEOPLE.replace(figure, replacement).replace("people.", f"{name}.")
        for name, (figure, replacement, _, _) in TOTALS.items()
    )
    declared = catalog_with(**{name: total for name, (_, _, total, _) in TOTALS.items()})
    audits = {a.audit: a for a in build_draft(settings, declared, tables(text)).audits}
    totals: list[str] = [row["total"] for row in json.loads(audits["sum_of_parts"].sample)]
    assert audits["sum_of_parts"].failures == len(totals)  # the sample has them all
    return totals


TOTALS: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "less": ("old 015077 2023 6", "old 015077 2023 5", {}, 1),  # 4 + 5 of 10
    "more": ("old 015077 2023 6", "old 015077 2023 7", {}, 1),
    "at_most_less": ("old 015077 2023 6", "old 015077 2023 5", {"relation": "at_most"}, 0),
    "at_most_more": ("old 015077 2023 6", "old 015077 2023 7", {"relation": "at_most"}, 1),
    "tolerant": ("old 015077 2023 6", "old 015077 2023 7", {"tolerance": 0.1}, 0),  # 11 of 10
    # 90 of 100 can be known: 0.9
    "one_hidden": ("old 015077 2023 6", "old 015077 2023 - Q", {}, 0),
    "most_hidden": ("old 015209 2023 50", "old 015209 2023 - Q", {}, 1),  # 10 of 100
    "most_may_be": ("old 015209 2023 50", "old 015209 2023 - Q", {"coverage": 0.1}, 0),
    "none_may_be": ("old 015077 2023 6", "old 015077 2023 - Q", {"coverage": 1}, 1),
}


@pytest.mark.parametrize("name", TOTALS)
def test_parts_and_totals(bad_totals: list[str], name: str) -> None:
    assert bad_totals.count(f"{name}.all") == TOTALS[name][3]


def test_the_same_figures_under_two_periods_are_found(config: Configure) -> None:
    again = _everywhere("money.paid", "2022") + _everywhere("money.paid", "2023")
    assert bad(build_draft(config(), catalog_with(people={}), tables(again))) == {
        "repeated_snapshot": 1
    }


def test_two_files_of_the_same_figures_are_found(config: Configure) -> None:
    figures = tables(_everywhere("money.paid", "2022") + _everywhere("money.paid", "2021", "7"))
    later = tables(_everywhere("money.paid", "2023"))["component"].slice(5)
    position = later.column_names.index("snapshot")
    later = later.set_column(position, "snapshot", pa.array(["6" * 64] * len(later), pa.string()))
    second = inputs(snapshot=[{"snapshot": "6" * 64, "dataset": "money", "file": "again.csv"}])
    figures["component"] = pa.concat_tables([figures["component"], later])
    figures["snapshot"] = pa.concat_tables([figures["snapshot"], second["snapshot"]])
    assert bad(build_draft(config(), catalog_with(people={}), figures)) == {"repeated_snapshot": 1}


def test_a_place_has_no_figures_from_before_it_was_there(config: Configure) -> None:
    text = f"{PAID}\n money.paid {VERMEZZO_CON_ZELO} 2017 1"
    assert bad(build_draft(config(), _born(small_catalog(TOTAL)), tables(text))) == {}
    orphan = _born(small_catalog(TOTAL)).model_copy(update={"successions": ()})
    assert bad(build_draft(config(), orphan, tables(text))) == {"known_territory": 1}


def test_lombardia_and_italia_trip_no_audit(config: Configure) -> None:
    catalog = small_catalog(TOTAL, indicator("per_head", "ratio"))
    far = {
        t: catalog.territories[NORD].model_copy(
            update={"territory": t, "level": level, "parent": None}
        )
        for t, level in (("lombardia", "region"), ("italia", "country"))
    }
    catalog = catalog.model_copy(update={"territories": {**catalog.territories, **far}})
    text = PAID + "\n".join(
        f"\n money.paid {t} 2023 900\n population.residents {t} 2023 {n}"
        for t, n in (("lombardia", 10_000), ("italia", 60_000))
    )
    draft = build_draft(config(), catalog, tables(text))
    assert bad(draft) == {}
    assert draft.manifest.tables["observation"].rows == 2 * (2 + 1 + 1 + 2)


def test_fewer_figures_than_published_are_found(config: Configure) -> None:
    settings = config()
    catalog = small_catalog(TOTAL)
    publish(settings, build_draft(settings, catalog, tables(PAID)).release)
    fewer = build_draft(settings, catalog, tables("money.paid 015077 2023 30"))
    # Sesto's row; at each level: its value, Nord Milano's coverage, the metropolitan city (60 of
    # 200 residents is below the least coverage)
    assert bad(fewer) == {"lost_rows": 1, "lost_coverage": 3}
    hidden = build_draft(settings, catalog, tables(PAID.replace("2023 10", "2023 - Q")))
    assert bad(hidden) == {"lost_rows": 1, "lost_coverage": 3}
    more = build_draft(settings, catalog, tables(f"{PAID}\n money.paid 015081 2023 1"))
    assert bad(more) == {}


def test_what_is_no_longer_declared_is_not_a_loss(config: Configure) -> None:
    settings = config()
    second = indicator("other", "sum")
    publish(settings, build_draft(settings, small_catalog(TOTAL, second), tables(PAID)).release)
    assert bad(build_draft(settings, small_catalog(TOTAL), tables(PAID))) == {}


def test_a_correction_whose_guard_no_longer_holds_is_reported(config: Configure) -> None:
    row = {"dataset": "money", "variable": "paid", "territory": CINISELLO, "period": "2023"}
    holds = row | {"expected": 0, "found": 0, "corrected": 5, "applied": True}
    stale = row | {"expected": 0, "found": 4, "corrected": 5, "applied": False}
    stale["territory"] = SESTO
    built = tables(PAID, **inputs(correction=[holds, stale]))
    draft = build_draft(config(), small_catalog(TOTAL), built)
    assert bad(draft) == {"stale_correction": 1}
    assert draft.manifest.failed == ()  # what the provider says now stands: nothing to accept


def _everywhere(variable: str, period: str, digit: str = "") -> str:
    """Give each municipality a figure of its own."""
    pairs = (pair.split() for pair in EVERYWHERE.split(","))
    return "".join(f"\n{variable} {place} {period} {digit}{value}" for place, value in pairs)


def _born(catalog: Catalog) -> Catalog:
    """Say when Vermezzo con Zelo began."""
    territory = catalog.territories[VERMEZZO_CON_ZELO]
    start = catalog.successions[0].date
    born = {VERMEZZO_CON_ZELO: territory.model_copy(update={"valid_from": start})}
    return catalog.model_copy(update={"territories": {**catalog.territories, **born}})
