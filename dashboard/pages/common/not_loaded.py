"""What is declared and not loaded yet: what to run, so that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Page
    from warehouse.declarations.models import Indicator


def command(page: Page, datasets: Iterable[str]) -> str:
    """Return the command that loads `datasets`, by hand where no provider gives a file."""
    declared = [page.catalog.datasets[name] for name in datasets if name in page.catalog.datasets]
    feeds = {dataset.feed for dataset in declared}
    if feeds == {"online"}:
        return " ".join(["etl refresh --online", *(f"--dataset {d.id}" for d in declared)])
    by_hand = "etl template indicators.xlsx"
    return by_hand if "none" in feeds else page.words("headline.from_folder")


def of(page: Page, indicator: Indicator) -> str:
    """Return the command for what `indicator` lacks."""
    return command(page, _lacking(page, indicator))


def said(page: Page, indicator: Indicator) -> str:
    """Say that an indicator has no values yet, and what to run."""
    return page.words("headline.waiting", command=of(page, indicator))


def notes(page: Page, indicator: Indicator) -> list[str]:
    """Return what the declarations say of the datasets that `indicator` lacks."""
    declared = [page.catalog.datasets.get(name) for name in _lacking(page, indicator)]
    return [page.say(dataset.note) for dataset in declared if dataset and dataset.note]


def _lacking(page: Page, indicator: Indicator) -> tuple[str, ...]:
    loaded = {row["dataset"] for row in page.facts.rows("datasets") if row["figures"]}
    lacking = tuple(name for name in indicator.datasets if name not in loaded)
    return lacking or indicator.datasets
