"""Workbooks that the office loads: in the place of the example, added to, never lost."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exits import Exit
from etl.run import gather
from etl.workbook.lists import lists
from etl.workbook.sheets import workbook
from etl.workbook.template import template
from tests.deployment import PROJECT
from warehouse.catalog import read_catalog
from warehouse.config import CONFIG_FILE, read_config
from warehouse.store import Releases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    Load = Callable[..., dict[str, pa.Table]]

WHOLE = read_catalog(read_config().catalog)
ONE = WHOLE.model_copy(update={"datasets": {"plan_projects": WHOLE.datasets["plan_projects"]}})
LISTS = lists(WHOLE)

PROJECT_ROW = {
    "project": "remix", "level": "strategic", "title_it": "Remix vero", "cycle": "2019-2021",
    "area": "welfare", "territories": ["nord-milano"], "extracted": date(2026, 6, 30),
}  # fmt: skip
ROWS: dict[str, list[dict[str, Any]]] = {
    "projects": [PROJECT_ROW, {**PROJECT_ROW, "project": "altro", "title_it": "Altro"}],
    "milestones": [
        {"project": "remix", "milestone": "m1", "title_it": "Lotto", "weight": 1,
         "baseline_start": date(2026, 1, 1), "baseline_end": date(2026, 12, 31)},
    ],
    "reports": [
        {"project": "remix", "reported": date(2026, 3, 31), "narrative_it": "Avviato.",
         "milestone": "m1", "completed": 0.2},
    ],
}  # fmt: skip


def book(**changed: list[dict[str, Any]]) -> bytes:
    return template(workbook("projects"), LISTS, "it", ROWS | changed)


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """Put a workbook into the office's folder and gather, after an earlier load if any."""

    def load(
        content: bytes, before: dict[str, pa.Table] | None = None, name: str = "projects.xlsx"
    ) -> dict[str, pa.Table]:  # tables
        (tmp_path / "office").mkdir(exist_ok=True)
        (tmp_path / "office" / name).write_bytes(content)
        return gather(ONE, tmp_path, office=tmp_path / "office", before=before)

    return load


def rows(inputs: dict[str, pa.Table], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = inputs[name].to_pylist()
    return found


def test_without_a_workbook_the_example_counts(tmp_path: Path) -> None:
    inputs = gather(ONE, tmp_path, office=tmp_path / "office")
    assert len(rows(inputs, "project")) == 34
    assert rows(inputs, "quarantine") == []


def test_a_workbook_takes_the_place_of_the_whole_example(loaded: Load) -> None:
    inputs = loaded(book())
    assert {r["project"] for r in rows(inputs, "project")} == {"remix", "altro"}
    assert [r["title_it"] for r in rows(inputs, "milestone")] == ["Lotto"]
    assert rows(inputs, "contribution") == []  # nothing invented is left
    assert not any(r["demonstration"] for r in rows(inputs, "project"))


def test_loading_the_same_workbook_twice_changes_nothing(loaded: Load) -> None:
    once = loaded(book())
    twice = loaded(book(), once)
    for name in once:
        assert once[name].equals(twice[name]), name


def test_reports_are_only_added(loaded: Load) -> None:
    once = loaded(book())
    later = {**ROWS["reports"][0], "reported": date(2026, 6, 30), "completed": 0.5}
    twice = loaded(book(reports=[later]), once)  # the row of March is gone from the sheet
    assert [(r["reported"].month, r["completed"]) for r in rows(twice, "milestone_report")] == [
        (3, 0.2),
        (6, 0.5),
    ]
    assert len(rows(twice, "progress_report")) == 2


def test_a_report_that_was_loaded_is_not_rewritten(loaded: Load) -> None:
    once = loaded(book())
    other = {**ROWS["reports"][0], "completed": 0.9}
    twice = loaded(book(reports=[other]), once)
    assert [r["completed"] for r in rows(twice, "milestone_report")] == [0.2]
    (told,) = rows(twice, "quarantine")
    assert (told["rule"], told["sheet"], told["column"]) == (
        "workbook_rewritten", "Rapporti", "completed",
    )  # fmt: skip


def test_a_project_that_is_gone_stays_and_is_told(loaded: Load) -> None:
    once = loaded(book())
    twice = loaded(book(projects=[PROJECT_ROW]), once)
    assert {r["project"] for r in rows(twice, "project")} == {"remix", "altro"}
    assert any(r["project"] == "altro" for r in rows(twice, "project_place"))
    (told,) = rows(twice, "quarantine")
    assert (told["rule"], told["value"]) == ("workbook_removed", "altro")


def test_two_files_that_disagree_are_told_and_the_first_by_name_counts(loaded: Load) -> None:
    loaded(book())
    inputs = loaded(book(projects=[{**PROJECT_ROW, "title_it": "Altrimenti"}], milestones=[],
                         reports=[]), name="projects-b.xlsx")  # fmt: skip
    titles = [r["title_it"] for r in rows(inputs, "project") if r["project"] == "remix"]
    assert titles == ["Altrimenti"]  # `projects-b` comes before `projects.`
    told = [r for r in rows(inputs, "quarantine") if r["rule"] == "workbook_disagree"]
    assert [(r["file"], r["value"]) for r in told] == [("projects.xlsx", "project remix")]


def test_a_workbook_that_cannot_be_read_keeps_what_was_loaded(loaded: Load) -> None:
    once = loaded(book())
    twice = loaded(b"PK nothing", once)
    assert {r["project"] for r in rows(twice, "project")} == {"remix", "altro"}
    assert [r["rule"] for r in rows(twice, "quarantine")] == ["workbook_file"]


@pytest.fixture
def deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment with a catalogue folder of its own, which local indicators may be added to."""
    city = tmp_path / "city"
    shutil.copytree(PROJECT / "tests" / "second_city", city)
    monkeypatch.setenv(CONFIG_FILE, str(city / "config.yaml"))
    return city


def test_a_local_indicator_goes_from_its_workbook_to_the_release(
    deployed: Path, tmp_path: Path
) -> None:
    run = CliRunner()
    file = tmp_path / "indicators.xlsx"
    assert run.invoke(app, ["template", str(file)]).exit_code == Exit.DONE
    catalog = read_catalog(read_config().catalog)
    places = [t for t in catalog.territories.values() if t.level == "municipality"][:2]
    filled = openpyxl.load_workbook(file)
    titles = [s.title.in_(read_config().language) for s in workbook("indicators").sheets.values()]
    area = catalog.areas[0]
    name = (area.short or area.title).in_(read_config().language)
    row = ["benches", name, "Panchine", "Benches", "Panchine nei parchi.", "Benches in parks.",
           next(iter(catalog.units)), 0, "higher",
           "sum", None, "Settore verde", "CC BY 4.0", 0, 10000]  # fmt: skip
    cells: list[Any] = row
    for column, value in enumerate(cells, start=1):
        filled[titles[0]].cell(3, column).value = value
    for line, place in enumerate(places, start=3):
        figure: list[Any] = ["benches", place.name, "2025", 10 * line]
        for column, value in enumerate(figure, start=1):
            filled[titles[1]].cell(line, column, value)
        filled[titles[1]].cell(line, 5).value = None  # the example's denominator
    buffer = BytesIO()
    filled.save(buffer)
    file.write_bytes(buffer.getvalue())
    done = run.invoke(app, ["load", str(file)])
    assert done.exit_code == Exit.DONE, done.output
    done = run.invoke(app, ["refresh", "--from", str(deployed / "files"), "--publish"])
    assert done.exit_code == Exit.DONE, done.output
    store = Releases(read_config()).open()
    frame = store.frame("indicator_levels", indicator="benches", levels=["municipality"])
    assert sorted(frame["value"]) == [30, 40]
    assert read_catalog(read_config().catalog).indicators["benches"].area == area.id


def test_a_name_that_is_no_workbook_s_is_refused(tmp_path: Path, deployed: Path) -> None:
    done = CliRunner().invoke(app, ["template", str(tmp_path / "budget.xlsx")])
    assert done.exit_code == Exit.USAGE
    assert "budget.xlsx" in done.output
    assert "projects….xlsx" in done.output
    assert deployed.is_dir()
