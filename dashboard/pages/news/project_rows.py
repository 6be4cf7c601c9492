"""Words of a project that changed: its state, progress, milestones and money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.before_after import progress
from dashboard.news.projects import LEAST_MONEY
from dashboard.pages.common.progress import project_progress
from dashboard.pages.news.wording import Words, area_number, joined, times_usual

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.news.projects import MovedProject
    from dashboard.pages.common.progress import ProjectProgress

LISTED = 1  # milestones that are named; the others are counted


def words(context: Context, moved: MovedProject) -> Words:
    """Say what changed in a project."""
    old = project_progress(context, moved.before) if moved.before else None
    new = project_progress(context, moved.after) if moved.after else None
    project = project_progress(context, moved.row)
    has_flipped = bool(old and new and old.state != new.state)
    difference = _difference(context, moved, old, new)
    return Words(
        title=project.short,
        path=f"/progetti/{project.project}",
        detail=_detail(context, moved, old, new),
        before=_percent(context, old),
        after=_percent(context, new),
        difference=difference,
        reason=_reason(context, moved),
        brief=f"{project.short}: {new.word if new and has_flipped else difference}",
        chart=_chart(old, new),
        sign_before=old.sign if old else "",
        sign_after=new.sign if new else "",
        demonstration=bool(moved.row.get("demonstration")),
        number_before=old.physical if old else None,
        number_after=new.physical if new else None,
    )


def _percent(context: Context, project: ProjectProgress | None) -> str:
    return context.format.number(project.physical if project else None, 0)


def _difference(
    context: Context,
    moved: MovedProject,
    old: ProjectProgress | None,
    new: ProjectProgress | None,
) -> str:
    if old is None:
        return context.text("news.new_project")
    if new is None:
        return context.text("news.gone_project")
    if old.physical is not None and new.physical is not None and old.physical != new.physical:
        points = new.physical - old.physical
        return context.text("news.points", n=context.format.number(points, 0, signed=True))
    return _money(context, moved) or context.text("news.same_progress")


def _reason(context: Context, moved: MovedProject) -> str:
    if moved.ratio is None:
        return ""
    usual = context.format.number(100 * (moved.usual or 0), 1)
    return times_usual(context, moved.ratio, usual)


def _detail(
    context: Context,
    moved: MovedProject,
    old: ProjectProgress | None,
    new: ProjectProgress | None,
) -> str:
    project = new or old
    return joined(
        area_number(context, project.area if project else None),
        _state(context, old, new),
        _milestones(context, moved),
        _money(context, moved),
    )


def _state(context: Context, old: ProjectProgress | None, new: ProjectProgress | None) -> str:
    """Say from which state to which, and why; else that the state is the same."""
    if old is None or new is None:
        return ""
    if old.state == new.state:
        return context.text("news.same_state", state=new.word)
    return context.text("news.state", before=old.word, after=new.word, why=new.why)


def _milestones(context: Context, moved: MovedProject) -> str:
    language = context.language
    parts = []
    if moved.reached:
        names = [milestone.title[language] for milestone in moved.reached[:LISTED]]
        parts.append(context.text("news.reached", n=len(moved.reached), name=names[0]))
    later = [milestone for milestone in moved.shifted if milestone.is_later]
    if later:
        first = later[0]
        parts.append(
            context.text(
                "news.later",
                n=len(later),
                name=first.title[language],
                before=context.format.month(first.before),
                after=context.format.month(first.after),
            )
        )
    return joined(*parts)


def _money(context: Context, moved: MovedProject) -> str:
    """Say how funds and payments changed."""
    parts = []
    for column, key in (("funding_total", "news.funds"), ("paid", "news.paid")):
        if abs(moved.difference(column) or 0) >= LEAST_MONEY and moved.before and moved.after:
            values = (context.format.millions(r[column]) for r in (moved.before, moved.after))
            parts.append(context.text(key, **dict(zip(("before", "after"), values, strict=True))))
    return joined(*parts)


def _chart(old: ProjectProgress | None, new: ProjectProgress | None) -> str:
    project = new or old
    if project is None:
        return ""
    before = old.physical if old and new and old.physical != new.physical else None
    return progress(project.physical, before, project.planned, project.sign)
