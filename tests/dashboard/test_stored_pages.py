"""Drawn pages on disk: used by the next server of the same release and code, by no other."""

from __future__ import annotations

import json
import shutil
import time
from threading import Thread
from typing import TYPE_CHECKING

import brotli
import pytest
from starlette.testclient import TestClient

from dashboard.app import create_app
from dashboard.drawing_ahead import draw_pages
from dashboard.stored_pages import MOST_BYTES, MOST_EDITIONS, StoredPages
from tests.support.releases import multiply
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import published, rollback
from warehouse.release.retention import gc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.app import Application

PAGE, RELEASE = b"a page", "2026-01-31-0123abcd"
ADDRESS = "/indicatori/mean_wage"
OPENED: dict[Path, Releases] = {}


@pytest.fixture
def city(published_city: Path, tmp_path: Path) -> Config:
    """A deployment of its own of the second city, with one release and nothing stored."""
    shutil.copytree(published_city, tmp_path / "city")
    shutil.rmtree(tmp_path / "city" / "data" / "cache", ignore_errors=True)
    return read_config(tmp_path / "city" / "config.yaml")


@pytest.fixture(autouse=True)
def opened() -> Iterator[None]:
    """Let go of what a test opened."""
    yield
    OPENED.clear()


def start(config: Config) -> Application:
    """Return a server that has not drawn anything; those of a test share the open releases."""
    releases = OPENED.setdefault(config.data, Releases(config))
    return create_app(config, read_catalog(config.catalog), releases)


def ask(app: Application, address: str = ADDRESS) -> bytes:
    return TestClient(app.server).get(address, headers={"Accept-Encoding": "br"}).content


def files(config: Config) -> list[Path]:
    return sorted(config.drawn_pages.glob("*/*.br"))


def mark(config: Config) -> None:
    """Store other pages in place of those that are stored, as nobody would draw them."""
    app = start(config)
    question = app.pages.question(ADDRESS, "")
    stored = app.sent._stored  # noqa: SLF001  # what it writes, the next server reads
    place = stored.place(question.current, f"document it {ADDRESS}")
    assert stored.read(place)
    stored.write(place, brotli.compress(b"stored"))


def test_of_two_servers_that_need_a_page_one_draws_it(city: Config) -> None:
    first, second = StoredPages(city, "code"), StoredPages(city, "code")
    place, read = first.place(RELEASE, "a"), []

    def come_second() -> None:
        with second.alone(place):
            read.append(second.read(place))

    other = Thread(target=come_second)
    with first.alone(place):
        other.start()
        other.join(0.3)
        assert other.is_alive()
        first.write(place, PAGE)
    other.join()
    assert read == [PAGE]


def test_the_next_server_answers_with_the_page_that_is_stored(city: Config) -> None:
    drawn = ask(start(city))
    assert len(files(city)) == 1
    assert ask(start(city)) == drawn
    mark(city)
    assert ask(start(city)) == b"stored"
    assert ask(start(city), f"{ADDRESS}?x=1") == b"stored"  # a parameter that the page ignores
    assert ask(start(city), f"{ADDRESS}?lang=en") != b"stored"
    assert ask(start(city), f"{ADDRESS}?theme=dark") != b"stored"
    assert b"stored" not in ask(start(city), f"/_page/-{ADDRESS}")
    assert len(files(city)) == 3  # the English page and the tree; not the dark one


def test_a_page_of_other_settings_code_or_releases_is_drawn(city: Config, tmp_path: Path) -> None:
    ask(start(city))
    mark(city)
    for other in (
        city.model_copy(update={"contact": "a@example.it"}),
        city.model_copy(update={"server": city.server.model_copy(update={"prefix": "/x"})}),
    ):
        assert ask(start(other)) != b"stored"
    pair = city.server.model_copy(update={"port": 9, "workers": 2})
    same = city.model_copy(update={"server": pair})
    assert ask(start(same)) == b"stored"
    copy = shutil.copytree(city.catalog, tmp_path / "other")
    text = (copy / "plan.yaml").read_text(encoding="utf-8")
    (copy / "plan.yaml").write_text(f"{text}\n# other\n", encoding="utf-8")
    assert ask(start(city.model_copy(update={"catalog": copy}))) != b"stored"
    first = f"{published(city)}"
    multiply(city, first, 2)  # pages may show an earlier release
    assert ask(start(city)) != b"stored"


def test_after_a_release_its_own_pages_are_drawn_and_gc_removes_the_others(city: Config) -> None:
    first = f"{published(city)}"
    second = multiply(city, first, 2)
    app = start(city)
    before = ask(app)
    rollback(city, second)
    while app.pages.release_data(None).store.release != second:
        time.sleep(0.05)  # another thread is opening a release: until then the last one answers
    assert second.encode() in (after := ask(app))
    assert first.encode() in ask(app, f"{ADDRESS}?release={first}")
    assert before != after
    names = {path.parent.name for path in files(city)}
    assert {name.rpartition("-")[0] for name in names} == {first, second}
    assert any(name.startswith(first) for name in gc(city, rehearse=True).temporary)
    gc(city)
    assert {path.parent.name.rpartition("-")[0] for path in files(city)} == {second}


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"x",
        lambda _: b"x" * 40_000,
        lambda content: flipped(content, len(content) // 2),
    ],
)
def test_a_damaged_page_is_drawn_again(city: Config, damage: Callable[[bytes], bytes]) -> None:
    drawn = ask(start(city))
    (path,) = files(city)
    content = path.read_bytes()
    path.write_bytes(damage(content))
    assert ask(start(city)) == drawn
    assert path.read_bytes() == content


def test_a_page_with_a_bit_flipped_anywhere_is_not_read(city: Config) -> None:
    store = StoredPages(city, "code")
    page = store.place(RELEASE, "page")
    store.write(page, PAGE * 500)
    content = page.read_bytes()
    for place in range(0, len(content), max(1, len(content) // 60)):
        page.write_bytes(flipped(content, place))
        assert store.read(page) is None


def test_a_page_that_took_the_name_of_another_is_drawn(city: Config) -> None:
    store = StoredPages(city, "code")
    one, two = store.place(RELEASE, "one"), store.place(RELEASE, "two")
    store.write(one, PAGE)
    store.write(two, PAGE * 2)
    assert (store.read(one), store.read(two)) == (PAGE, PAGE * 2)
    shutil.copy(two, one)
    assert (store.read(one), store.read(two)) == (None, PAGE * 2)


def test_a_page_drawn_while_a_release_went_is_not_stored_as_one_of_those_that_are_left(
    city: Config,
) -> None:
    store = StoredPages(city, "code")
    other = multiply(city, f"{published(city)}", 2)
    before = store.place(RELEASE, "page")
    shutil.rmtree(city.releases / other)
    store.write(before, PAGE)
    assert store.read(store.place(RELEASE, "page")) is None


def test_where_nothing_can_be_written_pages_are_drawn(city: Config) -> None:
    city.cache.write_text("no folder", encoding="utf-8")
    app = start(city)
    assert json.loads(ask(app, f"/_page/-{ADDRESS}"))
    assert ask(app) == ask(start(city))


def test_files_are_bounded_in_number_and_bytes(
    city: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.stored_pages.MOST_FILES", 5)
    store = StoredPages(city, "code")
    for number in range(9):
        store.write(store.place(RELEASE, f"page {number}"), PAGE)
    assert len(files(city)) == 5
    large = store.place(RELEASE, "large")
    store.write(large, b"x" * (MOST_BYTES + 1))
    assert not large.exists()
    for number in range(9):
        last = StoredPages(city, f"code {number}").place(RELEASE, "page")
        store.write(last, PAGE)
    assert len(list(city.drawn_pages.iterdir())) <= MOST_EDITIONS + 1
    assert store.read(last) == PAGE


def test_what_a_reader_invents_is_not_stored(city: Config) -> None:
    app = start(city)
    for address in (
        "/nothing",
        f"{ADDRESS}?release=2020-01-01-00000000",
        "/territori?at=2020-01-01",
    ):
        ask(app, address)
    assert files(city) == []


def test_every_page_can_be_drawn_ahead(city: Config) -> None:
    count, pages = draw_pages(city)
    assert sum(1 for _ in pages) == count > 30
    assert len(files(city)) == 2 * count
    mark(city)
    assert ask(start(city)) == b"stored"
