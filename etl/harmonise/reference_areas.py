"""Figures of the region and the country: the sums of files that have every municipality."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.declarations.territories import Territory

KEY = ["variable", "territory", "period"]
COLUMNS = [*KEY, "value", "obs_status", "snapshot"]
IN_FILE = ["file", "variable", "period"]
STATUSES = ["A", "B", "E", "P"]  # of a sum, the last one counts
ESTIMATED = STATUSES.index("E")
SUPPRESSED = "Q"
MUNICIPALITY = re.compile(r"(?!000)\d{6}")


def select(cells: pd.DataFrame, is_selected: pd.Series[bool]) -> pd.DataFrame:
    """Return the selected cells; all of them without a copy, which takes time of a country's."""
    return cells if is_selected.all() else cells[is_selected]


def reference_figures(cells: pd.DataFrame, dataset: Dataset, catalog: Catalog) -> pd.DataFrame:
    """Return the figures (`KEY`, value, obs_status, snapshot) of regions and the country.

    `cells` come from files that cover the country and have their municipality's code as
    `origin`. Only additive variables are summed. A region has a figure where each of its
    provinces is in the file, the country where each declared region has one: a file that is
    cut off has none. A sum that leaves out suppressed figures is an estimate.
    """
    additive = [name for name, v in dataset.variables.items() if v.additive]
    municipalities = [
        code for code in cells["origin"].dropna().unique() if MUNICIPALITY.fullmatch(code)
    ]
    is_counted = cells["variable"].isin(additive) & cells["origin"].isin(municipalities)
    cells = select(cells[[*IN_FILE, "origin", "value", "obs_status", "snapshot"]], is_counted)
    if cells.empty:
        return pd.DataFrame(columns=COLUMNS)
    cells = select(cells, ~cells.duplicated([*IN_FILE, "origin"]))
    cells = cells.assign(
        province=cells["origin"].str[:3],
        hidden=cells["value"].isna() | (cells["obs_status"] == SUPPRESSED),
        rank=cells["obs_status"].map({s: r for r, s in enumerate(STATUSES)}).fillna(0),
    )
    sums = list(_sums(cells, catalog))
    if not sums:
        return pd.DataFrame(columns=COLUMNS)
    figures = pd.concat(sums, ignore_index=True).drop_duplicates(KEY)
    rank = figures["rank"].where(~figures["hidden"], figures["rank"].clip(lower=ESTIMATED))
    status = rank.map(dict(enumerate(STATUSES)))
    return figures.assign(obs_status=status)[COLUMNS][figures["value"].notna()]


def _sums(cells: pd.DataFrame, catalog: Catalog) -> Iterator[pd.DataFrame]:
    """Yield the sums of every region, and of the country where every region is complete."""
    complete: pd.Index | None = None
    for region in catalog.by_level("region"):
        sums = _sums_of(region, cells[cells["province"].isin(region.provinces)])
        sums = sums[sums["provinces"] == len(region.provinces)]
        keys = pd.MultiIndex.from_frame(sums[IN_FILE])
        complete = keys if complete is None else complete.intersection(keys)
        yield sums
    for country in catalog.by_level("country"):
        sums = _sums_of(country, cells)
        if complete is not None:
            sums = sums[pd.MultiIndex.from_frame(sums[IN_FILE]).isin(complete)]
        yield sums


def _sums_of(place: Territory, cells: pd.DataFrame) -> pd.DataFrame:
    groups = cells.groupby(IN_FILE, as_index=False, sort=False)
    sums = groups.agg(
        value=("value", "sum"),
        value_count=("value", "count"),
        hidden=("hidden", "any"),
        rank=("rank", "max"),
        provinces=("province", "nunique"),
        snapshot=("snapshot", "first"),
    )
    sums["value"] = sums["value"].where(sums["value_count"] > 0)
    return sums.assign(territory=place.territory)
