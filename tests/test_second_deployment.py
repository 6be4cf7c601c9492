"""Another metropolitan city is a folder: its own catalogue, files and words, and no code."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from plotly.io.json import to_json_plotly
from starlette.testclient import TestClient

from dashboard.app import create_app
from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from etl.workbook.choices import accepted_lists, lists
from etl.workbook.reader import read_workbook
from etl.workbook.schema import NAMES, workbook
from etl.workbook.writer import template
from tests.support.deployment import PROJECT, second_city
from tests.support.in_process import call
from warehouse.config import Config, Years, read_config
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.errors import SourceError
from warehouse.query.releases import Releases
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECOND_CITY = PROJECT / "tests" / "second_city"
LANGUAGES = ("it", "en")
PLACES = r"Milan|Lombard|Martesana|Segrate|Cologno|Vermezzo|015146"
OF_MILAN = re.compile(
    PLACES + r"|policy_area|Ambito |Policy area|omogene|\b133 [Cm]", re.IGNORECASE
)


@pytest.fixture(scope="module")
def deployed(published_city: Path) -> Config:
    """The second city, filled from its files and published by the real command."""
    return read_config(published_city / "config.yaml")


@pytest.fixture(scope="module")
def catalog(deployed: Config) -> Catalog:
    return read_catalog(deployed.catalog)


@pytest.fixture(scope="module")
def facts(deployed: Config, catalog: Catalog) -> ReleaseData:
    return ReleaseData(catalog, Releases(deployed).open(), lambda: list_releases(deployed))


def drawn(config: Config, facts: ReleaseData, path: str, lang: str) -> str:
    """Return all that a page sends; none of its panels failed and none is of Milan."""
    panels, view, chrome = render(config, facts, Selection.read(path, f"lang={lang}"))
    text = unescape(
        json.dumps(json.loads(to_json_plotly([panels, view, chrome])), ensure_ascii=False)
    )
    assert not re.search(r'"className": ?"panel panel-[\w-]+ failed"', text), (path, lang)
    assert "view-missing" not in text, (path, lang)
    found = OF_MILAN.search(text)
    assert not found, (path, lang, text[max(0, found.start() - 60) : found.end() + 60])
    return text


def paths(catalog: Catalog) -> Iterator[str]:
    yield from ("/", "/territori", "/progetti", "/progetti/opere", "/progetti/rischi")
    yield from ("/piano", "/attori", "/dati", "/metodo", "/presenta/presentazioni/piano")
    yield from (f"/ambiti/{node.id}" for node in catalog.areas)
    yield from (f"/indicatori/{name}" for name in catalog.indicators)
    yield from (f"/territori/{territory}" for territory in catalog.territories)
    yield from ("/progetti/fountains", "/progetti/ferry")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_second_city_is_its_own(
    deployed: Config, facts: ReleaseData, catalog: Catalog, lang: str
) -> None:
    for path in paths(catalog):
        assert "Valdoro" in drawn(deployed, facts, path, lang)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The second city without outlines and without projects."""
    config = second_city(tmp_path_factory.mktemp("bare"))
    for name in ("municipal_boundaries", "charter_projects"):
        (config.parent / "catalog" / "datasets" / f"{name}.yaml").unlink()
    words = ("--from", str(config.parent / "files"))
    assert call(config, "etl", "refresh", "--publish", *words).returncode == 0
    return read_config(config)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_city_without_map_and_projects_names_no_other_city(bare: Config, lang: str) -> None:
    catalog = read_catalog(bare.catalog)
    data = ReleaseData(catalog, Releases(bare).open(), lambda: list_releases(bare))
    for path in paths(catalog):
        if not path.startswith(("/progetti/fountains", "/progetti/ferry")):
            drawn(bare, data, path, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_workbooks_have_examples_of_the_city(catalog: Catalog, name: str, lang: str) -> None:
    content = template(workbook(name), lists(catalog, lang), lang)
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [str(c.value) for page in book for row in page.iter_rows() for c in row if c.value]
    assert not [cell for cell in cells if re.search(PLACES, cell, re.IGNORECASE)]
    assert {place.name for place in catalog.territories.values()} & set(cells)
    with pytest.raises(SourceError) as error:  # its example row is recognised as such
        read_workbook(content, workbook(name), accepted_lists(catalog), Years())
    assert [r.rule for r in error.value.rejections] == ["workbook_empty"]


def test_five_pillars_are_the_spine(deployed: Config, facts: ReleaseData, catalog: Catalog) -> None:
    assert [node.type for node in catalog.areas] == ["pillar"] * 5
    assert len(catalog.zones) == 5
    text = drawn(deployed, facts, "/", "it")
    assert text.count('class=\\"card area-card\\"') == 5
    assert "Pilastri" in text
    assert "Pilastro 1" in drawn(deployed, facts, "/ambiti/water", "it")
    assert "Pillar 1" in drawn(deployed, facts, "/ambiti/water", "en")
    assert "Distretto" in drawn(deployed, facts, "/territori/900003", "it")


def test_a_zone_is_the_sum_of_its_municipalities(facts: ReleaseData) -> None:
    frame = facts.store.frame(
        "indicator_levels", indicators=["mean_wage"], levels=["municipality", "zone", "metro"]
    )
    newest = frame[frame["period"] == "2025"].set_index("territory")
    inside = newest.loc[[place.territory for place in facts.municipalities["riva"]]]
    assert len(inside) == 3
    paid, workers = inside["numerator"].sum(), inside["denominator"].sum()
    assert newest.loc["riva", "value"] == pytest.approx(paid / workers)
    assert len(newest) == 12 + 5 + 1


def test_municipalities_that_are_only_named_are_all_found(facts: ReleaseData) -> None:
    refused = facts.store.frame("quarantine")
    assert refused[refused["dataset"] == "wages"].empty


@pytest.mark.parametrize(
    ("lang", "words"), [("it", "non ancora caricat"), ("en", "not loaded yet")]
)
def test_an_indicator_that_waits_says_who_loads_it(
    deployed: Config, facts: ReleaseData, lang: str, words: str
) -> None:
    for path in ("/", "/ambiti/culture", "/indicatori/theatre_seats"):
        text = drawn(deployed, facts, path, lang)
        assert words in text.lower(), path
        assert str(facts.catalog.datasets["theatres"].owner) in text, path
        assert "etl refresh" not in text, path
    assert "etl refresh --online --dataset theatres" in drawn(deployed, facts, "/dati", lang)


def test_the_application_answers_for_the_second_city(deployed: Config, catalog: Catalog) -> None:
    app = create_app(deployed, catalog, Releases(deployed))
    with TestClient(app.server) as client:
        assert client.get("/").status_code == 200
        found = client.get("/api/indicators").json()
        assert "Milano" not in json.dumps(found, ensure_ascii=False)
        assert client.get("/api/indicators/mean_wage.csv").status_code == 200
