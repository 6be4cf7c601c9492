"""The statement of accessibility, in the form that the Italian law gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from dashboard.pages.common import breadcrumbs
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

ASSESSMENT = Path(__file__).with_name("assessment.yaml")  # `make assessment` writes it
KNOWN_LIMITS = ("tables", "zoom", "documents")  # what does not conform yet


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the tests of the project measured: the day, the tool, how much it looked at."""

    date: str
    axe: str
    pages: int
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    widths: tuple[int, ...]
    findings: int


@cache
def assessment() -> Assessment:
    """Return the last assessment."""
    stored = yaml.safe_load(ASSESSMENT.read_text(encoding="utf-8"))
    return Assessment(**stored)


@heading("accessibility")
def accessibility_heading(context: Context) -> Heading:
    """Name the page."""
    name = context.text("nav.accessibility")
    crumbs = (breadcrumbs.home(context), Crumb(name))
    return Heading(title=context.text("help.statement_title"), tab=name, crumbs=crumbs)


@panel("statement")
def statement(context: Context) -> Html:
    """State how far the pages conform, what does not, and whom to write to."""
    checked = assessment()
    return context.panel(
        "help/statement.html",
        "statement card",
        body=context.translate(context.catalog.plan.body),
        contact=context.config.contact,
        assessment=checked,
        day=context.format.day(date.fromisoformat(checked.date)),
        published=context.format.day(context.data.store.manifest.created.date()),
        limits=[context.text(f"statement.limit_{name}") for name in KNOWN_LIMITS],
    )
