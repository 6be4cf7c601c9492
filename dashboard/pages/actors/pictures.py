"""The panels of actors as pictures: the list, and the projects and steps of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import progress_bar
from dashboard.pages.actors.panels import actor_rows, commitments_of, projects_of
from dashboard.pages.common.pictures import of_projects, progress_table
from dashboard.registry import picture

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pictures import Picture


@picture("actor_list")
def actors_picture(context: Context) -> Picture | None:
    """Draw who takes part: roles, projects, steps taken on and done."""
    text = context.text
    rows = tuple(
        (
            actor.name,
            actor.roles,
            Value(str(actor.projects), actor.projects),
            Value(str(actor.late), actor.late),
            progress_bar(actor.done_percent if actor.steps else None, None),
            Value(str(actor.steps_done), actor.steps_done),
            Value(str(actor.steps), actor.steps),
        )
        for actor in actor_rows(context)
    )
    columns = (
        text("project.actor"),
        text("project.role"),
        text("actors.projects"),
        text("actors.late"),
        "",
        text("actors.done"),
        text("actors.steps"),
    )
    invented = context.data.invented_projects
    return of_projects(context, text("actors.list"), Table(columns, rows), invented)


@picture("actor_projects")
def projects_picture(context: Context) -> Picture | None:
    """Draw the projects of one actor with their progress."""
    rows = projects_of(context)
    pairs = [(row.project, row.roles) for row in rows]
    table = progress_table(context, pairs, context.text("project.role"))
    return of_projects(context, context.text("actors.projects"), table, rows)


@picture("commitments")
def commitments_picture(context: Context) -> Picture | None:
    """Draw the steps that one actor has taken on."""
    text, steps = context.text, commitments_of(context)
    rows = tuple(
        (
            step.title,
            step.project_title,
            step.first_plan,
            step.end,
            Value(step.word, sign=step.sign),
        )
        for step in steps
    )
    columns = (
        text("actors.step"),
        text("picture.project"),
        text("actors.plan"),
        text("actors.now"),
        text("projects.state"),
    )
    return of_projects(context, text("actors.commitments"), Table(columns, rows), steps)
