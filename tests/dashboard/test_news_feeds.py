"""Feeds of what changed, and the digest for e-mail."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from tests.support.in_process import call
from tests.support.releases import multiply
from warehouse.config import Config, read_config
from warehouse.release.publish import list_releases, previous, published, rollback

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from dashboard.app import Application

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def names(two_releases: Path) -> tuple[str, str]:
    """The earlier and the later release."""
    later, earlier = (m.release for m in list_releases(read_config(two_releases)))
    return earlier, later


@pytest.fixture(scope="module")
def client(app_of_two: Application) -> TestClient:
    return TestClient(app_of_two.server)


@pytest.mark.parametrize("query", ["", "?area=environment", "?territory=nord-milano&lang=en"])
def test_feeds_have_an_entry_for_each_release_that_changed_something(
    client: TestClient, names: tuple[str, str], query: str
) -> None:
    feed = ET.fromstring(client.get(f"/api/news.atom{query}").content)  # noqa: S314  # our own
    (entry,) = feed.findall(f"{ATOM}entry")
    address = entry.findtext(f"{ATOM}id") or ""
    assert f"release={names[1]}" in address
    assert client.get(address.removeprefix("http://testserver")).status_code == 200
    (item,) = client.get(f"/api/news.json{query}").json()["items"]
    assert item["id"] == address
    assert "<table" in item["content_html"]


def test_a_feed_without_changes_has_no_entry(client: TestClient) -> None:
    feed = client.get("/api/news.json?indicator=street_cleaning_cost").json()
    assert feed["items"] == []


@pytest.mark.parametrize(
    ("path", "query"),
    [("/", ""), ("/ambiti/environment", "area=environment"), ("/territori/015146", "territory=")],
)
def test_pages_name_their_feeds(client: TestClient, path: str, query: str) -> None:
    links = re.findall(r'<link rel="alternate" type="application/\w+\+(\w+)"[^>]* href="([^"]+)"',
                       client.get(path).text)  # fmt: skip
    assert {kind for kind, _ in links} == {"xml", "json"}
    assert any(query in address for _, address in links)
    assert all(client.get(unescape(address)).status_code == 200 for _, address in links)


@pytest.fixture(scope="module")
def city(published_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The second city with a later release, in which every figure is twice as large."""
    folder = shutil.copytree(published_city, tmp_path_factory.mktemp("digests") / "city")
    config = read_config(folder / "config.yaml")
    rollback(config, multiply(config, f"{published(config)}", 2))
    return config


def digest(config: Config, *words: str) -> CompletedProcess[str]:
    return call(config.data.parent / "config.yaml", "dashboard", "digest", *words)


def test_the_digest_is_written_for_mail_and_for_programs(city: Config) -> None:
    before = f"{previous(city)}"
    html = digest(city, "--since", before)
    assert html.returncode == 0, html.stderr
    assert "<style" not in html.stdout
    assert 'style="' in html.stdout
    content = json.loads(digest(city, "--format", "json", "--lang", "en").stdout)
    assert (content["since"], content["release"]) == (before, published(city))
    assert content["title"].startswith("Since ")


def test_the_digest_of_an_unknown_release_names_those_there_are(city: Config) -> None:
    done = digest(city, "--since", "2020-x")
    assert done.returncode == 1
    assert f"{previous(city)}" in done.stderr


def test_a_digest_of_nothing_is_empty(city: Config) -> None:
    done = digest(city, "--project", "no-such-project")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_slash_at_the_end_takes_no_feed_from_the_readers_after(client: TestClient) -> None:
    path, encoded = "/ambiti/environment", {"Accept-Encoding": "br"}
    slashed, plain = (client.get(a, headers=encoded).text for a in (f"{path}/", path))
    assert slashed.count('rel="alternate"') == plain.count('rel="alternate"') == 4
