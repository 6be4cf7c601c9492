"""What a catalogue still lacks: texts that stand as "…", datasets without files or variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warehouse.declarations.placeholders import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog


class Open(NamedTuple):
    """One thing to fill in: the file, the field, and which words of `words.yaml` say what."""

    file: str
    field: str
    word: str


def missing(catalog: Catalog) -> tuple[Open, ...]:
    """List what is open in indicators and datasets, in the order of their files."""
    return (*_of_indicators(catalog), *_of_datasets(catalog))


def _of_indicators(catalog: Catalog) -> Iterator[Open]:
    for one in catalog.indicators.values():
        file = f"indicators/{one.area}/{one.id}.yaml"
        for field in placeholders(one):
            yield Open(file, field, "missing_text")
        if one.aggregate != "none" and one.range is None and one.unit == "percent":
            yield Open(file, "range", "missing_range")


def _of_datasets(catalog: Catalog) -> Iterator[Open]:
    used = {name for one in catalog.indicators.values() for name in one.datasets}
    for one in catalog.datasets.values():
        file = f"datasets/{one.id}.yaml"
        for field in placeholders(one):
            yield Open(file, field, "missing_text")
        if not one.files:
            yield Open(file, "files", "missing_files")
        elif one.variables and one.id not in used:
            yield Open(file, "variables", "missing_indicator")
        if not one.files and not one.variables:
            yield Open(file, "variables", "missing_variables")
