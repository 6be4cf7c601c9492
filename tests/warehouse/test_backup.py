"""A copy of the data folder, made as the operations page says, gives everything back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.support.releases import flip
from tests.support.small_city import CINISELLO, RESIDENTS, build, indicator
from warehouse.query.releases import Releases
from warehouse.release.manifest import verify
from warehouse.release.publish import list_releases, publish, published, rollback
from warehouse.release.retention import pin, pins

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.small_city import Configure

TOTAL = indicator("total", "sum")


def test_a_restored_copy_is_checked_and_served(config: Configure, tmp_path: Path) -> None:
    settings = config()
    for paid in ("1", "2"):
        draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 {paid}", TOTAL)
        publish(settings, draft.release)
    current = f"{published(settings)}"
    pin(settings, current, "Assemblea")
    copy = tmp_path / "copy"
    shutil.copytree(settings.data, copy, ignore=shutil.ignore_patterns("current"))
    shutil.copy2(settings.pointer, copy / "current")  # last, as the page says
    before = [m.model_dump() for m in list_releases(settings)]

    shutil.rmtree(settings.data)  # the disk is lost
    shutil.copytree(copy, settings.data)
    for manifest in list_releases(settings):
        verify(settings.releases / manifest.release)
    assert [m.model_dump() for m in list_releases(settings)] == before
    assert (published(settings), pins(settings)) == (current, (current,))
    assert rollback(settings, current).release == current
    store = Releases(settings).open()
    frame = store.frame("series", indicators=["total"], territories=[CINISELLO])
    assert frame["value"].tolist() == [2]


def test_one_damaged_release_is_restored_alone(config: Configure, tmp_path: Path) -> None:
    settings = config()
    draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 1", TOTAL)
    release = publish(settings, draft.release).release
    copy = shutil.copytree(settings.releases / release, tmp_path / "copy" / release)
    flip(settings.releases / release / "observation.parquet", 100)
    shutil.rmtree(settings.releases / release)
    shutil.copytree(copy, settings.releases / release)
    assert rollback(settings, release).release == release
    assert Releases(settings).open().release == release
