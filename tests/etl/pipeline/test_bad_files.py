"""A refresh reports what is wrong in files; the published release stays unchanged."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from etl.layouts import irpef_json
from tests.support.defects import becomes, ends, short, swap
from tests.support.specimens import copied, gathered
from warehouse.config import CONFIG_FILE, read_config
from warehouse.messages import texts
from warehouse.release.publish import drafts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    import pandas as pd

    from warehouse.config import Config

    BadFile: TypeAlias = tuple[str, Callable[[bytes], bytes], int, str, str]

POPULATION = "population/population_mi_panel.csv"
INCOME = "income/Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_2020.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The specimens of three datasets in one folder."""
    for name in ("irpef", "population", "territory_area"):
        copied(name, tmp_path)
    return tmp_path


@pytest.fixture
def city(published_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the published city."""
    copy = tmp_path / "city"
    shutil.copytree(published_city, copy)
    monkeypatch.setenv(CONFIG_FILE, str(copy / "config.yaml"))
    monkeypatch.setenv("COLUMNS", "200")
    return copy


def digest(config: Config) -> str:
    """Return the digest of the pointer and of every byte of the published release."""
    release = config.data / "current"
    files = [path for path in config.releases.rglob("*") if ".draft" not in str(path)]
    parts = [release, *sorted(path for path in files if path.is_file())]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def drafted(config: Config, table: str) -> pd.DataFrame:
    (draft,) = drafts(config)
    path = config.releases / f"{draft.release}.draft" / f"{table}.parquet"
    frame: pd.DataFrame = pq.read_table(path).to_pandas()
    return frame


BAD_FILES: dict[str, list[BadFile]] = {
    "whole files": [
        ("streets.csv", short(12), 0, "", "cut"),
        ("people.csv", becomes(b"<html>try later</html>"), 0, "", "web_page"),
        ("wages.csv", swap("workers", "staff"), 1, "workers", "columns_missing"),
        ("outlines.geojson", short(9), 0, "", "json_broken"),
    ],
    "rows": [
        ("streets.csv", swap(",50,43", ",50,many"), 2, "paved", "number"),
        ("project.csv", swap(",1,Fontane", ",first,Fontane"), 2, "number", "number"),
    ],
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_reported_in_both_languages_and_the_release_stays(
    city: Path, name: str
) -> None:
    config = read_config(city / "config.yaml")
    for file, spoil, *_ in BAD_FILES[name]:
        damage(city / "files" / file, spoil)
    before = digest(config)
    done = CliRunner().invoke(app, ["refresh", "--from", str(city / "files")])
    assert digest(config) == before
    rows = {row["file"]: row for row in drafted(config, "quarantine").to_dict("records")}
    assert len(drafted(config, "quarantine")) == len(rows) == len(BAD_FILES[name])
    for file, _, line, column, rule in BAD_FILES[name]:
        row = rows[file]
        assert (row["column"], row["rule"]) == (column, rule)
        assert not line or row["line"] == line
        for words in (file, row["suggestion_it"].split()[0]):
            assert words in done.output
        assert row["message_it"] != row["message_en"]
        assert row["suggestion_it"] != row["suggestion_en"]


def damage(path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path.write_bytes(spoil(path.read_bytes()))


# What audits find, each in a dataset or an indicator. The last hides behind the others' findings.
TOGETHER = (
    ("streets.csv", swap(",50,43", ",50,43000"), "range", "paved_roads"),  # another unit
    ("people.csv", swap("900001,2019", "900001,2099"), "future_period", "population"),
)
ALONE = (("water.csv", ends(3), "lost_coverage", "water_use"),)  # cut off at the end of a row


@pytest.mark.parametrize("files", [TOGETHER, ALONE])
def test_audits_find_what_no_single_row_shows(
    city: Path, files: tuple[tuple[str, Callable[[bytes], bytes], str, str], ...]
) -> None:
    config = read_config(city / "config.yaml")
    for file, spoil, *_ in files:
        damage(city / "files" / file, spoil)
    before = digest(config)
    done = CliRunner().invoke(app, ["refresh", "--from", str(city / "files"), "--publish"])
    assert done.exit_code == Exit.AUDITS
    assert digest(config) == before
    audits = {row["audit"]: row for row in drafted(config, "audit_result").to_dict("records")}
    for *_, audit, name in files:
        assert audits[audit]["failures"] > 0
        assert f'"{name}"' in audits[audit]["sample"], (audit, audits[audit]["sample"])


def test_every_rule_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    for key, entry in texts("rules").items():
        if isinstance(entry, dict):
            italian, english = entry["it"], entry["en"]
            assert italian != english, key
            assert min(len(italian), len(english)) > 10, key
            assert set(re.findall(r"{\w+}", italian)) == set(re.findall(r"{\w+}", english)), key


def test_a_missing_file_is_named_and_the_others_are_read(folder: Path) -> None:
    (folder / POPULATION).unlink()
    figures, refused = gathered("irpef population territory_area", folder)
    (rule,) = refused["rule"]
    assert (rule, refused["line"].item(), refused["file"].item()) == ("file_missing", 0, POPULATION)
    assert set(figures["dataset"]) == {"irpef", "population", "territory_area"}


def test_a_folder_instead_of_a_file_is_a_missing_file(folder: Path) -> None:
    (folder / INCOME).unlink()
    (folder / INCOME).mkdir()
    figures, refused = gathered("irpef", folder)
    assert (refused["rule"].item(), refused["file"].item()) == ("file_missing", INCOME)
    assert set(figures["period"]) == {"2015", "2021", "2024"}


def test_an_unreadable_file_is_reported(folder: Path) -> None:
    (folder / INCOME).unlink()
    (folder / INCOME).symlink_to("/proc/self/mem")  # is there, and gives an error when it is read
    figures, refused = gathered("irpef", folder)
    assert (refused["rule"].item(), refused["file"].item()) == ("file_unreadable", INCOME)
    assert set(figures["period"]) == {"2015", "2021", "2024"}


def test_a_merger_is_suppressed_when_one_half_is(folder: Path) -> None:
    path = folder / INCOME.replace("2020", "2015")
    lines = path.read_bytes().split(b"\r\n")
    position = next(n for n, line in enumerate(lines) if b";015246;" in line)
    cells = lines[position].split(b";")
    cells[7] = b""  # Numero contribuenti
    path.write_bytes(b"\r\n".join([*lines[:position], b";".join(cells), *lines[position + 1 :]]))
    figures, _ = gathered("irpef", folder)
    merged = figures.query("territory == '015251' and period == '2015' and variable == 'taxpayers'")
    assert merged["value"].isna().tolist() == [True]
    assert merged["obs_status"].tolist() == ["Q"]


def test_a_failing_layout_rejects_its_file_and_the_others_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(content: bytes, options: object, context: object) -> None:
        del content, options, context
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(irpef_json, "parse", stumble)
    figures, refused = gathered("irpef territory_area", folder)
    (row,) = refused.to_dict("records")
    assert (row["rule"], row["line"]) == ("layout_stumbled", 0)
    assert "ZeroDivisionError: a bug" in row["message_it"]
    assert "bug" in row["suggestion_en"]
    assert "2024" not in set(figures.loc[figures["dataset"] == "irpef", "period"])
    assert set(figures["dataset"]) == {"irpef", "territory_area"}
    logged = json.loads(capsys.readouterr().err)
    assert (logged["step"], logged["file"]) == ("stumbled", row["file"])
    assert "in stumble" in logged["fault"]


def test_rejected_rows_stay_reported_when_the_whole_file_is_rejected(folder: Path) -> None:
    path = folder / POPULATION
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b",ISTAT", b",ISTAT,and,more"))
    _, refused = gathered("population", folder)
    rows = refused[refused["file"] == POPULATION]
    assert set(rows["rule"]) == {"nothing_chosen", "ragged"}
