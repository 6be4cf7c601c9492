"""The funded works are found, drawn on the map, told as they moved, and taken as a file."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context
from dashboard.export import works as export
from dashboard.pages.works import panels as works
from dashboard.pages.works import works_map
from dashboard.registry import HEADINGS, PANELS
from dashboard.release_data import ReleaseData
from dashboard.render import route
from dashboard.selection import Selection
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.query.store import Store

CLOUD = "cup-c71c22000290006"  # Cinisello Balsamo, known by three files
TRAM = "cup-b44e07000120004"  # one CUP under two measures


@pytest.fixture(scope="module")
def page(deployment: Path, release: Store) -> Callable[..., Context]:
    config = read_config(deployment)
    data = ReleaseData(read_catalog(config.catalog), release, lambda: ())
    return lambda path, query="": Context(
        config, data, Selection.read(path, query), route(data, path)
    )


def drawn(component: object) -> str:
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


def listed(here: Context) -> list[str]:
    return [r["project"] for r in works.listed(here)]


def test_works_are_found_by_cup_state_source_place_and_without_area(
    page: Callable[..., Context],
) -> None:
    at = "/progetti/opere"
    assert listed(page(at, "text=C71C22000290006")) == [CLOUD]
    assert CLOUD in listed(page(at, "state=settled&area=digital&territory=015077"))
    assert TRAM not in listed(page(at, "territory=015077"))
    unruled = works.listed(page(at, "area=none"))
    assert len(unruled) == 85  # of OpenCUP, which tells no measure
    assert {r["datasets"] for r in unruled} == {"opencup_works"}
    applications = works.listed(page(at, "source=padigitale_works"))
    assert len(applications) == 1_434
    assert not listed(page(at, "state=nonsense"))


def test_a_click_on_the_map_adds_the_municipality_to_its_zone(page: Callable[..., Context]) -> None:
    zone = page("/progetti/opere", "territory=nord-milano")
    one = page("/progetti/opere", "territory=nord-milano,015077")
    assert len(listed(one)) < len(listed(zone))
    assert "Cinisello Balsamo" in works.works_heading(one).title
    assert "Territorio: Cinisello Balsamo" in drawn(works.find(one))


def test_the_map_colours_money_or_number_of_the_chosen_works(page: Callable[..., Context]) -> None:
    money = drawn(works_map.works_map(page("/progetti/opere")))
    count = drawn(works_map.works_map(page("/progetti/opere", "level=count&lang=en")))
    assert "M€ per Comune" in money
    assert "Fuori dalla carta" in money  # works in several municipalities without a share
    assert "Works by municipality" in count
    assert "Not on the map" not in count
    few = works_map.works_map(page("/progetti/opere", "text=C71C22000290006"))
    cells = few.children[1].cells
    assert [code for code, (step, _) in cells.items() if step] == ["015077"]
    assert len(cells) == 133


def test_what_moved_between_two_extractions_is_said(page: Callable[..., Context]) -> None:
    text = drawn(works.moved(page("/progetti/opere")))
    # independently: 114,291,157.61 € on 449 works up and 10 down of the 1,880 in both files
    assert "Dal 13 dic 2024 al 31 mar 2025" in text
    assert "+114,3 M€" in text
    assert "<dd>449</dd>" in text
    assert "<dd>10</dd>" in text
    assert "<dd>1.421</dd>" in text
    alone = drawn(works.moved(page("/progetti/opere", "source=pnc_works")))
    assert "non ci sono due estrazioni" in alone


def test_the_file_has_what_the_page_shows_with_source_and_licence(
    page: Callable[..., Context],
) -> None:
    here = page("/progetti/opere", "area=digital&territory=015077&state=settled")
    text = export.csv(here.data, here.selection, "it")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [r["project"] for r in rows] == listed(here)
    (cloud,) = (r for r in rows if r["project"] == CLOUD)
    assert cloud["funding"] == "419124,0"
    assert cloud["extracted"] == "2025-03-31"
    assert "CC BY 4.0" in cloud["source"]
    assert "PA digitale" in cloud["source"]  # every file that speaks of it
    assert cloud["release"] == here.data.store.release


def test_a_work_lists_its_extractions_and_its_dates(page: Callable[..., Context]) -> None:
    work = page(f"/progetti/{CLOUD}")
    payments = drawn(PANELS["payments"](work))
    for day in ("31 mar 2025", "4 mar 2023", "21 feb 2023"):
        assert day in payments
    location = drawn(PANELS["location"](work))
    assert "Decreto di finanziamento" in location
    assert "5 set 2022" in location
    assert "finanziamento assegnato" in location  # reported after the CUP became active
    assert "T0079" in drawn(PANELS["work_sheet"](work))


def test_money_of_a_cup_under_two_measures_counts_once(page: Callable[..., Context]) -> None:
    heading = HEADINGS["work"](page(f"/progetti/{TRAM}"))
    assert "23,4 M€" in heading.title


def test_a_work_without_amounts_says_so_and_a_sample_is_marked(
    page: Callable[..., Context],
) -> None:
    bare = works.listed(page("/progetti/opere", "area=none"))[0]["project"]
    assert "non danno importi" in HEADINGS["work"](page(f"/progetti/{bare}")).title
    sample = works.listed(page("/progetti/opere", "source=opencoesione_works"))[0]["project"]
    assert "campione" in drawn(PANELS["work_sheet"](page(f"/progetti/{sample}")))


def test_the_sheet_of_a_work_lists_its_tenders(page: Callable[..., Context]) -> None:
    assert "ZF834A42FA" in drawn(PANELS["work_sheet"](page("/progetti/cup-b11b21006470006")))


def test_payments_from_a_source_without_funding_have_a_line(
    page: Callable[..., Context],
) -> None:
    # 13.2 M€ of the recovery plan and 5.2 M€ of no named source make the 18.5 M€ of the heading
    work = page("/progetti/cup-f40j21000050001")
    assert "18,5 M€" in str(HEADINGS["work"](work).figures)
    money = drawn(PANELS["funding"](work))
    assert "Pagato, fonte non distinta" in money
    assert "5,2" in money.split("Pagato, fonte non distinta")[1]


def test_every_kind_of_money_is_drawn(page: Callable[..., Context], release: Store) -> None:
    one_of_each = "select any_value(project) as project from funding_line group by source"
    for name in release.sql(one_of_each)["project"].to_pylist():
        assert "by-source" in drawn(PANELS["funding"](page(f"/progetti/{name}"))), name
