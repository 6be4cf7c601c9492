"""The codes, measure, tenders, targets and sources of a funded work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.project import Project, current_project, project_rows
from dashboard.pages.common.records import Row, record
from dashboard.pages.work.records import extractions
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Dataset

PLAIN_CODES = ("cup", "local_code")
CODES = (*PLAIN_CODES, "measure", "sector")


@dataclass(frozen=True, slots=True)
class Code:
    """A code or name of the work: the part of its text key, its value, a second code."""

    name: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class Tender:
    """A tender by its CIG; the amount in euro."""

    cig: str
    title: str | None
    amount: float | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What the work was to reach and did reach, as text."""

    target: str
    title: str
    unit: str
    planned: str
    realised: str
    month: str


@panel("work_sheet")
def work_sheet(context: Context) -> Html:
    """List the work's codes and measure, its tenders and targets, and its sources."""
    project = current_project(context)
    targets = project_rows(context, "work_targets")
    return context.panel(
        "work/sheet.html",
        "work-sheet card",
        codes=codes(context, project),
        sample="sample" in project.traits,
        day=context.format.day(project.extracted) if project.extracted else "",
        tenders=[record(Tender, row) for row in project_rows(context, "project_procedures")],
        targets=[_target_row(context, row) for row in targets],
        datasets=_datasets(context, project),
    )


def codes(context: Context, project: Project) -> list[Code]:
    """Return the codes and names that the work has."""
    present = []
    for name in CODES:
        value = getattr(project, name)
        if value:
            code = (project.measure_code or "") if name == "measure" else ""
            plain = value if name in PLAIN_CODES else context.from_capitals(value)
            present.append(Code(name, plain, code))
    return present


def _target_row(context: Context, row: Row) -> TargetRow:
    return record(
        TargetRow,
        row,
        planned=write_number(context, row["planned"]),
        realised=write_number(context, row["realised"]),
        month=context.format.period(row["period"]),
    )


def write_number(context: Context, number: float) -> str:
    """Write a number, with a decimal where it has one."""
    return context.format.number(number, 0 if number == int(number) else 1)


def _datasets(context: Context, project: Project) -> list[Dataset]:
    """Return the datasets that say something of the work, that of its own row first."""
    names = dict.fromkeys([project.dataset or "", *(e.dataset for e in extractions(context))])
    catalog = context.catalog.datasets
    return [catalog[name] for name in names if name in catalog]
