"""A declared range is what cannot be: it holds for every municipality of Italy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from etl.catalog import layout as layout_of
from etl.pipeline.discovery import InputFolder, discover
from tests.support.specimens import CATALOG

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.declarations.models import Dataset, Indicator

NATIONAL = ("urban_index", "opencivitas", "irpef", "general_elections", "european_elections")
Figures = dict[str, "pd.Series[float]"]


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> Figures:
    """The figures of all municipalities in the national files, by variable."""
    folder = InputFolder(CATALOG, shared_data)
    tables = {name: _table(CATALOG.datasets[name], folder) for name in NATIONAL}
    return {
        f"{name}.{variable}": table[variable]
        for name, table in tables.items()
        for variable in table
    }


def _table(dataset: Dataset, folder: InputFolder) -> pd.DataFrame:
    """Return a dataset's figures: a row for each municipality and period, a column a variable."""
    parts = []
    for file in discover(dataset, folder)[0]:
        layout = layout_of(file.source.layout)
        options = {k: v for k, v in file.source.options.items() if k != "province"}
        cells = layout.parse(
            file.content(), layout.Options.model_validate(options), file.context()
        ).cells
        parts.append(cells[["variable", "code", "period", "value"]].dropna(subset="value"))
    cells = pd.concat(parts).astype({"variable": "category", "code": "category"})
    codes = cells["code"].cat.categories
    places = codes[codes.str.fullmatch(r"\d+") & (codes.str.strip("0") != "")]
    cells = cells[cells["code"].isin(places)].drop_duplicates(["variable", "code", "period"])
    return cells.pivot(  # noqa: PD010  # each place, period and variable has one value
        index=["code", "period"], columns="variable", values="value"
    )


def values(indicator: Indicator, figures: Figures) -> pd.Series[float]:
    """Return an indicator's values in all municipalities; none where its files are not there."""
    numerator = figures.get(indicator.numerator)
    denominator = figures.get(indicator.denominator or "")
    if numerator is None or (indicator.aggregate == "ratio" and denominator is None):
        return pd.Series(dtype=float)
    if indicator.aggregate != "ratio" or denominator is None:
        return numerator.dropna()
    ratio = numerator / denominator.replace(0, np.nan)
    return ratio.dropna() * indicator.multiplier


def test_no_municipality_of_italy_is_outside_a_range(figures: Figures) -> None:
    outside = {}
    checked = 0
    for indicator in CATALOG.indicators.values():
        if indicator.range is None:
            continue
        low, high = indicator.range
        series = values(indicator, figures)
        checked += not series.empty
        wrong = series[(series < low) | (series > high)]
        if not wrong.empty:
            outside[indicator.id] = wrong.head(3).to_dict()
    assert outside == {}
    assert checked > 80
