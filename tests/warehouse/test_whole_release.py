"""A release is whole or it is not served: damage, a broken pointer, a clock that was set back."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING
from weakref import ref

import pytest

from tests.support.deployment import deploy
from tests.support.releases import date_back, flip, multiply
from tests.support.small_city import CINISELLO, RESIDENTS, build, indicator
from warehouse.config import read_config
from warehouse.errors import ReleaseError
from warehouse.query import releases as opening
from warehouse.query.releases import Releases
from warehouse.query.store import Store
from warehouse.release.manifest import verify
from warehouse.release.publish import list_releases, previous, publish, published, rollback
from warehouse.release.serving import mark_of_pointer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.small_city import Configure
    from warehouse.config import Config, Limits

TOTAL = indicator("total", "sum")
FLIPS = 12  # in each table, besides its first and last bytes


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A deployment with two releases, in which Cinisello paid 1 and then 2."""
    settings = read_config(deploy(tmp_path_factory.mktemp("built")))
    for paid in ("1", "2"):
        draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 {paid}", TOTAL)
        publish(settings, draft.release)
    return settings


@pytest.fixture
def city(built: Config, config: Configure) -> Config:
    """A copy of it, to damage."""
    settings = config()
    shutil.copytree(built.data, settings.data)
    return settings


def paid(store: Store) -> float:
    frame = store.frame("series", indicators=["total"], territories=[CINISELLO])
    return float(frame["value"].iloc[0])


def test_one_flipped_bit_of_any_file_is_never_served(city: Config) -> None:
    last = f"{published(city)}"
    files = sorted((city.releases / last).iterdir())
    assert len(files) > 30
    for path in files:
        whole = path.read_bytes()
        bits = len(whole) * 8
        step = max(1, bits // FLIPS)
        for bit in {0, 8, bits - 1, bits - 64, *range(step // 2, bits, step)}:
            flip(path, bit)
            with pytest.raises(ReleaseError):
                Store(city.releases / last)
            path.write_bytes(whole)
    assert paid(Store(city.releases / last)) == 2


@pytest.mark.parametrize("name", ["observation", "territory", "indicator", "project"])
def test_where_a_table_is_damaged_the_release_before_is_served_and_the_log_tells(
    city: Config, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    last, before = f"{published(city)}", f"{previous(city)}"
    flip(city.releases / last / f"{name}.parquet", 100)
    releases = Releases(city)
    assert paid(releases.open()) == 1
    state = releases.state()
    assert (state.serving, state.pointer) == (before, last)
    assert name in state.problems("it")[0]
    assert state.problems("it")[-1].startswith(f"Si mostra {before} e non {last}")
    assert [record.levelname for record in caplog.records].count("ERROR") == 1
    with pytest.raises(ReleaseError, match="differs from the manifest"):
        releases.open(last)  # nor by its permalink


def test_a_release_damaged_while_it_is_open_goes_on_and_is_not_opened_again(city: Config) -> None:
    last = f"{published(city)}"
    releases = Releases(city)
    store = releases.open()
    flip(city.releases / last / "observation.parquet", 100)
    assert releases.open() is store
    assert paid(store) == 2
    assert paid(Releases(city).open()) == 1


def _as_folder(pointer: Path) -> None:
    pointer.unlink()
    pointer.mkdir()


POINTERS: dict[str, Callable[[Path], object]] = {
    "lost": lambda pointer: pointer.unlink(),
    "empty": lambda pointer: pointer.write_bytes(b""),
    "garbage": lambda pointer: pointer.write_bytes(b"\xff\xfe\x00" * 100_000),
    "elsewhere": lambda pointer: pointer.write_text("../../etc/passwd"),
    "folder": _as_folder,
    "nothing": lambda pointer: pointer.write_text("2026-01-31-0123abcd\n"),
}


@pytest.mark.parametrize("breaks", POINTERS.values(), ids=POINTERS)
@pytest.mark.parametrize("is_cold", [True, False], ids=["cold", "running"])
def test_with_a_broken_pointer_the_last_whole_release_is_served(
    city: Config, breaks: Callable[[Path], object], *, is_cold: bool
) -> None:
    first = f"{previous(city)}"
    rollback(city)  # a running server goes on with this one; a cold one knows only the newest
    releases = Releases(city)
    if not is_cold:
        assert releases.open().release == first
    breaks(city.pointer)
    assert paid(releases.open()) == (2 if is_cold else 1)
    state = releases.state()
    assert state.serving == releases.open().release
    assert state.problems("en")
    if city.pointer.is_dir():
        city.pointer.rmdir()
    assert rollback(city, first).release == first
    assert (paid(releases.open()), releases.state().faults) == (1, ())


def test_what_is_repaired_is_served_again_without_a_change_of_the_pointer(
    city: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = city.releases / f"{published(city)}" / "observation.parquet"
    whole = path.read_bytes()
    flip(path, 100)
    releases = Releases(city)
    assert paid(releases.open()) == 1
    path.write_bytes(whole)
    assert paid(releases.open()) == 1  # not tried at every request
    monkeypatch.setattr(opening, "RETRY", 0.0)
    assert paid(releases.open()) == 2
    assert releases.state().faults == ()


def test_where_no_release_is_whole_the_error_names_every_damage(city: Config) -> None:
    names = [manifest.release for manifest in list_releases(city)]
    for name in names:
        flip(city.releases / name / "observation.parquet", 100)
    releases = Releases(city)
    with pytest.raises(ReleaseError, match="no release is whole") as error:
        releases.open()
    assert all(name in str(error.value) for name in names)
    assert (releases.state().serving, releases.state().age.total_seconds()) == (None, 0)


def test_a_folder_under_the_name_of_another_release_is_not_served(city: Config) -> None:
    last = f"{published(city)}"
    other = city.releases / "2026-01-31-0123abcd"
    shutil.copytree(city.releases / last, other)
    with pytest.raises(ReleaseError, match=f"contains release {last}"):
        verify(other)


def test_a_clock_that_was_set_back_changes_no_order(config: Configure) -> None:
    settings = config()
    names = []
    for number in range(1, 5):
        draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 {number}", TOTAL)
        date_back(draft.path, datetime(2026 - number, 1, 1, tzinfo=UTC))
        names.append(publish(settings, draft.release).release)
    assert [m.release for m in list_releases(settings)] == names[::-1]
    assert previous(settings) == names[2]
    settings.pointer.unlink()
    assert Releases(settings).open().release == names[-1]


def test_few_releases_stay_open_and_none_closes_while_it_is_used(city: Config) -> None:
    releases = Releases(city)
    current = releases.open()
    names = [multiply(city, current.release, times) for times in range(2, 8)]
    in_use = releases.open(names[0])
    watched = [ref(releases.open(name)) for name in names[1:]]
    assert len(releases.names) == city.limits.releases == 3
    assert releases.names[-2:] == tuple(names[-2:])
    assert current.release in releases.names  # the one that answers is never let go
    assert [store() is None for store in watched] == [True] * 3 + [False] * 2
    assert paid(in_use) == 4  # let go, but a request still uses it
    assert releases.open(names[0]) is in_use


def test_one_opens_at_a_time_and_the_others_go_on_with_the_last_release(
    city: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = Releases(city)
    before = releases.open()
    later = multiply(city, before.release, 3)
    begins, ends = Event(), Event()
    openings = []

    class Slow(Store):
        def __init__(self, folder: Path, limits: Limits) -> None:
            openings.append(folder.name)
            begins.set()
            assert ends.wait(20)
            super().__init__(folder, limits)

    monkeypatch.setattr(opening, "Store", Slow)
    publish(city, later)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(releases.open)
        assert begins.wait(20)
        others = [pool.submit(releases.open) for _ in range(3)]
        assert {other.result(20) for other in others} == {before}
        ends.set()
        assert first.result(20).release == later
    assert openings == [later]
    assert releases.open().release == later


def test_the_database_has_the_configured_memory_and_threads(config: Configure) -> None:
    settings = config(limits={"memory": 256, "threads": 2})
    draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 1", TOTAL)
    publish(settings, draft.release)
    store = Releases(settings).open()
    question = "select current_setting('memory_limit'), current_setting('threads')"
    assert list(store.sql(question).to_pylist()[0].values()) == ["256.0 MiB", 2]
    with pytest.raises(ReleaseError, match="memory"):
        store.sql("select list(i) from range(200000000) t(i)")
    assert paid(store) == 1


def test_the_mark_of_the_pointer_changes_with_every_publication(city: Config) -> None:
    marks = {mark_of_pointer(city)}
    for manifest in list_releases(city) * 2:
        rollback(city, manifest.release)
        marks.add(mark_of_pointer(city))
    assert len(marks) == 5
    city.pointer.unlink()
    assert mark_of_pointer(city) is None
