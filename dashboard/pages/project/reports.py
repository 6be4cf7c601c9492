"""Reports on a project and its funding: budget, tenders and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.project import current_project, project_rows
from dashboard.pages.common.records import Row, record
from dashboard.registry import panel
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A progress report; `date` is its ISO day."""

    day: str
    date: str
    narrative: str
    risk: str
    author: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A mission and programme of the budget."""

    mission: str
    programme: str
    title: str


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A tender by its CIG; the amount in millions of euro, as text."""

    cig: str
    title: str
    day: str
    amount: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What the project is to change of an indicator; `indicator` is None for an unknown one."""

    name: str
    indicator: str | None
    unit: str
    baseline: str
    realised: str
    target: str


@panel("reports")
def reports(context: Context) -> Html:
    """List the progress reports up to the day of the page, the latest first."""
    cards = [
        _report_card(context, row)
        for row in project_rows(context, "project_reports")
        if row["reported"].isoformat() <= context.today
    ]
    return context.panel("project/reports.html", "reports card", reports=cards)


def _report_card(context: Context, row: Row) -> ReportCard:
    return ReportCard(
        day=context.format.day(row["reported"]),
        date=row["reported"].isoformat(),
        narrative=row[f"said_{context.language}"],
        risk=row[f"risk_{context.language}"] or row["risk_it"] or "",
        author=row["author"] or "",
        demonstration=bool(row["demonstration"]),
    )


@panel("paid_for")
def paid_for(context: Context) -> Html:
    """Name the budget programmes, tenders and targets of the project."""
    budget = project_rows(context, "project_budget_lines")
    tenders = project_rows(context, "project_procedures")
    targets = project_rows(context, "project_targets")
    return context.panel(
        "project/paid_for.html",
        "paid-for card",
        has_picture=bool(budget or tenders or targets),
        budget=[record(BudgetLine, row, title=row[f"title_{context.language}"]) for row in budget],
        tenders=[_tender_row(context, row) for row in tenders],
        targets=[target_row(context, row) for row in targets],
        resources=current_project(context).resources,
        demonstration=any(row["demonstration"] for row in (*budget, *tenders, *targets)),
    )


def _tender_row(context: Context, row: Row) -> TenderRow:
    day, amount = context.format.day(row["published"]), context.format.millions(row["amount"])
    return record(TenderRow, row, title=row["title"] or "", day=day, amount=amount)


def target_row(context: Context, row: Row) -> TargetRow:
    """Return a target with its figures written as its indicator is."""
    name, figures = row["indicator"], ("baseline", "realised", "target")
    indicator = context.catalog.indicators.get(name)
    if indicator is None:
        values = {f: MISSING if row[f] is None else str(row[f]) for f in figures}
        return TargetRow(name=name, indicator=None, unit="", **values)
    return TargetRow(
        name=context.translate(indicator.short),
        indicator=name,
        unit=context.format.unit(indicator),
        **{figure: context.format.value(row[figure], indicator) for figure in figures},
    )
