"""Old releases go by a rule that never takes one that somebody may still look at."""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.releases import date_back
from tests.support.small_city import RESIDENTS, SNAPSHOT, build, indicator
from warehouse.config import read_config
from warehouse.errors import ReleaseError
from warehouse.release.publish import drafts, list_releases, publish, published, rollback
from warehouse.release.retention import gc, pin, pins, unpin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.small_city import Configure
    from warehouse.config import Config

    PublishAged = Callable[[Config, int], list[str]]

TOTAL = indicator("total", "sum")
NOW = {"releases": 2, "drafts": 1, "days": 0}
REASON = "Assemblea"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Five releases, built once; every test has a copy of the oldest of them."""
    path = tmp_path_factory.mktemp("built") / "config.yaml"
    path.write_text(f"catalog: {path.parent}\ndata: data\n", encoding="utf-8")
    config = read_config(path)
    names = [
        publish(config, build(config, f"{RESIDENTS} money.paid 015077 2023 {n}", TOTAL).release)
        for n in range(1, 6)
    ]
    return config.releases, [manifest.release for manifest in names]


@pytest.fixture
def publish_aged(built: tuple[Path, list[str]]) -> PublishAged:
    """Lay a number of published releases, each a day younger than the one before; oldest first."""

    def lay(config: Config, number: int) -> list[str]:
        releases, names = built[0], built[1][:number]
        for age, name in zip(range(number, 0, -1), names, strict=True):
            shutil.copytree(releases / name, config.releases / name)
            _age(config.releases / name, age)
        publish(config, names[-1])
        return names

    return lay


def test_only_what_is_old_and_unpinned_goes(config: Configure, publish_aged: PublishAged) -> None:
    settings = config(retention=NOW)
    names = publish_aged(settings, 5)
    pin(settings, names[0], REASON)
    removed = gc(settings)
    assert set(removed.releases) == {names[1], names[2]}
    assert removed.bytes > 0
    assert {m.release for m in list_releases(settings)} == {names[0], names[3], names[4]}
    assert gc(settings).releases == ()


def test_the_published_release_and_the_one_before_stay_however_old(
    config: Configure, publish_aged: PublishAged
) -> None:
    settings = config(retention=NOW)
    names = publish_aged(settings, 5)
    rollback(settings, names[1])
    removed = gc(settings)
    assert removed.releases == (names[2],)  # the two newest stay, and 1 is before the published 2
    assert published(settings) == names[1]


def test_nothing_goes_that_was_made_within_the_days(
    config: Configure, publish_aged: PublishAged
) -> None:
    settings = config(retention=NOW | {"days": 5})
    names = publish_aged(settings, 5)  # 5, 4, 3, 2 and 1 days old
    assert gc(settings).releases == (names[0],)


def test_a_release_pinned_in_the_configuration_or_by_the_caller_stays(
    config: Configure, publish_aged: PublishAged
) -> None:
    names = publish_aged(config(retention=NOW), 4)
    settings = config(retention=NOW | {"pins": [names[0]]})
    assert pins(settings) == (names[0],)
    assert gc(settings, pinned=[names[1]]).releases == ()
    assert gc(settings, keep=3).releases == ()
    assert gc(settings).releases == (names[1],)


def test_a_rehearsal_says_what_would_go_and_leaves_it(
    config: Configure, publish_aged: PublishAged
) -> None:
    settings = config(retention=NOW)
    names = publish_aged(settings, 3)
    assert gc(settings, rehearse=True).releases == (names[0],)
    assert len(list_releases(settings)) == 3


def test_a_pin_is_of_a_release_that_is_there_and_can_be_taken_out(
    config: Configure, publish_aged: PublishAged
) -> None:
    settings = config(retention=NOW)
    names = publish_aged(settings, 3)
    with pytest.raises(ReleaseError, match="no such release"):
        pin(settings, "2026-01-31-0123abcd", REASON)
    with pytest.raises(ReleaseError) as wrong:
        pin(settings, names[0], " ")
    assert wrong.value.in_("it")[0].endswith("riunione si conserva (--because).")
    pin(settings, names[0], REASON)
    pin(settings, names[0], REASON)
    assert pins(settings) == (names[0],)
    unpin(settings, names[0])
    with pytest.raises(ReleaseError, match="not pinned"):
        unpin(settings, names[0])
    assert gc(settings).releases == (names[0],)


def test_old_drafts_and_what_killed_builds_left_go(config: Configure) -> None:
    settings = config(retention=NOW)
    older, _ = (
        build(settings, f"{RESIDENTS} money.paid 015077 2023 {value}", TOTAL) for value in (1, 2)
    )
    left = _dated(settings.releases / ".draft-killed", days=2)
    running = _dated(settings.releases / ".draft-running", days=0)
    removed = gc(settings)
    assert removed.drafts == (older.release,)
    assert removed.temporary == (left.name,)
    assert (left.exists(), running.exists()) == (False, True)
    assert len(drafts(settings)) == 1


LEFT = (
    "current.4711",
    "refresh.json.4711",
    ".current.0123456789abcdef0123456789abcdef",
    "snapshots/.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.4711",
    "cache/static/.0123456789abcdef.br.0123456789abcdef0123456789abcdef",
    "releases/.draft-0123456789abcdef0123456789abcdef",
)
OURS = ("current", "refresh.json", "lock", "fetched/2024.csv", "office/projects.4711.xlsx")


@pytest.mark.parametrize("name", LEFT)
@pytest.mark.parametrize("is_folder", [False, True])
def test_what_a_killed_process_left_is_swept_after_a_day(
    config: Configure, name: str, *, is_folder: bool
) -> None:
    settings = config(retention=NOW)
    old, young = settings.data / name, settings.data / f"{name[:-2]}98"
    for path, days in ((old, 2), (young, 0)):
        if is_folder:
            _dated(path, days)
        else:
            _dated(path.parent, days)
            path.write_text("half", encoding="utf-8")
            os.utime(path, (time.time() - days * 86_400,) * 2)
    ours = [settings.data / own for own in OURS]
    for path in ours:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("own", encoding="utf-8")
        os.utime(path, (0, 0))
    assert gc(settings, rehearse=True).temporary == (old.name,)
    assert old.exists()
    removed = gc(settings)
    assert (removed.temporary, removed.bytes) == ((old.name,), 1 if is_folder else 4)
    assert (old.exists(), young.exists(), all(p.exists() for p in ours)) == (False, True, True)


def test_raw_files_go_only_on_request_and_only_those_that_no_release_names(
    config: Configure, publish_aged: PublishAged
) -> None:
    settings = config(retention=NOW)
    publish_aged(settings, 1)
    used = _dated(settings.data / "snapshots" / SNAPSHOT, days=2)
    unnamed = _dated(settings.data / "snapshots" / ("6" * 64), days=2)
    just_kept = _dated(settings.data / "snapshots" / ("7" * 64), days=0)
    assert gc(settings).snapshots == ()
    assert gc(settings, snapshots=True).snapshots == (unnamed.name,)
    assert [p.exists() for p in (used, unnamed, just_kept)] == [True, False, True]


def test_a_release_that_cannot_be_read_protects_every_raw_file(
    config: Configure, publish_aged: PublishAged
) -> None:
    settings = config(retention=NOW)
    (name,) = publish_aged(settings, 1)
    unnamed = _dated(settings.data / "snapshots" / ("6" * 64), days=2)
    (settings.releases / name / "snapshot.parquet").unlink()
    with pytest.raises(ReleaseError, match="no raw file was removed"):
        gc(settings, snapshots=True)
    assert unnamed.exists()


def _age(folder: Path, days: int) -> None:
    date_back(folder, datetime.now(tz=UTC) - timedelta(days=days))


def _dated(folder: Path, days: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "content").write_text("x", encoding="utf-8")
    then = time.time() - days * 24 * 3600
    os.utime(folder, (then, then))
    return folder
