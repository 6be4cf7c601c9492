"""Gaps of a catalogue: texts left as "…", datasets without files or variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.declarations.placeholders import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog


@dataclass(frozen=True, slots=True)
class Gap:
    """A field to fill in: its file, its name, and the key of `locale/cli.yaml` that says how."""

    file: str
    field: str
    key: str


def find_gaps(catalog: Catalog) -> tuple[Gap, ...]:
    """List the gaps of indicators and datasets, in the order of their files."""
    return (*_indicator_gaps(catalog), *_dataset_gaps(catalog))


def _indicator_gaps(catalog: Catalog) -> Iterator[Gap]:
    for indicator in catalog.indicators.values():
        file = f"indicators/{indicator.area}/{indicator.id}.yaml"
        for field in placeholders(indicator):
            yield Gap(file, field, "missing_text")
        if (
            indicator.unit == "percent"
            and indicator.aggregate != "none"
            and indicator.range is None
        ):
            yield Gap(file, "range", "missing_range")


def _dataset_gaps(catalog: Catalog) -> Iterator[Gap]:
    used = {name for indicator in catalog.indicators.values() for name in indicator.datasets}
    for dataset in catalog.datasets.values():
        file = f"datasets/{dataset.id}.yaml"
        for field in placeholders(dataset):
            yield Gap(file, field, "missing_text")
        if not dataset.files:
            yield Gap(file, "files", "missing_files")
        elif dataset.variables and dataset.id not in used:
            yield Gap(file, "variables", "missing_indicator")
        if not dataset.files and not dataset.variables:
            yield Gap(file, "variables", "missing_variables")
