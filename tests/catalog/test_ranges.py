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

    from warehouse.declarations.models import Indicator

NATIONAL = ("urban_index", "opencivitas", "irpef", "general_elections", "european_elections")
Figures = dict[str, "pd.Series[float]"]


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> Figures:
    """The figures of all municipalities in the national files, by variable."""
    folder = InputFolder(CATALOG, shared_data)
    parts = []
    for name in NATIONAL:
        for file in discover(CATALOG.datasets[name], folder)[0]:
            layout = layout_of(file.source.layout)
            options = {k: v for k, v in file.source.options.items() if k != "province"}
            cells = layout.parse(
                file.content(), layout.Options.model_validate(options), file.context()
            ).cells
            parts.append(cells.assign(variable=f"{name}." + cells["variable"]))
    cells = pd.concat(parts).dropna(subset="value")
    cells = cells[cells["code"].str.fullmatch(r"\d+") & (cells["code"].str.strip("0") != "")]
    cells = cells.drop_duplicates(["variable", "code", "period"])
    return {
        str(variable): group.set_index(["code", "period"])["value"]
        for variable, group in cells.groupby("variable")
    }


def values(indicator: Indicator, figures: Figures) -> pd.Series[float]:
    """Return an indicator's values in all municipalities; none where its files are not there."""
    numerator = figures.get(indicator.numerator)
    denominator = figures.get(indicator.denominator or "")
    if numerator is None or (indicator.aggregate == "ratio" and denominator is None):
        return pd.Series(dtype=float)
    if indicator.aggregate != "ratio" or denominator is None:
        return numerator
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
