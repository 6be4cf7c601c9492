"""Messages for indicators without data: the command that loads them, and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from warehouse.declarations.models import Indicator


def load_command(context: Context, names: Iterable[str]) -> str:
    """Return the command that loads datasets, a template where no provider gives a file."""
    datasets = [context.catalog.datasets[n] for n in names if n in context.catalog.datasets]
    feeds = {dataset.feed for dataset in datasets}
    if feeds == {"online"}:
        return " ".join(["etl refresh --online", *(f"--dataset {d.id}" for d in datasets)])
    by_hand = "etl template indicators.xlsx"
    return by_hand if "none" in feeds else context.text("headline.from_folder")


def indicator_command(context: Context, indicator: Indicator) -> str:
    """Return the command that loads the missing datasets of an indicator."""
    return load_command(context, _missing_datasets(context, indicator))


def message(context: Context, indicator: Indicator) -> str:
    """Say that an indicator has no values yet, and which command loads them."""
    return context.text("headline.waiting", command=indicator_command(context, indicator))


def notes(context: Context, indicator: Indicator) -> list[str]:
    """Return the declared notes of an indicator's missing datasets."""
    names = _missing_datasets(context, indicator)
    datasets = [context.catalog.datasets.get(name) for name in names]
    return [context.translate(dataset.note) for dataset in datasets if dataset and dataset.note]


def _missing_datasets(context: Context, indicator: Indicator) -> tuple[str, ...]:
    loaded = {row["dataset"] for row in context.data.rows("datasets") if row["figures"]}
    missing = tuple(name for name in indicator.datasets if name not in loaded)
    return missing or indicator.datasets
