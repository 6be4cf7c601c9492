"""The public money of the selected projects: assigned and paid, the largest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.projects.selection import selected_projects
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress


@dataclass(frozen=True, slots=True)
class MoneyBar:
    """The funding of a project as a bar: text in millions, measures in percent.

    `width` is of the largest funding, `paid_share` of the bar; `planned` is where the payments
    planned by now end, in percent of the largest funding, None without a plan.
    """

    project: str
    name: str
    funding: str
    paid: str
    width: float
    paid_share: float
    planned: float | None


@panel("money")
def money(context: Context) -> Html:
    """Draw the funding of the selected projects as bars; the filled part is paid."""
    projects = selected_projects(context)
    last = max((p.paid_at for p in projects if p.funding and p.paid_at), default=None)
    bars = money_bars(context, projects)
    return context.panel(
        "projects/money.html",
        "money card",
        has_picture=bool(bars),
        bars=bars,
        day=context.format.period(last),
    )


def money_bars(context: Context, projects: list[ProjectProgress]) -> list[MoneyBar]:
    """Return a bar for each project with funding, the largest first."""
    funded = [(project, project.funding) for project in projects if project.funding]
    funded.sort(key=lambda pair: -pair[1])
    return [_bar(context, project, funding, funded[0][1]) for project, funding in funded]


def _bar(context: Context, project: ProjectProgress, funding: float, largest: float) -> MoneyBar:
    planned = project.paid_planned
    return MoneyBar(
        project=project.project,
        name=project.short,
        funding=context.format.millions(funding),
        paid=context.format.millions(project.paid),
        width=100 * funding / largest,
        paid_share=100 * min((project.paid or 0) / funding, 1),
        planned=None if planned is None else 100 * min(planned, funding) / largest,
    )
