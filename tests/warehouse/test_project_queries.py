"""The queries of the project pages, on the plan that ships and on specimens of real works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from tests.etl.layouts.test_layouts import SPECIMENS, WORKS, dataset
from tests.support.deployment import PROJECT
from tests.support.layouts import parse_declared
from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import publish
from warehouse.schema.conform import conform

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query.store import Store

TODAY = "2026-08-16"
CITY = "citta-metropolitana-di-milano"
WORK_FILTERS = (
    "territory", "area", "state", "dataset", "text", "body", "measure", "place",
    "funding_from", "funding_to", "paid_from", "paid_to", "share_from", "share_to",
)  # fmt: skip


def project_tables() -> dict[str, pa.Table]:
    parts: dict[str, list[pa.Table]] = {}
    for file in dataset("plan_projects").files:
        if not file.path.startswith("shipped:"):
            continue
        path = PROJECT / "etl" / "shipped" / file.path.removeprefix("shipped:")
        for name, table in parse_declared(file, SPECIMENS, path.read_bytes()).tables.items():
            parts.setdefault(name, []).append(conform(name, table))
    file = dataset("pnrr_works").files[0]
    for name, table in parse_declared(file, WORKS).tables.items():
        actors = parts["actor"][0]["actor"].to_pylist() if name == "actor" else []
        new = [row for row in conform(name, table).to_pylist() if row.get("actor") not in actors]
        parts.setdefault(name, []).append(pa.Table.from_pylist(new, conform(name, table).schema))
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("projects")
    path = folder / "config.yaml"
    path.write_text(f"catalog: {PROJECT / 'warehouse/catalog'}\ndata: data\n", encoding="utf-8")
    config = read_config(path)
    draft = build_draft(config, read_catalog(config.catalog), project_tables())
    publish(config, draft.release)
    return Releases(config).open()


def test_physical_progress_weighs_the_milestones_against_the_plan_of_the_day(store: Store) -> None:
    portfolio = store.frame("portfolio", level="strategic", today=TODAY).set_index("project")
    remix = portfolio.loc["remix"]
    # .05 + .18 + .20 + .25 done, .17 x .60 + .10 x .30 + .05 x .16 under way
    assert remix["physical"] == pytest.approx(0.68 + 0.102 + 0.03 + 0.008)
    assert remix["planned"] == pytest.approx(1)  # every step should have ended by July 2025
    assert (100 * portfolio["physical"]).round().tolist() == [
        82, 64, 91, 55, 76, 38, 100, 68, 47, 96,
    ]  # fmt: skip
    assert (100 * portfolio["planned"]).round().tolist() == [
        100, 60, 90, 70, 75, 62, 100, 70, 58, 100,
    ]  # fmt: skip


def test_a_plan_not_begun_has_nothing_due(store: Store) -> None:
    early = store.frame("portfolio", level="strategic", today="2018-12-31")
    assert early["planned"].eq(0).all()


def test_financial_progress_is_paid_over_secured_public_money(store: Store) -> None:
    remix = (
        store.frame("portfolio", level="strategic", today=TODAY).set_index("project").loc["remix"]
    )
    assert remix["funding"] == 40_000_000  # not the 6.5 of private bodies, nor the 2.1 to be found
    assert remix["funding_total"] == 48_600_000
    assert remix["financial"] == pytest.approx(28.4 / 40)


def test_delay_is_the_end_now_expected_against_the_first_plan(store: Store) -> None:
    portfolio = store.frame("portfolio", level="strategic", today=TODAY).set_index("project")
    assert portfolio["delay_days"].gt(0).sum() == 6
    # 31 July 2025 → 28 February 2027: 153 days of 2025, 365 of 2026, 59 of 2027
    assert portfolio.loc["remix", "delay_days"] == 153 + 365 + 59
    done = portfolio[portfolio["done"]]
    assert done.index.tolist() == ["regolamento-edilizio"]
    assert done["next_it"].isna().all()


def test_areas_come_in_the_order_of_the_page_the_primary_first(store: Store) -> None:
    portfolio = store.frame("portfolio", level="strategic", today=TODAY).set_index("project")
    assert portfolio.loc["remix", "area"] == "welfare"
    assert portfolio.loc["remix", "areas"] == "welfare cooperation economy environment"
    nodes = store.frame("project_nodes", project="remix")
    assert nodes["node"].tolist() == str(portfolio.loc["remix", "areas"]).split()


def test_a_project_has_its_steps_money_actors_and_places(store: Store) -> None:
    assert store.frame("project", project="remix")["title_it"].str.startswith("Remix").all()
    assert store.frame("project_milestones", project="remix", today=TODAY)[
        "weight"
    ].sum() == pytest.approx(1)
    funding = store.frame("project_funding", project="remix")
    assert funding["secured"].tolist() == [True, True, False]
    payments = store.frame("project_payments", project="remix", today=TODAY)
    assert payments["amount"].dropna().is_monotonic_increasing
    assert store.frame("project_actors", project="remix")["actor"].iloc[0] == CITY
    assert set(store.frame("project_places", project="remix")["level"]) == {"zone"}


def test_what_is_invented_says_so_and_the_public_fact_does_not(store: Store) -> None:
    assert store.frame("project", project="remix")["demonstration"].all()
    funding = store.frame("project_funding", project="remix").set_index("source")
    assert not funding.loc["state", "demonstration"]
    assert funding.loc["private", "demonstration"]
    (work,) = store.frame("project", project="cup-c71c22000290006")["demonstration"]
    assert not work


def test_an_unknown_project_is_an_empty_answer(store: Store) -> None:
    assert store.frame("project", project="nessuno").empty


def test_funded_works_are_found_by_place_area_and_words(store: Store) -> None:
    def matches(**wanted: str) -> set[str]:
        all_rows = {"column": "funding", "descending": True, "count": 100, "first": 0}
        free = dict.fromkeys(WORK_FILTERS)
        return set(store.frame("selected_works", **(free | all_rows | wanted))["project"])

    everywhere = matches()
    assert len(everywhere) == 5
    assert matches(territory="cm-milano") == everywhere
    assert matches(territory="015205") == {"cup-b91c22000070006"}
    assert matches(territory="nord-milano") == {
        "cup-c71c22000290006",
        "cup-j31j22002440006",  # in Cinisello Balsamo and in Milano
    }
    assert matches(area="mobility") == {"cup-b44e07000120004"}
    assert matches(text="qualita abitativa") == {"cup-b44e07000120004"}


def test_money_of_a_work_in_several_municipalities_is_left_out_of_zones(store: Store) -> None:
    zones = store.frame("funded_by_zone").set_index("territory")
    # Cinisello Balsamo's cloud only: the 236,064 of two municipalities are left out
    assert zones.loc["nord-milano", "funding"] == pytest.approx(419_124)
    assert zones["projects"].sum() == 4
    totals = store.frame("funded_totals").iloc[0]
    assert (totals["projects"], totals["single_projects"], totals["cups"]) == (5, 4, 5)


def test_each_territory_has_its_largest_works_and_the_money_of_all(store: Store) -> None:
    works = store.frame("largest_works", count=1).set_index("in_territory")
    totals = {row["in_territory"]: row for row in store.rows("works_of_territories")}
    assert works.index.is_unique
    assert set(works.index) == set(totals) >= {"cm-milano", "nord-milano", "015205"}
    assert works.loc["nord-milano", "project"] == "cup-c71c22000290006"
    assert works.loc["015205", "project"] == "cup-b91c22000070006"
    assert works.loc["cm-milano", "funding"] == works["funding"].max()
    zone, city = totals["nord-milano"], totals["cm-milano"]
    assert (zone["single"], zone["shared"]) == (1, 1)
    assert (city["single"], city["shared"]) == (4, 1)
    # Of the work in two municipalities no zone has the money.
    assert zone["funding"] == pytest.approx(419_124)


def test_measures_of_an_area_count_each_work_once(store: Store) -> None:
    measures = store.frame("funded_by_measure", area="digital").set_index("measure_code")
    assert measures.loc["M1C1I1.02.00", "projects"] == 2
    assert measures.loc["M1C1I1.02.00", "funding"] == pytest.approx(419_124 + 252_118)
    assert measures.loc["M1C1I1.07.01", "projects"] == 1


def test_a_territory_sees_its_own_projects_before_those_of_the_whole_city(store: Store) -> None:
    segrate = store.frame("projects_of_territory", territory="015205")
    assert {"parco-idroscalo", "remix"} <= set(segrate[segrate["local"]]["project"])
    assert "milano-europa" in set(segrate[~segrate["local"]]["project"])
