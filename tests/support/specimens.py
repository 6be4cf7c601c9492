"""Reads a dataset's specimen from a copy that a test may damage."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from etl.pipeline.gather import GatherInputs, gather
from tests.support.deployment import PROJECT
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset

SPECIMENS = PROJECT / "tests" / "specimens"
CATALOG = read_catalog(PROJECT / "warehouse" / "catalog")


def copied(name: str, folder: Path, specimens: Path = SPECIMENS) -> Path:
    """Copy the specimen of a dataset into `folder`."""
    shutil.copytree(specimens / name, folder, dirs_exist_ok=True)
    return folder


def gathered(
    names: str, folder: Path, catalog: Catalog = CATALOG, specimens: Path = SPECIMENS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures and the refused rows of some datasets, read from `folder`."""
    datasets = {name: of_specimen(catalog.datasets[name], specimens) for name in names.split()}
    inputs = gather(GatherInputs(catalog.model_copy(update={"datasets": datasets}), folder))
    return inputs["component"].to_pandas(), inputs["quarantine"].to_pandas()


def of_specimen(dataset: Dataset, specimens: Path = SPECIMENS) -> Dataset:
    """Return a dataset that requires only the years and places of its specimen."""
    folder = specimens / dataset.id
    files = [
        file.model_copy(
            update={
                "years": tuple(
                    year
                    for year, path in zip(file.years, file.paths, strict=False)
                    if (folder / path).exists()
                ),
                "at_least": 0,
            }
        )
        for file in dataset.files
    ]
    return dataset.model_copy(update={"files": tuple(files)})
