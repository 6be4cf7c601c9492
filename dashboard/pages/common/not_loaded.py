"""What is declared and not loaded yet: what to run, so that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from warehouse.declarations.models import Indicator


def command(context: Context, datasets: Iterable[str]) -> str:
    """Return the command that loads `datasets`, by hand where no provider gives a file."""
    declared = [
        context.catalog.datasets[name] for name in datasets if name in context.catalog.datasets
    ]
    feeds = {dataset.feed for dataset in declared}
    if feeds == {"online"}:
        return " ".join(["etl refresh --online", *(f"--dataset {d.id}" for d in declared)])
    by_hand = "etl template indicators.xlsx"
    return by_hand if "none" in feeds else context.text("headline.from_folder")


def of(context: Context, indicator: Indicator) -> str:
    """Return the command for what `indicator` lacks."""
    return command(context, _lacking(context, indicator))


def said(context: Context, indicator: Indicator) -> str:
    """Say that an indicator has no values yet, and what to run."""
    return context.text("headline.waiting", command=of(context, indicator))


def notes(context: Context, indicator: Indicator) -> list[str]:
    """Return what the declarations say of the datasets that `indicator` lacks."""
    declared = [context.catalog.datasets.get(name) for name in _lacking(context, indicator)]
    return [context.translate(dataset.note) for dataset in declared if dataset and dataset.note]


def _lacking(context: Context, indicator: Indicator) -> tuple[str, ...]:
    loaded = {row["dataset"] for row in context.data.rows("datasets") if row["figures"]}
    lacking = tuple(name for name in indicator.datasets if name not in loaded)
    return lacking or indicator.datasets
