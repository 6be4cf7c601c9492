"""Workbooks that the office loads: in place of the example, added to, never lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from etl.pipeline.gather import GatherInputs, gather
from etl.workbook.choices import lists
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    Load = Callable[..., dict[str, pa.Table]]

CATALOG = read_catalog(read_config().catalog)
PLAN_ONLY = CATALOG.model_copy(
    update={"datasets": {"plan_projects": CATALOG.datasets["plan_projects"]}}
)
LISTS = lists(CATALOG)

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
        return gather(GatherInputs(PLAN_ONLY, tmp_path, office=tmp_path / "office", before=before))

    return load


def rows(inputs: dict[str, pa.Table], name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = inputs[name].to_pylist()
    return records


def test_without_a_workbook_the_example_counts(tmp_path: Path) -> None:
    inputs = gather(GatherInputs(PLAN_ONLY, tmp_path, office=tmp_path / "office"))
    assert len(rows(inputs, "project")) == 34
    assert rows(inputs, "quarantine") == []


def test_a_workbook_replaces_the_whole_example(loaded: Load) -> None:
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
    changed_report = {**ROWS["reports"][0], "completed": 0.9}
    twice = loaded(book(reports=[changed_report]), once)
    assert [r["completed"] for r in rows(twice, "milestone_report")] == [0.2]
    (rejections,) = rows(twice, "quarantine")
    assert (rejections["rule"], rejections["line"], rejections["column"], rejections["value"]) == (
        *("workbook_rewritten", 0, "completed"),
        "remix m1 2026-03-31",
    )


def test_a_project_missing_from_the_workbook_stays_and_is_reported(loaded: Load) -> None:
    terzo = {**PROJECT_ROW, "project": "terzo"}
    once = loaded(book(projects=[*ROWS["projects"], terzo]))
    twice = loaded(book(projects=[PROJECT_ROW]), once)
    assert {r["project"] for r in rows(twice, "project")} == {"remix", "altro", "terzo"}
    assert any(r["project"] == "altro" for r in rows(twice, "project_place"))
    rejections = [(r["rule"], r["value"]) for r in rows(twice, "quarantine")]
    assert rejections == [("workbook_removed", "altro"), ("workbook_removed", "terzo")]


def test_a_project_stays_without_a_parent_that_no_workbook_has(loaded: Load) -> None:
    child = {**PROJECT_ROW, "project": "figlio", "parent": "altro"}
    lost = {**PROJECT_ROW, "project": "perso", "parent": "nessuno"}
    loaded(book(projects=[child, lost]), name="projects-2.xlsx")
    inputs = loaded(book())  # which has `altro`
    parents = {r["project"]: r["parent"] for r in rows(inputs, "project")}
    assert parents == {"remix": None, "altro": None, "figlio": "altro", "perso": None}
    rejections = [r for r in rows(inputs, "quarantine") if r["rule"] == "workbook_parent"]
    assert [r["value"] for r in rejections] == ["perso"]
    assert "nessuno" in rejections[0]["message_it"]
    (column,) = {r["column"] for r in rejections}
    assert (rejections[0]["file"], rejections[0]["sheet"], rejections[0]["line"]) == (
        "projects-2.xlsx",
        "Progetti",
        4,
    )
    assert column.endswith(" (Progetto strategico)")


def test_files_that_disagree_are_reported_and_the_first_by_name_counts(loaded: Load) -> None:
    loaded(book())
    inputs = loaded(book(projects=[{**PROJECT_ROW, "title_it": "Altrimenti"}], milestones=[],
                         reports=[]), name="projects-b.xlsx")  # fmt: skip
    titles = [r["title_it"] for r in rows(inputs, "project") if r["project"] == "remix"]
    assert titles == ["Remix vero"]
    rejections = [r for r in rows(inputs, "quarantine") if r["rule"] == "workbook_disagree"]
    assert [(r["file"], r["value"]) for r in rejections] == [("projects-b.xlsx", "project remix")]


def test_a_workbook_that_cannot_be_read_keeps_the_loaded_data(loaded: Load) -> None:
    once = loaded(book())
    twice = loaded(b"PK nothing", once)
    assert {r["project"] for r in rows(twice, "project")} == {"remix", "altro"}
    assert [r["rule"] for r in rows(twice, "quarantine")] == ["workbook_file"]
