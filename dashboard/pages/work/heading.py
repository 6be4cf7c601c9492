"""The heading of a funded work: its place, its money and how much of it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.project import current_project
from dashboard.pages.work.records import (
    payment_totals,
    total_funding,
    work_state,
    write_amount,
)
from dashboard.registry import Crumb, Heading, KeyFigure, heading

if TYPE_CHECKING:
    from dashboard.context import Context


@heading("work")
def work_heading(context: Context) -> Heading:
    """Name the work, and say how much money it has and how much of it is paid."""
    funding, paid = total_funding(context), _paid(context)
    share = context.format.percent(paid / funding if funding and paid is not None else None)
    name = current_project(context).title
    key = "works.title_bare"
    if funding:
        key = "works.title_unpaid" if paid is None else "works.title_funded"
    money = write_amount(context, funding)
    state = context.text(f"works.state_{work_state(context).state}")
    return Heading(
        title=context.text(key, name=name, funding=money, paid=share),
        tab=name,
        crumbs=_crumbs(context),
        figures=(
            KeyFigure(context.text("works.state"), state),
            KeyFigure(context.text("projects.funding"), write_amount(context, funding or None)),
            KeyFigure(context.text("projects.paid_amount"), write_amount(context, paid)),
            KeyFigure(context.text("projects.paid_share"), share),
        ),
    )


def _paid(context: Context) -> float | None:
    totals = payment_totals(context)
    return totals[-1].amount if totals else None


def _crumbs(context: Context) -> tuple[Crumb, ...]:
    number = current_project(context).number
    return (
        breadcrumbs.home(context),
        breadcrumbs.projects(context),
        Crumb(context.text("projects.works"), "/progetti/opere"),
        Crumb(context.text("project.level_funded", n=number)),
    )
