"""Large files are read by several processes at once, with the same result as one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.pipeline.cache import Cache
from etl.pipeline.discovery import InputFolder, discover
from etl.pipeline.reading import read_datasets
from tests.support.specimens import CATALOG, copied, of_specimen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAMES = ("population", "waste", "anpr")


def test_processes_read_what_one_would_and_share_its_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = tmp_path / "files", Cache(tmp_path / "cache")
    for name in NAMES:
        copied(name, folder)
    next(folder.rglob("ANPR*.csv")).write_bytes(b"nothing of the kind")
    datasets = {name: of_specimen(CATALOG.datasets[name]) for name in NAMES}
    catalog = CATALOG.model_copy(update={"datasets": datasets})
    files = InputFolder(catalog, folder)
    work = [(dataset, discover(dataset, files)[0]) for dataset in datasets.values()]
    alone = list(read_datasets(work, catalog, Cache(None)))
    assert [bool(failures) for _, failures, _ in alone] == [False, False, True]

    monkeypatch.setattr("etl.pipeline.reading.LARGE", 0)
    assert list(read_datasets(work, catalog, cache)) == alone
    again = list(read_datasets(work, catalog, cache))
    for (tables, *_), (before, *_) in zip(again, alone, strict=True):
        assert tables.keys() == before.keys()
        assert tables.get("component", ()) == before.get("component", ())
    assert [outcome for *_, outcome in again] == ["cached", "cached", "read"]
