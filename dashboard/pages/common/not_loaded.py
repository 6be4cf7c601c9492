"""Messages for indicators without data: where they are expected from, notes, the command."""

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


def expectation(context: Context, indicator: Indicator) -> str:
    """Say from whom the missing data of an indicator are expected, how often, and who loads them.

    The command that loads them is on `/dati`, for the office.
    """
    datasets = [
        context.catalog.datasets[name]
        for name in _missing_datasets(context, indicator)
        if name in context.catalog.datasets
    ]
    texts = [
        context.text(
            "headline.expected",
            provider=dataset.provider,
            cadence=context.text(f"cadence.{dataset.cadence}"),
            owner=dataset.owner,
        )
        for dataset in datasets
    ]
    return "; ".join(dict.fromkeys(texts))


def message(context: Context, indicator: Indicator) -> str:
    """Say that an indicator has no values yet, and from where they are expected."""
    return context.text("headline.waiting", expectation=expectation(context, indicator))


def notes(context: Context, indicator: Indicator) -> list[str]:
    """Return the declared notes of an indicator's missing datasets."""
    names = _missing_datasets(context, indicator)
    datasets = [context.catalog.datasets.get(name) for name in names]
    return [context.translate(dataset.note) for dataset in datasets if dataset and dataset.note]


def _missing_datasets(context: Context, indicator: Indicator) -> tuple[str, ...]:
    loaded = {row["dataset"] for row in context.data.rows("datasets") if row["figures"]}
    missing = tuple(name for name in indicator.datasets if name not in loaded)
    return missing or indicator.datasets
