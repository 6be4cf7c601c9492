"""Actors of the plan: who has taken on what, and where it stands; the pact of the territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.progress import said
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


def _actors(context: Context) -> list[dict[str, Any]]:
    return context.data.rows("actors", today=context.today)


def _actor(context: Context) -> dict[str, Any]:
    name = context.route.values["actor"]
    return next(r for r in _actors(context) if r["actor"] == name)


def known(context: Context, actor: str) -> bool:
    """Say whether somebody of that name takes part in a project."""
    return any(r["actor"] == actor for r in _actors(context))


def _roles(context: Context, roles: list[str]) -> str:
    return ", ".join(context.text(f"project.role_{role}") for role in roles)


@panel("actor_list")
def actor_list(context: Context) -> Html:
    """List who takes part: roles, projects, steps taken on and done."""
    rows = [r | {"as": _roles(context, list(r["roles"]))} for r in _actors(context)]
    return context.panel("actors/actor_list.html", "actor-list card", rows=rows)


@panel("actor_projects")
def actor_projects(context: Context) -> Html:
    """List the projects of one actor, and how each stands."""
    found = context.data.rows(
        "actor_projects", actor=context.route.values["actor"], today=context.today
    )
    rows = [said(context, r) | {"as": _roles(context, list(r["roles"]))} for r in found]
    return context.panel("actors/actor_projects.html", "actor-projects card", rows=rows)


@panel("commitments")
def commitments(context: Context) -> Html:
    """List the steps that one actor has taken on: done, under way, late."""
    found = context.data.rows(
        "actor_steps", actor=context.route.values["actor"], today=context.today
    )
    rows = [
        r
        | {
            "title": r[f"title_{context.language}"],
            "of": r[f"project_{context.language}"],
            "plan": context.format.month(r["baseline_end"]),
            "now": context.format.month(r["actual_end"] or r["planned_end"]),
            "done": r["actual_end"] is not None,
            "late": r["actual_end"] is None and r["planned_end"] > r["baseline_end"],
        }
        for r in found
    ]
    return context.panel("actors/commitments.html", "commitments card", rows=rows)


@heading("actors")
def _heading_all(context: Context) -> Heading:
    rows = _actors(context)
    crumb = context.text("nav.actors")
    return Heading(
        title=context.text("actors.title", n=len(rows)),
        tab=crumb,
        crumbs=(
            breadcrumbs.home(context),
            breadcrumbs.projects(context),
            Crumb(crumb),
        ),
        demonstration=True,
    )


@heading("actor")
def _heading_one(context: Context) -> Heading:
    actor = _actor(context)
    values = {"name": actor["name"], "n": actor["projects"]}
    key = "actors.one_title" if actor["projects"] > 1 else "actors.one_title_single"
    steps = context.text("actors.steps_of", done=actor["steps_done"], n=actor["steps"])
    return Heading(
        title=context.text(key, **values),
        tab=actor["name"],
        crumbs=(
            breadcrumbs.home(context),
            breadcrumbs.actors(context),
            Crumb(actor["name"]),
        ),
        demonstration=True,
        figures=(
            KeyFigure(context.text("actors.projects"), str(actor["projects"])),
            KeyFigure(context.text("actors.late"), str(actor["late"])),
            KeyFigure(context.text("actors.steps"), steps),
        ),
    )
