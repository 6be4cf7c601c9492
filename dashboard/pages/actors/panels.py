"""Actors of the plan: who has taken on what, and where it stands; the pact of the territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common.progress import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.components.html import Html
    from dashboard.context import Page


def _actors(page: Page) -> list[dict[str, Any]]:
    return page.facts.rows("actors", today=page.today)


def _actor(page: Page) -> dict[str, Any]:
    name = page.place.names["actor"]
    return next(r for r in _actors(page) if r["actor"] == name)


def known(page: Page, actor: str) -> bool:
    """Say whether somebody of that name takes part in a project."""
    return any(r["actor"] == actor for r in _actors(page))


def _roles(page: Page, roles: list[str]) -> str:
    return ", ".join(page.words(f"project.role_{role}") for role in roles)


def actor_list(page: Page) -> Html:
    """List who takes part: roles, projects, steps taken on and done."""
    rows = [r | {"as": _roles(page, list(r["roles"]))} for r in _actors(page)]
    return page.html("actors/actor_list.html", "actor-list card", rows=rows)


def actor_projects(page: Page) -> Html:
    """List the projects of one actor, and how each stands."""
    found = page.facts.rows("actor_projects", actor=page.place.names["actor"], today=page.today)
    rows = [said(page, r) | {"as": _roles(page, list(r["roles"]))} for r in found]
    return page.html("actors/actor_projects.html", "actor-projects card", rows=rows)


def commitments(page: Page) -> Html:
    """List the steps that one actor has taken on: done, under way, late."""
    found = page.facts.rows("actor_steps", actor=page.place.names["actor"], today=page.today)
    rows = [
        r
        | {
            "title": r[f"title_{page.lang}"],
            "of": r[f"project_{page.lang}"],
            "plan": formatting.month(r["baseline_end"], page.lang),
            "now": formatting.month(r["actual_end"] or r["planned_end"], page.lang),
            "done": r["actual_end"] is not None,
            "late": r["actual_end"] is None and r["planned_end"] > r["baseline_end"],
        }
        for r in found
    ]
    return page.html("actors/commitments.html", "commitments card", rows=rows)


def _heading_all(page: Page) -> dict[str, Any]:
    rows = _actors(page)
    crumb = page.words("nav.actors")
    return {
        "title": page.words("actors.title", n=len(rows)),
        "tab": crumb,
        "crumbs": [
            (page.words("nav.overview"), "/"),
            (page.words("nav.projects"), "/progetti"),
            (crumb, None),
        ],
        "demonstration": True,
    }


def _heading_one(page: Page) -> dict[str, Any]:
    actor = _actor(page)
    values = {"name": actor["name"], "n": actor["projects"]}
    key = "actors.one_title" if actor["projects"] > 1 else "actors.one_title_single"
    steps = page.words("actors.steps_of", done=actor["steps_done"], n=actor["steps"])
    return {
        "title": page.words(key, **values),
        "tab": actor["name"],
        "crumbs": [
            (page.words("nav.overview"), "/"),
            (page.words("nav.actors"), "/attori"),
            (actor["name"], None),
        ],
        "demonstration": True,
        "figures": [
            (page.words("actors.projects"), str(actor["projects"]), ""),
            (page.words("actors.late"), str(actor["late"]), ""),
            (page.words("actors.steps"), steps, ""),
        ],
    }


PANELS: dict[str, Callable[[Page], Component]] = {
    "actor_list": actor_list,
    "actor_projects": actor_projects,
    "commitments": commitments,
}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {
    "actors": _heading_all,
    "actor": _heading_one,
}
