"""Several workbooks of the office: what differs is named; one replaces another, or is put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from etl.pipeline.refresh import published_tables
from tests.support.deployment import deploy
from tests.support.residents_only import residents_only
from tests.support.workbooks import INDICATOR, MILESTONE, PROJECT, VALUE, indicators, projects
from warehouse.config import CONFIG_FILE, read_config
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

OLD = projects(milestones=[{**MILESTONE, "completed": 0.2}])
NEW = projects(
    projects=[{**PROJECT, "title_it": "Piazza verde (rev. 2)"}],
    milestones=[{**MILESTONE, "completed": 0.8}],
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment without any workbook, and a folder of the office's files."""
    catalog = residents_only(tmp_path / "catalog")
    config = deploy(tmp_path / "deployed", catalog=str(catalog))
    monkeypatch.setenv(CONFIG_FILE, str(config))
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def load(folder: Path, name: str, content: bytes, *more: str) -> str:
    (folder / name).write_bytes(content)
    done = run("load", str(folder / name), *more)
    assert done.exit_code == Exit.DONE, done.output
    return " ".join(done.output.split())


def kept() -> list[str]:
    return sorted(path.name for path in read_config().office.glob("*.xlsx"))


def published_titles() -> list[str]:
    assert run("refresh", "--publish").exit_code == Exit.DONE
    tables = published_tables(read_config()) or {}
    rows = tables["project"].to_pylist()
    return sorted(row["title_it"] for row in rows if row["level"] != "funded")


def test_rows_that_differ_in_another_workbook_are_named_with_the_one_that_counts(
    office: Path,
) -> None:
    load(office, "projects.xlsx", OLD)
    output = load(office, "projects 2026-09.xlsx", NEW)
    assert "piazza-verde m1 è anche in projects.xlsx, con altro in: Svolto." in output
    assert "Progetti, riga 3: piazza-verde è anche in projects.xlsx, con altro in: Titolo" in output
    assert "Vale projects 2026-09.xlsx" in output or "Vale projects.xlsx" in output
    assert '--instead-of "projects.xlsx"' in output
    order = [n for n in ("projects.xlsx", "projects 2026-09.xlsx") if f"Vale {n}" in output]
    (title,) = published_titles()
    assert title == ("Piazza verde" if order == ["projects.xlsx"] else "Piazza verde (rev. 2)")


def test_a_workbook_replaces_another(office: Path) -> None:
    load(office, "projects.xlsx", OLD)
    output = load(office, "projects 2026-09.xlsx", NEW, "--instead-of", "projects.xlsx")
    assert "è anche in" not in output
    assert kept() == ["projects 2026-09.xlsx"]
    assert published_titles() == ["Piazza verde (rev. 2)"]


def test_a_workbook_that_is_put_aside_no_longer_counts(office: Path) -> None:
    other = projects(projects=[{**PROJECT, "project": "altro", "title_it": "Altro"}])
    load(office, "projects.xlsx", OLD)
    load(office, "projects-b.xlsx", other)
    assert published_titles() == ["Altro", "Piazza verde"]
    assert "projects-b.xlsx" in run("unload", "Projects-B").output
    assert run("refresh", "--publish").exit_code == Exit.AUDITS  # a project would be lost
    because = ("--accept", "lost_projects", "--because", "put aside on purpose")
    assert run("publish", *because).exit_code == Exit.DONE
    assert published_titles() == ["Piazza verde"]
    assert (read_config().office / "unloaded" / "projects-b.xlsx").read_bytes() == other
    load(office, "projects-b.xlsx", other)
    assert kept() == ["projects-b.xlsx", "projects.xlsx"]
    assert not (read_config().office / "unloaded" / "projects-b.xlsx").exists()


def test_the_indicators_of_a_workbook_that_is_put_aside_are_no_longer_declared(
    office: Path,
) -> None:
    lamps = {**INDICATOR, "indicator": "lamps"}
    load(office, "indicators.xlsx", indicators())
    load(office, "indicatori-b.xlsx",
         indicators(indicators=[lamps], values=[{**VALUE, "indicator": "lamps"}]))  # fmt: skip
    for name, remaining in (("indicators.xlsx", {"lamps"}), ("indicators-b.xlsx", set())):
        done = run("unload", name)
        assert done.exit_code == Exit.DONE, done.output
        names = {"benches", "lamps"} & read_catalog(read_config().catalog).indicators.keys()
        assert names == remaining


def test_an_unknown_workbook_is_not_put_aside_and_the_loaded_ones_are_named(office: Path) -> None:
    load(office, "projects.xlsx", OLD)
    done = run("unload", "projects-x.xlsx")
    assert done.exit_code == Exit.FAULTS
    assert "projects-x.xlsx non è tra le cartelle caricate: projects.xlsx." in done.output
    done = run("load", str(office / "projects.xlsx"), "--instead-of", "nothing")
    assert done.exit_code == Exit.FAULTS
    assert kept() == ["projects.xlsx"]


def test_status_lists_the_loaded_workbooks(office: Path) -> None:
    published_titles()
    load(office, "projects.xlsx", OLD)
    output = run("status").output
    assert "projects.xlsx" in output
    assert "non ancora" in output
    published_titles()
    assert "nel rilascio pubblicato" in run("status").output


@pytest.mark.parametrize(
    "name", ["Progetti.xlsx", "PROJECTS.XLSX", "progetti.xlsm", "projects.Xlsx"]
)
def test_italian_names_capitals_and_macros_make_no_difference(office: Path, name: str) -> None:
    load(office, name, OLD)
    assert kept() == ["projects.xlsx"]


@pytest.mark.parametrize("name", ["projects.xls", "Progetti.ODS", "indicators.xlsb"])
def test_another_format_must_be_saved_as_xlsx(office: Path, name: str) -> None:
    (office / name).write_bytes(b"anything")
    done = run("load", str(office / name))
    assert done.exit_code == Exit.USAGE
    assert "salvarlo come .xlsx" in " ".join(done.output.replace("│", " ").split())
