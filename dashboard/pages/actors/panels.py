"""Actors of the plan: their roles, their projects and the steps they have taken on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.progress import ProjectProgress, project_progress
from dashboard.pages.common.records import Row, record
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.html import Html
    from dashboard.context import Context


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor with its roles as text, and its counts of projects and steps."""

    actor: str
    name: str
    roles: str
    projects: int
    late: int
    steps: int
    steps_done: int

    @property
    def done_percent(self) -> float:
        """The whole percent of its steps that are done."""
        return round(100 * self.steps_done / self.steps, 0) if self.steps else 0.0


@dataclass(frozen=True, slots=True)
class ActorProject:
    """A project with the roles of the actor in it."""

    project: ProjectProgress
    roles: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A step that the actor has taken on; its first plan and present end as text."""

    title: str
    project: str
    project_title: str
    first_plan: str
    end: str
    done: bool
    late: bool
    sign: str
    word: str


def has_actor(context: Context, actor: str) -> bool:
    """Say whether an actor of that name takes part in a project."""
    return any(row.actor == actor for row in actor_rows(context))


def actor_rows(context: Context) -> list[ActorRow]:
    """Return who takes part in the plan."""
    rows = context.data.rows("actors", today=context.today)
    return [record(ActorRow, row, roles=_roles(context, row["roles"])) for row in rows]


def _roles(context: Context, roles: Iterable[str]) -> str:
    return ", ".join(context.text(f"project.role_{role}") for role in roles)


@panel("actor_list")
def actor_list(context: Context) -> Html:
    """List who takes part: roles, projects, steps taken on and done."""
    actors = actor_rows(context)
    return context.panel(
        "actors/actor_list.html", "actor-list card", has_picture=bool(actors), actors=actors
    )


@panel("actor_projects")
def actor_projects(context: Context) -> Html:
    """List the projects of one actor with their progress."""
    projects = projects_of(context)
    return context.panel(
        "actors/actor_projects.html",
        "actor-projects card",
        has_picture=bool(projects),
        rows=projects,
    )


def projects_of(context: Context) -> list[ActorProject]:
    """Return the projects of the actor, with its roles in them."""
    rows = _actor_rows(context, "actor_projects")
    return [
        ActorProject(project_progress(context, row), _roles(context, row["roles"])) for row in rows
    ]


@panel("commitments")
def commitments(context: Context) -> Html:
    """List the steps that one actor has taken on: done, under way, late."""
    steps = commitments_of(context)
    return context.panel(
        "actors/commitments.html",
        "commitments card",
        has_picture=bool(steps),
        open=[step for step in steps if not step.done],
        reached=[step for step in steps if step.done],
    )


def commitments_of(context: Context) -> list[Commitment]:
    """Return the steps that the actor has taken on."""
    return [_commitment(context, row) for row in _actor_rows(context, "actor_steps")]


def _commitment(context: Context, row: Row) -> Commitment:
    done = row["actual_end"] is not None
    late = not done and row["planned_end"] > row["baseline_end"]
    key = "actors.done" if done else "actors.is_late" if late else "actors.under_way"
    return Commitment(
        title=row[f"title_{context.language}"],
        project=row["project"],
        project_title=row[f"project_{context.language}"],
        first_plan=context.format.month(row["baseline_end"]),
        end=context.format.month(row["actual_end"] or row["planned_end"]),
        done=done,
        late=late,
        sign="att" if late else "good",
        word=context.text(key),
    )


def _actor_rows(context: Context, query: str) -> list[Row]:
    actor = context.route.values["actor"]
    return [*context.data.rows(query, actor=actor, today=context.today)]


@heading("actors")
def actors_heading(context: Context) -> Heading:
    """Count the actors."""
    crumb = context.text("nav.actors")
    return Heading(
        title=context.text("actors.title", n=len(actor_rows(context))),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), breadcrumbs.projects(context), Crumb(crumb)),
        demonstration=bool(context.data.invented_projects),
    )


@heading("actor")
def actor_heading(context: Context) -> Heading:
    """Name the actor and count its projects and steps."""
    name = context.route.values["actor"]
    actor = next(row for row in actor_rows(context) if row.actor == name)
    key = "actors.one_title" if actor.projects > 1 else "actors.one_title_single"
    steps = context.text("actors.steps_of", done=actor.steps_done, n=actor.steps)
    return Heading(
        title=context.text(key, name=actor.name, n=actor.projects),
        tab=actor.name,
        crumbs=(breadcrumbs.home(context), breadcrumbs.actors(context), Crumb(actor.name)),
        demonstration=bool(context.data.invented_projects),
        figures=(
            KeyFigure(context.text("actors.projects"), str(actor.projects)),
            KeyFigure(context.text("actors.late"), str(actor.late)),
            KeyFigure(context.text("actors.steps"), steps),
        ),
    )
