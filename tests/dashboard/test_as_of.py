"""Past releases as they were: pages but for their banner, exports and API to the byte."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.app import create_app
from tests.dashboard.test_pages import plain
from tests.support.deployment import deploy
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import folder_of, list_releases

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.app import Application

PAGES = (
    "/",
    "/ambiti/environment",
    "/indicatori/separate_waste_collection",
    "/indicatori/mean_taxable_income?territory=nord-milano&lang=en",
    "/territori",
    "/territori/nord-milano",
    "/territori/015146",
    "/progetti",
    "/progetti/rischi",
    "/progetti/olimpiadi-2026",
    "/progetti/opere",
    "/novita",
    "/attori",
    "/dati",
    "/presenta/presentazioni/piano",
)
ANSWERS = (
    "/api/indicators",
    "/api/indicators/separate_waste_collection",
    "/api/indicators/separate_waste_collection.csv",
    "/api/indicators/separate_waste_collection.csv?style=it&lang=en",
    "/api/indicators/separate_waste_collection.xlsx",
    "/api/indicators/separate_waste_collection/parts?territory=nord-milano&period=2023",
    "/api/works.csv",
    "/api/works.xlsx",
    "/api/news.csv",
    "/api/news.html",
)


@pytest.fixture(scope="module")
def now(two_releases: Path) -> Config:
    return read_config(two_releases)


@pytest.fixture(scope="module")
def earlier(now: Config) -> str:
    return list_releases(now)[-1].release


@pytest.fixture(scope="module")
def then(now: Config, earlier: str, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The deployment as it was when the earlier release was the only one."""
    config = read_config(deploy(tmp_path_factory.mktemp("then")))
    shutil.copytree(folder_of(now, earlier), config.releases / earlier)
    config.pointer.write_text(f"{earlier}\n", encoding="utf-8")
    return config


@pytest.fixture(scope="module")
def past(then: Config) -> Application:
    """The application then, with the pages of the earlier release."""
    return create_app(then, read_catalog(then.catalog), Releases(then))


def pinned(address: str, release: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}release={release}"


def test_a_past_release_shows_the_pages_that_it_showed_then(
    app_of_two: Application, past: Application, earlier: str
) -> None:
    for address in PAGES:
        path, _, query = pinned(address, earlier).partition("?")
        before, after = past.pages.page(path, query), app_of_two.pages.page(path, query)
        if address == "/novita":  # its menu lists the later releases too
            continue
        assert plain(after.panels) == plain(before.panels), address
        assert 'class="banner"' in after.chrome, address
        assert 'class="banner"' not in before.chrome, address


def test_a_past_release_gives_the_same_bytes(
    app_of_two: Application, past: Application, earlier: str
) -> None:
    current, client = TestClient(app_of_two.server), TestClient(past.server)
    for address in ANSWERS:
        before, after = client.get(pinned(address, earlier)), current.get(pinned(address, earlier))
        assert before.status_code == after.status_code == 200, address
        assert after.content == before.content, address


def test_the_banner_leads_back_to_the_current_page(app_of_two: Application, earlier: str) -> None:
    page = app_of_two.pages.page("/territori/nord-milano", f"release={earlier}")
    banner = re.search(r'<p class="banner".*?</p>', page.chrome, re.DOTALL)
    assert banner
    assert "Com'era alla pubblicazione del" in banner[0].replace("&#39;", "'")
    assert 'href="/territori/nord-milano"' in banner[0]


def test_projects_of_a_past_day_say_so_and_what_cannot_go_back(app_of_two: Application) -> None:
    page = app_of_two.pages.page("/progetti", "at=2024-06-30")
    assert "30 giu 2024" in page.chrome
    text = plain(page.panels)
    assert text.count("non di quel giorno") == 1
    assert text.count("non tornano a quel giorno") == 1
    assert 'class="banner"' not in app_of_two.pages.page("/progetti", "").chrome


def test_an_earlier_release_is_drawn_dotted_and_has_a_column(
    app_of_two: Application, earlier: str
) -> None:
    page = app_of_two.pages.page("/indicatori/separate_waste_collection", f"vs={earlier}")
    text = plain(page.panels)
    assert "Linea punteggiata: com'era alla pubblicazione del" in text.replace("&#39;", "'")
    assert "Prima (" in text
    assert "(2023)" in text  # the last period that the earlier release had
    same = plain(app_of_two.pages.page("/indicatori/street_cleaning_cost", f"vs={earlier}").panels)
    assert "nulla è cambiato in questa serie" in same
