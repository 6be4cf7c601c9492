"""What readers get while releases come, go, are old or damaged: one release an answer, or none."""

from __future__ import annotations

import csv
import io
import json
import logging
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Event
from typing import TYPE_CHECKING
from weakref import ref

import pytest
from plotly.io.json import to_json_plotly
from starlette.responses import Response
from starlette.testclient import TestClient

from dashboard.app import create_app
from dashboard.compression import CompressedFiles
from dashboard.page_cache import Pages
from tests.support.deployment import PROJECT
from tests.support.releases import flip, multiply
from warehouse.config import Config, read_config
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import previous, published, rollback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

INDICATOR, MUNICIPALITY = "mean_wage", "900001"
OLD = PROJECT / "tests" / "old_releases"


@pytest.fixture
def city(published_city: Path, tmp_path: Path) -> Config:
    """A deployment of its own of the second city, with one release."""
    shutil.copytree(published_city, tmp_path / "city")
    return read_config(tmp_path / "city" / "config.yaml")


@pytest.fixture(scope="module")
def catalog(published_city: Path) -> Catalog:
    return read_catalog(read_config(published_city / "config.yaml").catalog)


@pytest.fixture
def releases(city: Config) -> list[str]:
    """Five releases; the figures of the nth are n times those of the first."""
    first = f"{published(city)}"
    return [first, *(multiply(city, first, times) for times in range(2, 6))]


def client_of(config: Config, catalog: Catalog) -> TestClient:
    return TestClient(create_app(config, catalog, Releases(config)).server)


def values(answer: dict[str, object]) -> list[float]:
    rows: list[dict[str, float]] = answer["observations"]  # type: ignore[assignment]  # JSON
    return [row["value"] for row in rows if row["value"] is not None]


def test_no_answer_mixes_two_releases_while_others_are_published(
    city: Config, catalog: Catalog, releases: list[str]
) -> None:
    client = client_of(city, catalog)
    address = f"/api/indicators/{INDICATOR}"
    base = values(client.get(f"{address}?release={releases[0]}").json())
    over = Event()

    def publishes() -> None:
        for release in releases * 5:
            rollback(city, release)
            time.sleep(0.05)
        over.set()

    def factor(release: str) -> float:
        return releases.index(release) + 1

    def read(_: int) -> set[str]:
        seen = set()
        while not over.is_set():
            answer = client.get(address).json()
            seen.add(answer["release"])
            ratio = [v / b for v, b in zip(values(answer), base, strict=True) if b]
            assert ratio == pytest.approx([factor(answer["release"])] * len(ratio))
            rows = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").text)))
            (release,) = {row["release"] for row in rows}
            figures = [float(row["value"]) for row in rows if row["value"]]
            assert figures == pytest.approx([b * factor(release) for b in base])
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, number) for number in range(3)]
        pool.submit(publishes).result()
        seen = set().union(*(reader.result() for reader in readers))
    assert len(seen) > 1


def test_permalinks_of_the_last_five_releases_open_and_never_change(
    city: Config, catalog: Catalog, releases: list[str]
) -> None:
    rollback(city, releases[-1])
    address = f"/indicatori/{INDICATOR}"
    others = [release for release in releases if release not in (releases[2], releases[-1])]

    def snapshot(pages: Pages) -> dict[tuple[str, str], str]:
        return {
            (release, path): content(pages, path, release)
            for release in others
            for path in every_path(catalog)
        }

    pages = Pages(city, catalog, Releases(city))
    assert len({content(pages, address, release) for release in releases}) == 5
    before = snapshot(pages)
    rollback(city, releases[2])  # what answers by default makes no difference to the others
    assert snapshot(Pages(city, catalog, Releases(city))) == before


def content(pages: Pages, address: str, release: str) -> str:
    """Return the panels of a permalink, none of which failed; the header lists all releases."""
    path, _, query = address.partition("?")
    page = pages.page(path, f"?{query}&release={release}")
    assert page.release == release
    assert page.status == HTTPStatus.OK, address
    text = json.dumps(json.loads(to_json_plotly(page.panels)))
    assert " failed" not in text, (release, address)
    return text


def every_path(catalog: Catalog) -> Iterator[str]:
    yield from ("/", "/territori", "/progetti", "/progetti/opere", "/progetti/rischi")
    yield from ("/piano", "/attori", "/dati", "/metodo", "/novita", "/territori/riva")
    yield from (f"/ambiti/{node.id}" for node in catalog.areas)
    yield from (f"/indicatori/{name}" for name in catalog.indicators)
    yield from ("/progetti/fountains", "/progetti/ferry")
    yield from ("/segni", "/?lang=en", f"/confronta?indicators={INDICATOR}&territory=riva")
    yield from (f"/territori/{MUNICIPALITY}", f"/indicatori/{INDICATOR}?lang=en")
    yield from ("/presenta/presentazioni/piano", f"/presenta/indicatori/{INDICATOR}")


@pytest.mark.parametrize("name", sorted(path.name for path in OLD.iterdir()))
def test_a_release_of_an_earlier_version_opens_on_every_page(
    city: Config, catalog: Catalog, name: str
) -> None:
    shutil.copytree(OLD / name, city.releases / name)
    pages = Pages(city, catalog, Releases(city))
    for path in every_path(catalog):
        content(pages, path, name)
    client = client_of(city, catalog)
    today = values(client.get(f"/api/indicators/{INDICATOR}").json())
    old = client.get(f"/api/indicators/{INDICATOR}?release={name}").json()
    assert (old["release"], values(old)) == (name, today)


def test_an_old_release_let_go_gives_its_memory_back(
    city: Config, catalog: Catalog, releases: list[str]
) -> None:
    pages = Pages(city, catalog, Releases(city))
    pages.page("/", "")
    stores = []
    for release in releases:
        for path in every_path(catalog):
            pages.page(path, f"?release={release}")
        stores.append(ref(pages.existing(release).store))
    pages.existing(releases[0])  # opened again, which lets go of others
    assert sum(store() is not None for store in stores) <= city.limits.releases


@pytest.mark.parametrize("release", ["2026-01-31-0123abcd", "nothing", "..", "2026"])
def test_outlines_of_no_release_are_not_found_and_not_kept(
    city: Config, catalog: Catalog, release: str
) -> None:
    client = client_of(city, catalog)
    for encoding in ("identity", "br"):
        answer = client.get(f"/shapes/{release}.svg", headers={"Accept-Encoding": encoding})
        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("cache-control", "")
    assert client.get(f"/shapes/{published(city)}.svg").status_code == 200


def test_where_the_release_is_damaged_the_page_of_the_data_and_readiness_say_it(
    city: Config, catalog: Catalog, releases: list[str]
) -> None:
    rollback(city, releases[-1])
    client = client_of(city, catalog)
    pages = Pages(city, catalog, Releases(city))
    assert "problems" not in to_json_plotly(pages.page("/dati", "").panels)
    city.pointer.unlink()
    pages = Pages(city, catalog, Releases(city))
    text = json.dumps(json.loads(to_json_plotly(pages.page("/dati", "?lang=en").panels)))
    assert 'class=\\"problems\\" role=\\"alert\\"' in text
    assert "names no release" in text
    assert releases[-1] in text
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["release"]) == (200, releases[-1])
    assert "rollback" in json.dumps(ready.json()["problems"])


def test_a_bit_flipped_in_the_published_figures_reaches_no_reader(
    city: Config, catalog: Catalog, releases: list[str]
) -> None:
    rollback(city, releases[1])
    path = city.releases / releases[1] / "observation.parquet"
    whole = path.read_bytes()
    for bit in range(80, len(whole) * 8, len(whole) * 8 // 10):
        flip(path, bit)
        assert Releases(city).open().release == releases[-1] != releases[1]
        path.write_bytes(whole)
    flip(path, len(whole) * 4)
    answer = client_of(city, catalog).get(f"/api/indicators/{INDICATOR}").json()
    assert answer["release"] == releases[-1]
    path.write_bytes(whole)
    assert previous(city) == releases[0]


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with one file, whatever is asked, as a route with a variable does."""
    await Response("a" * 5_000, media_type="text/css")(scope, receive, send)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _compressed(client: TestClient, address: str) -> bytes:
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    return answer.content


def test_addresses_that_anybody_invents_leave_one_compressed_copy(tmp_path: Path) -> None:
    middleware = CompressedFiles(_answer, tmp_path / "static")
    client = TestClient(middleware)
    with ThreadPoolExecutor(8) as pool:  # the first use is raced for
        texts = set(pool.map(lambda n: _compressed(client, f"/bundle/{n}?q={n}"), range(400)))
    assert texts == {b"a" * 5_000}
    deadline = time.monotonic() + 20
    while len(_files(tmp_path)) != 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(_files(tmp_path)) == 1
    assert len(middleware._responses) <= 256  # noqa: SLF001  # what a test of memory is about


def test_a_copy_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    _compressed(TestClient(CompressedFiles(_answer, folder)), "/bundle/a")
    deadline = time.monotonic() + 20
    while not (copies := _files(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    copies[0].write_bytes(copies[0].read_bytes()[:-3])
    assert _compressed(TestClient(CompressedFiles(_answer, folder)), "/bundle/a") == b"a" * 5_000


def test_without_a_folder_to_write_copies_stay_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "static"
    place.write_text("a file where the folder should be", encoding="utf-8")
    client = TestClient(CompressedFiles(_answer, place))
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            assert _compressed(client, "/bundle/a") == b"a" * 5_000
            time.sleep(0.02)
    assert caplog.text.count("stay in memory only") == 1
    assert list(tmp_path.iterdir()) == [place]
