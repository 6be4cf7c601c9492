"""Queries and exports of a release, and the scaffold of new declarations."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from typer.testing import CliRunner

from etl.__main__ import app
from etl.scaffold.missing import find_gaps
from tests.support.deployment import PROJECT, deploy
from tests.support.residents_only import residents_only
from tests.support.specimens import SPECIMENS
from warehouse.config import CONFIG_FILE
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

QUESTION = "select territory, period, value from observation where value is not null order by all"


@pytest.fixture
def etl(deployment: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands on the deployment of the shipped figures."""
    monkeypatch.setenv(CONFIG_FILE, str(deployment))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def run(runner: CliRunner, *words: str) -> Result:
    return runner.invoke(app, words)


def test_an_answer_comes_in_every_format(etl: CliRunner, tmp_path: Path) -> None:
    question = f"{QUESTION} limit 7"
    rows = pd.read_csv(io.StringIO(run(etl, "sql", question, "--format", "csv").output))
    assert len(rows) == 7
    answer = json.loads(run(etl, "sql", question, "--format", "json").output)
    assert [row["value"] for row in answer] == pytest.approx(rows["value"].tolist())
    assert run(etl, "sql", question, "--out", str(tmp_path / "a.parquet")).exit_code == 0
    assert pq.read_table(tmp_path / "a.parquet")["value"].to_pylist() == rows["value"].tolist()
    assert run(etl, "sql", question, "--out", str(tmp_path / "a.xlsx")).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["territory", "period", "value"]
    assert sheet.max_row == 8


def test_text_that_looks_like_a_formula_stays_text(etl: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    run(etl, "sql", "select '=1+1' as a, null as b", "--out", str(file))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == ("=1+1", "s", None)


def test_a_missing_value_is_a_dash_on_the_terminal(etl: CliRunner) -> None:
    done = run(etl, "sql", "select null as a, 0 as b, '[red]' as c")
    assert "–" in done.output
    assert "[red]" in done.output


def test_an_unknown_suffix_is_a_usage_error(etl: CliRunner, tmp_path: Path) -> None:
    done = run(etl, "sql", "from indicator", "--out", str(tmp_path / "a.doc"))
    assert done.exit_code == 2
    assert list(tmp_path.glob("a.*")) == []


def test_territories_are_geoparquet(etl: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "territories.parquet"
    assert run(etl, "export", str(file)).exit_code == 0
    table = pq.read_table(file)
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert "crs" not in column  # OGC:CRS84, by the specification
    places = table.drop("geometry").to_pandas().set_index("territory")
    shapes = pd.Series(shapely.from_wkb(table["geometry"].to_pylist()), places.index)
    assert places["level"].value_counts().to_dict() == {"municipality": 133, "zone": 8, "metro": 1}
    assert all(shape.is_valid for shape in shapes)
    assert {shape.geom_type for shape in shapes} == set(column["geometry_types"])
    assert column["bbox"] == pytest.approx(shapes["cm-milano"].bounds)
    assert shapes["cm-milano"].area == pytest.approx(
        sum(shape.area for shape in shapes[places["level"] == "municipality"]), rel=1e-6
    )
    assert shapes["cm-milano"].contains(shapely.Point(9.19, 45.464))  # Duomo: longitude, latitude


@pytest.fixture(scope="module")
def residents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's catalogue, cut down: it is read at every command."""
    return residents_only(tmp_path_factory.mktemp("residents") / "catalog")


@pytest.fixture
def catalog_folder(residents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue folder that may be written to, configured."""
    return configured(shutil.copytree(residents, tmp_path / "catalog"), monkeypatch)


def configured(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = deploy(catalog.parent / "own", catalog=str(catalog), language="en")
    monkeypatch.setenv(CONFIG_FILE, str(config))
    monkeypatch.setenv("COLUMNS", "200")
    return catalog


def test_a_new_dataset_is_valid_and_lists_its_gaps(catalog_folder: Path, tmp_path: Path) -> None:
    words = ("add", "dataset", "own_libraries")
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert read_catalog(catalog_folder).datasets["own_libraries"].files == ()
    for field in ("title.it", "licence", "owner", "files", "variables"):
        assert f" {field} " in done.output
    assert (tmp_path / "tests/specimens/own_libraries/README.txt").exists()
    before = sorted(catalog_folder.rglob("*"))
    assert CliRunner().invoke(app, words).exit_code == 1
    assert sorted(catalog_folder.rglob("*")) == before


def test_the_test_of_a_new_dataset_reads_the_configured_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = PROJECT / "warehouse" / "catalog"
    catalog_folder = configured(shutil.copytree(project, tmp_path / "catalog"), monkeypatch)
    assert CliRunner().invoke(app, ("add", "dataset", "own_libraries")).exit_code == 0
    (catalog_folder / "datasets" / "own_libraries.yaml").write_text(
        (PROJECT / "warehouse/catalog/datasets/libraries.yaml").read_text("utf-8"), "utf-8"
    )
    (catalog_folder / "datasets" / "libraries.yaml").unlink()
    for path in (catalog_folder / "indicators").rglob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("libraries.libraries", "own_libraries.libraries"), "utf-8")
    shutil.copytree(
        SPECIMENS / "libraries", tmp_path / "tests/specimens/own_libraries", dirs_exist_ok=True
    )
    file = tmp_path / "tests/etl/layouts/test_dataset_own_libraries.py"
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(file))
    done = subprocess.run(
        [sys.executable, *words],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout


def test_a_new_indicator_is_valid_and_lists_its_gaps(catalog_folder: Path) -> None:
    words = ("--area", "economy", "--dataset", "population", "--numerator", "residents")
    done = CliRunner().invoke(app, ("add", "indicator", "own_residents", *words))
    assert done.exit_code == 0, done.output
    entry = read_catalog(catalog_folder).indicators["own_residents"]
    assert (entry.aggregate, entry.unit, entry.numerator) == (
        "sum",
        "inhabitants",
        "population.residents",
    )
    assert {
        o.field for o in find_gaps(read_catalog(catalog_folder)) if "own_residents" in o.file
    } == {
        f"{field}.{language}"
        for field in ("title", "short", "description")
        for language in ("it", "en")
    }


@pytest.mark.parametrize("provider", ["X: {y}", "ACI #1", "- [a]", "'\"", "no", "…"])
def test_a_provider_is_declared_verbatim(
    catalog_folder: Path, tmp_path: Path, provider: str
) -> None:
    words = ("add", "dataset", "own_x", "--tests", str(tmp_path), "--provider", provider)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert read_catalog(catalog_folder).datasets["own_x"].provider == provider


def test_an_invalid_address_is_rejected_and_nothing_is_written(catalog_folder: Path) -> None:
    before = sorted(catalog_folder.rglob("*"))
    done = CliRunner().invoke(app, ("add", "dataset", "own_x", "--address", "not a url"))
    assert done.exit_code == 1
    assert "--address 'not a url'" in str(done.exception)
    assert sorted(catalog_folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("layout", "near"), [("wide_cvs", "wide_csv"), ("__init__", "administrators, ")]
)
@pytest.mark.parametrize("command", ["refresh", "add missing", "bundle --from ."])
def test_every_command_reports_an_unknown_layout(
    catalog_folder: Path, layout: str, near: str, command: str
) -> None:
    path = catalog_folder / "datasets" / "population.yaml"
    text = re.sub(r"layout: \w+", f"layout: {layout}", path.read_text("utf-8"), count=1)
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(app, command.split())
    assert done.exit_code == 1
    assert f"population.yaml: files.0.layout: {layout!r}" in str(done.exception)
    assert near in str(done.exception)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("resident_population --area economy --dataset population", "already declared"),
        ("own --area economics --dataset population", "--area 'economics'"),
        ("own --area economy --dataset populatoin", "--dataset 'populatoin'"),
        ("own --area economy --dataset population --numerator x", "population: variable 'x'"),
        ("Own! --area economy --dataset population", "lower-case letters"),
    ],
)
def test_a_wrong_indicator_is_rejected_and_nothing_is_written(
    catalog_folder: Path, words: str, message: str
) -> None:
    before = sorted(catalog_folder.rglob("*"))
    done = CliRunner().invoke(app, ["add", "indicator", *words.split()])
    assert done.exit_code == 1
    assert message in str(done.exception)
    assert sorted(catalog_folder.rglob("*")) == before


def test_no_declaration_of_the_project_has_placeholders() -> None:
    catalog = read_catalog(PROJECT / "warehouse" / "catalog")
    assert [o for o in find_gaps(catalog) if o.key == "missing_text"] == []
