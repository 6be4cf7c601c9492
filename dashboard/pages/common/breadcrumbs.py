"""Breadcrumbs of the pages that others lie under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.registry import Crumb

if TYPE_CHECKING:
    from dashboard.context import Context


def home(context: Context) -> Crumb:
    """Return the crumb of the overview."""
    return Crumb(context.text("nav.overview"), "/")


def territories(context: Context) -> Crumb:
    """Return the crumb of the list of territories."""
    return Crumb(context.text("nav.territories"), "/territori")


def projects(context: Context) -> Crumb:
    """Return the crumb of the projects."""
    return Crumb(context.text("nav.projects"), "/progetti")


def actors(context: Context) -> Crumb:
    """Return the crumb of the actors."""
    return Crumb(context.text("nav.actors"), "/attori")
