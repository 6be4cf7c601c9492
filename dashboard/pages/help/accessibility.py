"""The statement of accessibility, in the form that the Italian law gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

KNOWN_LIMITS = ("map", "tables", "zoom", "documents")  # what does not conform yet


@heading("accessibility")
def accessibility_heading(context: Context) -> Heading:
    """Name the page."""
    name = context.text("nav.accessibility")
    crumbs = (breadcrumbs.home(context), Crumb(name))
    return Heading(title=context.text("help.statement_title"), tab=name, crumbs=crumbs)


@panel("statement")
def statement(context: Context) -> Html:
    """State how far the pages conform, what does not, and whom to write to."""
    return context.panel(
        "help/statement.html",
        "statement card",
        body=context.translate(context.catalog.plan.body),
        contact=context.config.contact,
        limits=[context.text(f"statement.limit_{name}") for name in KNOWN_LIMITS],
    )
