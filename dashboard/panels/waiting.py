"""What is declared and not loaded yet: what to run, so that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.page import Page
    from warehouse.declarations import Indicator


def command(page: Page, indicator: Indicator) -> str:
    """Return the command that loads what `indicator` lacks."""
    loaded = {row["dataset"] for row in page.facts.rows("datasets") if row["figures"]}
    lacking = [d for d in indicator.datasets if d not in loaded] or indicator.datasets
    if any(file.fetch for d in lacking for file in page.catalog.datasets[d].files):
        return " ".join(["etl refresh --online", *(f"--dataset {d}" for d in lacking)])
    return page.words("headline.from_folder")


def said(page: Page, indicator: Indicator) -> str:
    """Say that an indicator has no values yet, and what to run."""
    return page.words("headline.waiting", command=command(page, indicator))
