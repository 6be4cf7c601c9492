"""The shipped figures are those of the providers' files; raw bytes are stored once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from etl.pipeline import shipped as bundled
from etl.pipeline.gather import GatherInputs, gather
from etl.snapshot import Snapshot, store
from tests.support.in_process import read_in_one_process
from tests.support.specimens import CATALOG, SPECIMENS, of_specimen
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd


def frame(inputs: Mapping[str, pa.Table], name: str) -> pd.DataFrame:
    """Return a table in the order of its key, without the moment of fetching."""
    table: pd.DataFrame = inputs[name].to_pandas().drop(columns="fetched", errors="ignore")
    words: pd.Index[str] = table.select_dtypes("str").columns
    table[words] = table[words].fillna("")
    return table.sort_values(list(INPUTS[name].key), ignore_index=True)


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, pa.Table]:
    """The figures that ship with the project."""
    return gather(GatherInputs(CATALOG))


def test_the_shipped_figures_are_those_of_the_files(
    shipped: Mapping[str, pa.Table], shared_data: Path, tmp_path: Path
) -> None:
    with read_in_one_process():
        read = gather(GatherInputs(CATALOG, shared_data, cache=tmp_path))
    expected = {name: frame(read, name) for name in INPUTS}
    for name in INPUTS:
        assert frame(shipped, name).equals(expected[name]), name
    folders = {"pnrr_works": shared_data, "population": shared_data, "waste": None}
    for dataset, folder in folders.items():
        again = gather(
            GatherInputs(CATALOG, folder, cache=tmp_path, datasets=[dataset], before=read)
        )
        for name in INPUTS:
            same = again[name] is read[name] or frame(again, name).equals(expected[name])
            assert same, f"{name}: {dataset} alone"


def test_figures_that_are_written_read_back_to_the_last_bit(tmp_path: Path) -> None:
    datasets = {name: of_specimen(CATALOG.datasets[name]) for name in ("waste", "pnrr_works")}
    catalog = CATALOG.model_copy(update={"datasets": datasets})
    folder = tmp_path / "files"
    for name in datasets:
        for path in (p for p in (SPECIMENS / name).rglob("*") if p.is_file()):
            target = folder / path.relative_to(SPECIMENS / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    inputs = gather(GatherInputs(catalog, folder))
    bundled.write(inputs, tmp_path / "bundled")
    again = bundled.read(tmp_path / "bundled")
    for name in again:
        assert frame(again, name).equals(frame(inputs, name)), name


def test_a_file_that_already_ships_keeps_the_time_it_was_first_fetched(
    shipped: Mapping[str, pa.Table], tmp_path: Path
) -> None:
    table = shipped["snapshot"]
    for year in (2026, 2027):
        moment = pa.array([datetime(year, 1, 31, tzinfo=UTC)] * table.num_rows)
        position = table.column_names.index("fetched")
        changed = table.set_column(position, "fetched", moment.cast(table["fetched"].type))
        bundled.write({**shipped, "snapshot": changed}, tmp_path)
    fetched = bundled.read(tmp_path)["snapshot"]["fetched"].to_pylist()
    assert {moment.year for moment in fetched} == {2026}


def test_every_declared_file_ships_without_being_rejected(
    shipped: Mapping[str, pa.Table],
) -> None:
    assert not (shipped["quarantine"].to_pandas()["line"] == 0).any()
    at_hand = {d.id for d in CATALOG.datasets.values() if any(not f.fetch for f in d.files)}
    assert set(shipped["snapshot"].to_pandas()["dataset"]) == at_hand


def test_every_declared_variable_that_an_indicator_needs_has_figures(
    shipped: Mapping[str, pa.Table],
) -> None:
    component = shipped["component"].to_pandas()
    available = set(component["dataset"] + "." + component["variable"])
    without_files = {
        d.id for d in CATALOG.datasets.values() if all(f.fetch for f in d.files)
    }  # not loaded yet: its files are fetched, or its source is a portal
    for indicator in CATALOG.indicators.values():
        at_hand = {v for v in indicator.variables if v.split(".")[0] not in without_files}
        assert at_hand <= available, indicator.id


@pytest.fixture
def downloaded() -> Snapshot:
    """A file as it came."""
    return Snapshot("population", "a.csv", "https://demo.istat.it", "CC BY", b"a,b\n1,2\n")


def test_the_same_bytes_are_stored_once_with_their_first_time(
    tmp_path: Path, downloaded: Snapshot
) -> None:
    first = store(downloaded, tmp_path)
    folder = tmp_path / downloaded.sha256
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert store(downloaded, tmp_path) == first
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert (folder / "content").read_bytes() == downloaded.content
    assert [path.name for path in tmp_path.iterdir()] == [downloaded.sha256]


@pytest.mark.parametrize(
    ("name", "left"), [("content", b""), ("snapshot.json", b"{"), ("snapshot.json", b"[]")]
)
def test_a_damaged_snapshot_is_stored_again(
    tmp_path: Path, downloaded: Snapshot, name: str, left: bytes
) -> None:
    store(downloaded, tmp_path)
    folder = tmp_path / downloaded.sha256
    (folder / name).write_bytes(left)
    first = store(downloaded, tmp_path)
    assert (folder / "content").read_bytes() == downloaded.content
    assert store(downloaded, tmp_path) == first
