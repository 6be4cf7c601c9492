"""The contributions to the plan and its crosswalk as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table
from dashboard.pages.common.pictures import subtitle
from dashboard.pages.plan.cycle import selected_cycle
from dashboard.pages.plan.panels import crosswalk_steps
from dashboard.pages.plan.process import contributions_of
from dashboard.pictures import Picture
from dashboard.registry import picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("contributions")
def contributions_picture(context: Context) -> Picture | None:
    """Draw who said what about the plan, and what became of it."""
    text, contributions = context.text, contributions_of(context)
    rows = tuple(
        (
            item.day,
            item.name,
            item.subject or MISSING,
            item.text,
            text(f"plan.outcome_{item.outcome}"),
            item.answer or MISSING,
        )
        for item in contributions
    )
    if not rows:
        return None
    columns = (
        text("plan.received"),
        text("plan.who"),
        text("plan.on"),
        text("plan.what"),
        text("plan.outcome"),
        text("picture.answer"),
    )
    return Picture(
        title=text("plan.contributions"),
        subtitle=subtitle(context, context.translate(selected_cycle(context).title)),
        table=Table(columns, rows),
        source=text("app.title"),
        demonstration=any(item.demonstration for item in contributions),
    )


@picture("crosswalk")
def crosswalk_picture(context: Context) -> Picture | None:
    """Draw how the nodes of the cycle came from the one before and go on in the next."""
    text, (steps, is_invented) = context.text, crosswalk_steps(context)
    rows = tuple(
        (before, row.before, row.kind, row.after, after)
        for before, after, group in steps
        for row in group
    )
    if not rows:
        return None
    columns = (
        text("picture.first"),
        f"{text('picture.node')} ({text('picture.first').lower()})",
        text("plan.how"),
        f"{text('picture.node')} ({text('picture.last').lower()})",
        text("picture.last"),
    )
    return Picture(
        title=text("plan.crosswalk"),
        subtitle=subtitle(context),
        table=Table(columns, rows),
        source=text("app.title"),
        demonstration=is_invented,
    )
