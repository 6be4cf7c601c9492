"""Creation of a new indicator or dataset: all of its files, or none."""

from __future__ import annotations

import json
import re
from math import inf
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from etl.catalog import layouts, read_catalog
from warehouse.errors import CatalogError
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from warehouse.messages import Message

FOLDER = Path(__file__).parent
NAME = re.compile(r"[a-z][a-z0-9_]*")
ADDRESS = re.compile(r"https?://\S+")


def indicator(
    folder: Path, name: str, area: str, dataset: str, numerator: str = "", denominator: str = ""
) -> list[Path]:
    """Write an indicator into the catalogue folder, by default of the dataset's first variable.

    Raises `CatalogError` for a name that is taken, or an unknown area, dataset or variable.
    """
    catalog = read_catalog(folder)
    variables = catalog.datasets[dataset].variables if dataset in catalog.datasets else {}
    numerator = numerator or next(iter(variables), "")
    areas = [node.id for node in catalog.areas]
    errors = [*_name_errors(name, catalog.indicators), *_unknown(area, areas, "--area")]
    errors += _unknown(dataset, catalog.datasets, "--dataset")
    for variable in filter(None, (numerator, denominator)):
        errors += _unknown(variable, variables, f"{dataset}: variable")
    if not numerator:
        errors.append(message("no_variable_yet", dataset=dataset))
    if errors:
        raise CatalogError(*errors)
    measure = variables[numerator]
    values = {
        "unit": measure.unit,
        "aggregate": "ratio" if denominator else "sum" if measure.additive else "none",
        "numerator": f"{dataset}.{numerator}",
        "denominator": f"{dataset}.{denominator}" if denominator else "",
    }
    path = folder / "indicators" / area / f"{name}.yaml"
    return _write(folder, {path: _render("indicator.yaml", values)})


def dataset(folder: Path, tests: Path, name: str, **fields: str) -> list[Path]:
    """Write a dataset into the catalogue folder, its specimen's folder and its test.

    `fields` are provider, address, cadence and layout. Raises `CatalogError` for a name that is
    taken, an unknown layout, or an invalid address.
    """
    catalog = read_catalog(folder)
    errors = _name_errors(name, catalog.datasets) + _unknown(
        fields["layout"], layouts(), "--layout"
    )
    if not ADDRESS.fullmatch(fields["address"]):
        errors.append(message("address_form", address=fields["address"]))
    if errors:
        raise CatalogError(*errors)
    place = json.dumps(relpath(folder, tests), ensure_ascii=False)
    values = {**fields, "id": name, "layouts": ", ".join(layouts()), "catalog": place}
    return _write(
        folder,
        {
            folder / "datasets" / f"{name}.yaml": _render("dataset.yaml", values),
            tests / "specimens" / name / "README.txt": _render("README.txt", values),
            tests / "etl" / "layouts" / f"test_dataset_{name}.py": _render(
                "test_dataset.py.txt", values
            ),
        },
    )


def _write(folder: Path, files: Mapping[Path, str]) -> list[Path]:
    """Write new files; remove them again if the catalogue rejects them."""
    if existing := [path for path in files if path.exists()]:
        raise CatalogError(*(message("there_already", path=path) for path in existing))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        read_catalog(folder)
    except CatalogError:
        for path in files:
            path.unlink()
        raise
    return list(files)


def _render(template: str, values: Mapping[str, str]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  # slow

    environment = Environment(  # noqa: S701  # YAML and Python, not HTML
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _scalar
    return environment.get_template(template).render(**values)


def _scalar(value: str) -> str:
    """Return a text as YAML writes it on one line, in quotes where needed."""
    sequence = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=inf)
    return str(sequence).strip()[1:-1]


def _name_errors(name: str, existing: Collection[str]) -> list[Message]:
    if name in existing:
        return [message("name_taken", name=name)]
    if not NAME.fullmatch(name):
        return [message("name_form", name=name)]
    return []


def _unknown(name: str, names: Collection[str], what: str) -> list[Message]:
    options = ", ".join(names) or "–"
    return [] if name in names else [message("none_such", what=what, name=name, known=options)]
