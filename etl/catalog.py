"""The catalogue as `etl` reads it: also checks the layout and the options of every file."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from warehouse.declarations import loader
from warehouse.errors import CatalogError
from warehouse.messages import field_errors, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.parsing.layout import Layout, LayoutOptions
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.sources import SourceFile
    from warehouse.messages import Message

LAYOUTS = Path(__file__).with_name("layouts")
MAX_SUGGESTIONS = 3  # similar names that an error lists


def read_catalog(folder: Path) -> Catalog:
    """Read and check a catalogue folder, including the layout and options of each file.

    Raises `CatalogError` that lists every error, each with file, field and reason.
    """
    catalog = loader.read_catalog(folder)
    if errors := list(_wrong_files(catalog, folder)):
        raise CatalogError(*errors)
    return catalog


@cache
def layouts() -> tuple[str, ...]:
    """Return the layouts that a file of a dataset may have: the modules of `etl.layouts`."""
    return tuple(sorted(path.stem for path in LAYOUTS.glob("[a-z]*.py")))


def layout(name: str) -> Layout:
    """Return a layout by its name, one of `layouts()`."""
    module: Layout = import_module(f"etl.layouts.{name}")
    return module


def _wrong_files(catalog: Catalog, folder: Path) -> Iterator[Message]:
    for dataset in catalog.datasets.values():
        path = folder / "datasets" / f"{dataset.id}.yaml"
        for number, file in enumerate(dataset.files):
            field = f"files.{number}"
            if file.layout in layouts():
                yield from _wrong_options(file, path, field)
                yield from _missing_fields(file, path, field)
            else:
                yield _unknown_layout(file, path, field)


def _unknown_layout(file: SourceFile, path: Path, field: str) -> Message:
    near = get_close_matches(file.layout, layouts(), n=MAX_SUGGESTIONS) or layouts()
    return message(
        "no_layout", at=path, field=f"{field}.layout", layout=file.layout, near=", ".join(near)
    )


def _wrong_options(file: SourceFile, path: Path, field: str) -> Iterator[Message]:
    model = layout(file.layout).Options
    try:
        model.model_validate(file.options)
    except ValidationError as error:
        for name, reason in field_errors(error):
            yield message(
                "wrong_option",
                at=path,
                field=f"{field}.options.{name}",
                said=reason,
                layout=file.layout,
                required=_names(model, required=True),
                optional=_names(model, required=False),
            )


def _names(model: type[LayoutOptions], *, required: bool) -> str:
    fields = model.model_fields.items()
    return ", ".join(name for name, f in fields if f.is_required() == required) or "–"


def _missing_fields(file: SourceFile, path: Path, field: str) -> Iterator[Message]:
    """Yield what else the layout requires of the file's declaration, and is missing."""
    model = layout(file.layout).Options
    missing = [name for name in model.required_fields if not _has(file, name)]
    missing += [
        f"companions.{name}" for name in model.required_companions if name not in file.companions
    ]
    for name in missing:
        yield message(
            "no_file_field", at=path, field=f"{field}.{name}", name=name, layout=file.layout
        )


def _has(file: SourceFile, name: str) -> bool:
    return all(file.periods) if name == "period" else bool(getattr(file, name))
