"""A refresh is a transaction: resumable, quick where nothing changed, exclusive."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from etl.pipeline.gather import GatherInputs, gather
from etl.pipeline.lock import LOCK
from tests.support.in_process import call
from warehouse.config import CONFIG_FILE, Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.release.publish import drafts, published, rollback

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


@dataclass(frozen=True)
class City:
    """A small deployment of its own, with the files that it is refreshed from."""

    config: Config
    files: Path
    file: Path

    def refresh(self, *words: str) -> Result:
        return CliRunner().invoke(app, ["refresh", "--from", str(self.files), *words])

    def table(self, name: str) -> pd.DataFrame:
        return read(self.release, name)

    @property
    def release(self) -> Path:
        return self.config.releases / str(published(self.config))

    def drafted(self, name: str) -> pd.DataFrame:
        (draft,) = drafts(self.config)
        return read(self.config.releases / f"{draft.release}.draft", name)


def read(folder: Path, table: str) -> pd.DataFrame:
    rows: pd.DataFrame = pq.read_table(folder / f"{table}.parquet").to_pandas()
    return rows


@pytest.fixture
def city(published_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    """A copy of the published city, in English."""
    folder = tmp_path / "city"
    shutil.copytree(published_city, folder)
    text = (folder / "config.yaml").read_text("utf-8").replace("language: it", "language: en")
    (folder / "config.yaml").write_text(text, "utf-8")
    monkeypatch.setenv(CONFIG_FILE, str(folder / "config.yaml"))
    monkeypatch.setenv("COLUMNS", "200")
    return City(read_config(folder / "config.yaml"), folder / "files", folder / "config.yaml")


def spoil(path: Path) -> None:
    path.write_text("nothing,of\nthe,sort\n", "utf-8")


def revise(path: Path) -> None:
    """Have the provider revise the last figure of a file by one."""
    *lines, last = path.read_text("utf-8").splitlines(keepends=True)
    head, _, value = last.strip().rpartition(",")
    path.write_text("".join([*lines, f"{head},{int(value) + 1}\n"]), "utf-8")


def test_an_unchanged_refresh_stops_at_once(city: City) -> None:
    done = call(city.file, "etl", "refresh", "--from", str(city.files), "--publish")
    assert done.returncode == Exit.DONE
    assert "nothing changed" in done.stdout
    assert "Reading" not in done.stdout


def test_a_file_that_fails_keeps_its_published_figures(city: City) -> None:
    before = city.table("component")
    spoil(city.files / "streets.csv")
    done = city.refresh("--publish")
    assert done.exit_code == Exit.FAULTS
    assert "figures that the published release has from this file stay" in done.output
    pd.testing.assert_frame_equal(city.drafted("component"), before)


def test_a_file_that_is_missing_keeps_its_snapshot_too(city: City) -> None:
    before = city.table("snapshot")
    streets = before[before["dataset"] == "streets"]
    (city.files / "streets.csv").unlink()
    revise(city.files / "water.csv")
    assert city.refresh().exit_code == Exit.FAULTS
    after = city.drafted("snapshot")
    carried = after[after["dataset"] == "streets"]
    assert carried["snapshot"].tolist() == streets["snapshot"].tolist()
    refused = city.drafted("quarantine")
    assert "figures" in refused.loc[refused["file"] == "streets.csv", "message_en"].item()


def test_a_row_rejected_in_a_file_that_was_read_is_missing(city: City) -> None:
    path = city.files / "streets.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",50,", ",many,")
    path.write_text("".join(lines), "utf-8")
    city.refresh()
    figures = city.drafted("component")
    of_first = figures[(figures["dataset"] == "streets") & (figures["territory"] == "900001")]
    assert ("km", "2023") not in set(zip(of_first["variable"], of_first["period"], strict=True))
    assert ("km", "2024") in set(zip(of_first["variable"], of_first["period"], strict=True))


def test_refreshing_one_dataset_leaves_the_others_as_published(city: City) -> None:
    spoil(city.files / "people.csv")
    revise(city.files / "water.csv")
    before = city.table("component")
    done = city.refresh("--dataset", "waterworks")
    assert done.exit_code == Exit.DONE, done.output
    after = city.drafted("component")
    for dataset in set(before["dataset"]) - {"waterworks"}:
        pd.testing.assert_frame_equal(
            after[after["dataset"] == dataset].reset_index(drop=True),
            before[before["dataset"] == dataset].reset_index(drop=True),
        )
    waterworks = after["dataset"] == "waterworks"
    assert after.loc[waterworks, "value"].sum() == 1 + before.loc[waterworks, "value"].sum()
    assert len(city.drafted("project")) == len(city.table("project"))


def test_requesting_one_dataset_where_nothing_is_published_reads_all(city: City) -> None:
    before = city.table("component")
    shutil.rmtree(city.config.data)
    done = city.refresh("--dataset", "waterworks", "--publish")
    assert done.exit_code == Exit.DONE, done.output
    pd.testing.assert_frame_equal(city.table("component"), before)


def test_figures_of_a_stored_release_are_not_a_draft(city: City) -> None:
    revise(city.files / "water.csv")
    assert city.refresh("--dataset", "waterworks", "--publish").exit_code == Exit.DONE
    later = str(published(city.config))
    rollback(city.config)
    again = city.refresh("--dataset", "waterworks")
    assert again.exit_code == Exit.DONE
    assert f"Nothing changed since {later}, which is stored" in again.output
    assert CliRunner().invoke(app, ["publish", later]).exit_code == Exit.DONE
    assert published(city.config) == later


def test_an_unknown_dataset_is_a_usage_error_with_similar_names(city: City) -> None:
    done = city.refresh("--dataset", "street")
    assert done.exit_code == Exit.USAGE
    assert "streets" in done.output


def test_a_killed_run_resumes_from_the_cache(city: City, tmp_path: Path) -> None:
    catalog = read_catalog(city.config.catalog)
    outcomes: dict[str, str] = {}

    def killed(step: str, done: int, total: int, *, rows: int = 0, outcome: str = "") -> None:
        del done, total, rows
        outcomes[step] = outcome
        if step == "streets":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(GatherInputs(catalog, city.files, progress=killed, cache=tmp_path / "cache"))
    assert set(outcomes.values()) == {"read"}
    first = set(outcomes)

    def resumed(step: str, done: int, total: int, *, rows: int = 0, outcome: str = "") -> None:
        del done, total, rows
        outcomes[step] = outcome

    gather(GatherInputs(catalog, city.files, progress=resumed, cache=tmp_path / "cache"))
    assert {step for step, outcome in outcomes.items() if outcome == "cached"} == first


def test_only_the_dataset_whose_file_changed_is_read_again(city: City) -> None:
    revise(city.files / "water.csv")
    done = city.refresh("--log", "json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    read = [line for line in lines if line["step"] == "gathering"]
    assert [line["dataset"] for line in read if line["outcome"] == "read"] == ["waterworks"]
    assert {"time", "step", "dataset", "done", "total", "seconds", "rows", "outcome"} <= set(
        read[0]
    )
    assert lines[-1]["step"] == "end"


def test_a_damaged_cache_entry_is_read_again(city: City, tmp_path: Path) -> None:
    catalog = read_catalog(city.config.catalog)
    first_run = gather(GatherInputs(catalog, city.files, cache=tmp_path / "cache"))
    for path in (tmp_path / "cache").rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-20])
    again = gather(GatherInputs(catalog, city.files, cache=tmp_path / "cache"))
    assert all(again[name].equals(table) for name, table in first_run.items())


def test_the_cache_gives_the_same_tables_as_reading(city: City, tmp_path: Path) -> None:
    catalog = read_catalog(city.config.catalog)
    read = gather(GatherInputs(catalog, city.files, cache=tmp_path / "cache"))
    cached = gather(GatherInputs(catalog, city.files, cache=tmp_path / "cache"))
    plain = gather(GatherInputs(catalog, city.files))
    for name, table in plain.items():
        assert table.equals(read[name]), name
        assert table.equals(cached[name]), name


def test_a_second_refresh_names_the_running_one(city: City) -> None:
    with FileLock(city.config.data / LOCK):
        done = city.refresh()
    assert done.exit_code == Exit.LOCKED
    assert "Another refresh is running" in done.output


def test_a_refresh_again_reads_the_inputs_of_the_published_release(city: City) -> None:
    revise(city.files / "water.csv")
    assert city.refresh("--publish").exit_code == Exit.DONE
    before = published(city.config)
    done = CliRunner().invoke(app, ["refresh", "--again", "--publish"])
    assert (done.exit_code, published(city.config)) == (Exit.DONE, before), done.output
    revise(city.files / "water.csv")
    done = CliRunner().invoke(app, ["refresh", "--again", "--publish"])
    assert done.exit_code == Exit.DONE, done.output
    assert published(city.config) != before


def test_a_refresh_does_not_undo_a_rollback(city: City) -> None:
    before = published(city.config)
    revise(city.files / "water.csv")
    assert city.refresh("--publish").exit_code == Exit.DONE
    rollback(city.config, before)
    done = city.refresh("--publish")
    assert done.exit_code == Exit.DONE
    assert published(city.config) == before
    assert "etl publish" in done.output


FETCHED_FILE = """
  - path: provider/water_{year}.csv
    years: [2014, 2015]
    layout: wide_csv
    fetch: {kind: http, address: "https://example.org/water_{year}.csv"}
    options:
      code: code
      columns: {cubic_metres: {variable: used}}
"""


@pytest.mark.parametrize("folder", ["provider", ".", "new"])
def test_a_folder_is_searched_for_files_that_are_declared_with_fetch(
    city: City, folder: str
) -> None:
    declaration = city.file.parent / "catalog" / "datasets" / "waterworks.yaml"
    declaration.write_text(declaration.read_text("utf-8").rstrip() + FETCHED_FILE, "utf-8")
    file = city.files / folder / "water_2015.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text("code,cubic_metres\n900001,123\n", "utf-8")
    result = city.refresh()
    assert result.exit_code == Exit.DONE, result.output
    figures = city.drafted("component").query("dataset == 'waterworks' and period == '2015'")
    assert figures[["territory", "value"]].to_numpy().tolist() == [["900001", 123.0]]
    snapshots = city.drafted("snapshot").set_index("file")["rows"]
    assert snapshots[file.relative_to(city.files).as_posix()] == 1
    assert "water_2015" not in result.output


def test_files_that_no_declaration_asks_for_are_named(city: City) -> None:
    for name in ("Water_2025.csv", ".hidden.csv", "README.txt", "notes.md"):
        (city.files / name).write_text("code,cubic_metres\n900001,123\n", "utf-8")
    result = city.refresh()
    assert result.exit_code == Exit.DONE
    assert "No declaration asks for 1 file of the folder" in result.output
    assert "Water_2025.csv" in result.output
    for name in (".hidden.csv", "README.txt", "notes.md", "water.csv"):
        assert name not in result.output
