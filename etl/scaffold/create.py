"""Write the files of a new indicator or dataset; nothing half-made is left behind."""

from __future__ import annotations

import re
from math import inf
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
    """Write an indicator into the catalogue folder; without `numerator` of the first variable.

    Raises `CatalogError` for a name that is taken, or an area, dataset or variable there is not.
    """
    catalog = read_catalog(folder)
    variables = catalog.datasets[dataset].variables if dataset in catalog.datasets else {}
    numerator = numerator or next(iter(variables), "")
    areas = [node.id for node in catalog.areas]
    faults = [*_taken(name, catalog.indicators), *_unknown(area, areas, "--area")]
    faults += _unknown(dataset, catalog.datasets, "--dataset")
    for variable in filter(None, (numerator, denominator)):
        faults += _unknown(variable, variables, f"{dataset}: variable")
    if not numerator:
        faults.append(message("no_variable_yet", dataset=dataset))
    if faults:
        raise CatalogError(*faults)
    measure = variables[numerator]
    values = {
        "unit": measure.unit,
        "aggregate": "ratio" if denominator else "sum" if measure.additive else "none",
        "numerator": f"{dataset}.{numerator}",
        "denominator": f"{dataset}.{denominator}" if denominator else "",
    }
    path = folder / "indicators" / area / f"{name}.yaml"
    return _write(folder, {path: _filled("indicator.yaml", values)})


def dataset(folder: Path, tests: Path, name: str, **told: str) -> list[Path]:
    """Write a dataset into the catalogue folder, its specimen's folder and its test.

    `told` are provider, address, cadence and layout. Raises `CatalogError` for a name that is
    taken, a layout that there is not, or an address that is none.
    """
    catalog = read_catalog(folder)
    faults = _taken(name, catalog.datasets) + _unknown(told["layout"], layouts(), "--layout")
    if not ADDRESS.fullmatch(told["address"]):
        faults.append(message("address_form", address=told["address"]))
    if faults:
        raise CatalogError(*faults)
    values = {**told, "id": name, "layouts": ", ".join(layouts())}
    return _write(
        folder,
        {
            folder / "datasets" / f"{name}.yaml": _filled("dataset.yaml", values),
            tests / "specimens" / name / "README.txt": _filled("README.txt", values),
            tests / "etl" / "layouts" / f"test_dataset_{name}.py": _filled(
                "test_dataset.py.txt", values
            ),
        },
    )


def _write(folder: Path, files: Mapping[Path, str]) -> list[Path]:
    """Write files that are not there yet; take them away again if the catalogue refuses them."""
    if there := [path for path in files if path.exists()]:
        raise CatalogError(*(message("there_already", path=path) for path in there))
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


def _filled(template: str, values: Mapping[str, str]) -> str:
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
    """Return a text as YAML writes it on one line, in quotes where it needs them."""
    listed = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=inf)
    return str(listed).strip()[1:-1]


def _taken(name: str, known: Collection[str]) -> list[Message]:
    if name in known:
        return [message("name_taken", name=name)]
    if not NAME.fullmatch(name):
        return [message("name_form", name=name)]
    return []


def _unknown(name: str, known: Collection[str], what: str) -> list[Message]:
    listed = ", ".join(known) or "–"
    return [] if name in known else [message("none_such", what=what, name=name, known=listed)]
