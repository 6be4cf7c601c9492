"""Pages as trees, which the scripts draw: kept a minute, never of two releases, one a form."""

from __future__ import annotations

import re
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.app import create_app
from tests.support.releases import multiply
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import published, rollback

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

INDICATOR = "/indicatori/mean_wage"


@pytest.fixture
def city(published_city: Path, tmp_path: Path) -> Config:
    """A deployment of its own of the second city, with one release."""
    shutil.copytree(published_city, tmp_path / "city")
    return read_config(tmp_path / "city" / "config.yaml")


@pytest.fixture
def client(city: Config) -> TestClient:
    return TestClient(create_app(city, read_catalog(city.catalog), Releases(city)).server)


def main_of(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of the main part of a page."""
    props: dict[str, Any] = tree["props"]["children"][-1]["props"]
    return props


def version_of(client: TestClient, address: str) -> str:
    match = re.search('data-version="([^"]+)"', client.get(address).text)
    assert match
    return match[1]


def test_a_page_below_its_version_is_kept_for_a_minute(client: TestClient) -> None:
    answer = client.get(f"/_page/{version_of(client, INDICATOR)}{INDICATOR}")
    assert answer.headers["cache-control"] == "private, max-age=60"
    assert answer.headers["content-encoding"] == "br"
    assert main_of(answer.json())["data-page"] == INDICATOR
    again = client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert client.get(answer.url, headers={"Accept-Encoding": ""}).json() == answer.json()


def test_after_a_release_a_page_of_the_old_version_is_of_the_new_one_and_not_kept(
    city: Config, client: TestClient
) -> None:
    old = version_of(client, INDICATOR)
    before = main_of(client.get(f"/_page/{old}{INDICATOR}").json())
    release = multiply(city, f"{published(city)}", 2)
    rollback(city, release)
    while client.get("/health/ready").json()["release"] != release:
        time.sleep(0.05)  # another thread is opening a release: until then the last one answers
    answer = client.get(f"/_page/{old}{INDICATOR}")
    after = main_of(answer.json())
    assert answer.headers["cache-control"] == "no-cache"
    assert after["data-version"] == version_of(client, INDICATOR) != before["data-version"]
    assert after["data-outline"].split()[2] == release
    assert after["data-outline"] != before["data-outline"]  # so that it is replaced completely


def test_the_scripts_draw_the_page_of_the_document_and_the_frame_where_no_page_is_named(
    client: TestClient,
) -> None:
    address = f"{INDICATOR}?lang=en"
    layout = client.get("/_dash-layout", headers={"Referer": f"http://testserver{address}"})
    assert layout.json() == client.get(f"/_page/-{address}").json()
    address_shown = layout.json()["props"]["children"][0]["props"]["shown"]
    assert f'data-page="{address_shown}"' in client.get(address).text
    assert main_of(client.get("/_dash-layout").json())["children"] == []


def test_a_page_that_is_none_says_so_in_a_tree_that_is_answered(client: TestClient) -> None:
    answer = client.get("/_page/-/nothing")
    assert (answer.status_code, client.get("/nothing").status_code) == (200, 404)
    assert "view-missing" in main_of(answer.json())["className"]
    unknown = client.get(f"/_page/-{INDICATOR}?release=2020-01-01-00000000")
    assert "2020-01-01-00000000" in unknown.text


def test_what_an_address_ignores_makes_no_other_page(client: TestClient) -> None:
    plain = client.get(f"/_page/-{INDICATOR}")
    assert client.get(f"/_page/-{INDICATOR}?x=1&show=all&page=9").content == plain.content
