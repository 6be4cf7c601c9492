"""The catalogue as `etl` needs it: what its files are read with is there."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.declarations import loader as declared
from warehouse.errors import CatalogError
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog
    from warehouse.messages import Message

SOURCES = Path(__file__).with_name("layouts")
NEAR = 3  # names that a fault offers


def read_catalog(folder: Path) -> Catalog:
    """Read and check a catalogue folder, the layouts of its files too.

    Raises `CatalogError` that lists every fault found, each with file, field and reason.
    """
    catalog = declared.read_catalog(folder)
    if faults := list(_unknown_layouts(catalog, folder)):
        raise CatalogError(*faults)
    return catalog


@cache
def layouts() -> tuple[str, ...]:
    """Return the layouts that a file of a dataset may have: the modules of `etl.layouts`."""
    return tuple(sorted(path.stem for path in SOURCES.glob("[a-z]*.py")))


def _unknown_layouts(catalog: Catalog, folder: Path) -> Iterator[Message]:
    for dataset in catalog.datasets.values():
        for number, file in enumerate(dataset.files):
            if file.layout not in layouts():
                near = get_close_matches(file.layout, layouts(), n=NEAR) or layouts()
                yield message(
                    "no_layout",
                    at=folder / "datasets" / f"{dataset.id}.yaml",
                    field=f"files.{number}.layout",
                    layout=file.layout,
                    near=", ".join(near),
                )
