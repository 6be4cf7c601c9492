"""Datasets of one downloaded file, fetched into a temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.fetch import Fetched, fetch
from etl.fetch.http import Limits
from warehouse.declarations.loader import Catalog
from warehouse.declarations.models import Dataset

if TYPE_CHECKING:
    from pathlib import Path

QUICK = Limits(
    connect=0.5, read=0.3, attempts=3, first_wait=0.01, longest_wait=2, jitter=0, intervals={}
)


TABLE = b"code;value\n015146;1\n" + b"".join(b"%06d;%d\n" % (n, n) for n in range(20_000))


def http_dataset(
    address: str,
    path: str = "waste/{year}.csv",
    **how: Any,  # noqa: ANN401  # what a declaration may hold
) -> Dataset:
    """Return a dataset of one file that is fetched from an address."""
    return dataset(path, kind="http", address=address, **how)


def dataset(path: str, **how: Any) -> Dataset:  # noqa: ANN401  # what a declaration may hold
    """Return a dataset of one file, fetched as `how` says; `{year}` in `path` is 2023."""
    file: dict[str, object] = {"path": path, "layout": "wide_csv", "fetch": how}
    if "{year}" in path:
        file["years"] = [2023]
    return Dataset.model_validate(
        {
            "id": "waste",
            "title": {"it": "Rifiuti", "en": "Waste"},
            "provider": "Ispra",
            "attribution": {"it": "Ispra", "en": "Ispra"},
            "address": "http://provider.invalid",
            "licence": "CC BY 4.0",
            "cadence": "annual",
            "owner": "Ufficio",
            "files": [file],
        }
    )


def catalog(*datasets: Dataset) -> Catalog:
    """A catalogue of nothing but datasets: nothing else is looked at."""
    return Catalog.model_construct(datasets={str(n): d for n, d in enumerate(datasets)})


def fetched(folder: Path, *datasets: Dataset, limits: Limits = QUICK) -> tuple[Fetched, ...]:
    return fetch(
        catalog(*datasets),
        folder / "fetched",
        pace=folder / "pace",
        snapshots=folder / "kept",
        limits=limits,
    )


def fetch_one(folder: Path, dataset: Dataset, limits: Limits = QUICK) -> Fetched:
    (result,) = fetched(folder, dataset, limits=limits)
    return result


def rule(result: Fetched) -> str:
    """Return the rule that failed, said in both languages."""
    assert result.fault
    assert all(result.fault.message[language] for language in ("it", "en"))
    return result.fault.rule
