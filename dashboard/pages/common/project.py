"""The project that the address names: its own row, its places and its money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.records import Row, record
from dashboard.registry import panel

if TYPE_CHECKING:
    from datetime import date

    from dashboard.components.html import Html
    from dashboard.context import Context


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the plan or a funded work; texts in the language of the page."""

    project: str
    level: str
    number: int | None
    title: str
    summary: str
    parent: str | None
    weight: float | None
    area: str | None
    cup: str | None
    local_code: str | None
    measure: str | None
    measure_code: str | None
    sector: str | None
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    extracted: date | None
    traits: tuple[str, ...]
    resources: str | None
    dataset: str | None
    address: str | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A territory in which a project stands, with its share of the money where it is known."""

    territory: str
    name: str
    level: str
    share: float | None


@dataclass(frozen=True, slots=True)
class FundingLine:
    """The money of one source, and what is paid of it where the source says so."""

    source: str
    programme: str
    amount: float | None
    secured: bool
    paid: float | None
    demonstration: bool

    @property
    def paid_share(self) -> float:
        """The paid share of the amount, at most 1."""
        return min(self.paid / self.amount, 1) if self.paid and self.amount else 0


def project_rows(context: Context, query: str, **parameters: object) -> list[Row]:
    """Return the rows of a query about the project that the address names."""
    name = context.route.values["project"]
    return [*context.data.rows(query, project=name, **parameters)]


def current_project(context: Context) -> Project:
    """Return the project that the address names."""
    (row,) = project_rows(context, "project")
    return record(
        Project,
        row,
        title=context.from_capitals(row[f"title_{context.language}"]),
        summary=row[f"summary_{context.language}"] or row["summary_it"] or "",
        traits=tuple((row["traits"] or "").split()),
        demonstration=bool(row["demonstration"]),
    )


def places(context: Context) -> list[Place]:
    """Return the territories of the project."""
    return [record(Place, row) for row in project_rows(context, "project_places")]


def funding_lines(context: Context) -> list[FundingLine]:
    """Return the money of the project by source."""
    rows = project_rows(context, "project_funding")
    return [record(FundingLine, row, programme=row["programme"] or "") for row in rows]


@panel("funding")
def funding(context: Context) -> Html:
    """Draw the money by source; what is still to be found follows."""
    lines = funding_lines(context)
    budgeted = [line for line in lines if line.amount]
    return context.panel(
        "common/funding.html",
        "funding card",
        has_picture=bool(budgeted),
        secured=[line for line in budgeted if line.secured],
        missing=[line for line in budgeted if not line.secured],
        unnamed=[line for line in lines if line.amount is None and line.paid],
        largest=max((line.amount or 0 for line in budgeted), default=1),
        has_payments=any(line.paid is not None for line in lines),
        demonstration=any(line.demonstration for line in budgeted),
        mixed=len({line.demonstration for line in budgeted}) > 1,
    )
