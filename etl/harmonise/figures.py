"""Cells as providers write them → figures of today's municipalities, one for each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.harmonise.reference_areas import KEY, SUPPRESSED, reference
from etl.harmonise.territory_codes import NOWHERE, REFERENCES, istat_codes, named, today
from etl.parsing.dates import is_period
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.errors import Rejection

STATUSES = ("A", "B", "E", "P", SUPPRESSED)  # the last one says most

SUBJECTS = {  # what a rule's message speaks of, where it is not the code as written
    "variable": "variable",
    "period": "period",
    "negative": "variable",
    "fraction": "variable",
    "not_additive": "origin",
    "merger_incomplete": "origin",
}
OF_VALUES = {"duplicate", "negative", "fraction", "not_additive", "merger_incomplete"}

Refused = list[tuple[str, "Rejection"]]  # with the file's name


def harmonise(
    cells: pd.DataFrame, dataset: Dataset, catalog: Catalog
) -> tuple[pd.DataFrame, Refused]:
    """Return figures (`KEY`, value, obs_status, snapshot) and the refused cells.

    `cells` has the columns of `etl.reading.CELL_COLUMNS` with `file`, `snapshot` and what the file
    declares: `nationwide`, `regional`, `by_name`, `fills`. Cells of other provinces only count in
    the sums of files that have them all; a cell without value stays only where the source
    suppressed it (Q).
    """
    refused: Refused = []
    cells = cells[cells["value"].notna() | (cells["obs_status"] == SUPPRESSED)]
    cells = _accept(cells, cells["variable"].isin(list(dataset.variables)), "variable", refused)
    signed = [name for name, variable in dataset.variables.items() if variable.negative]
    possible = cells["value"].isna() | (cells["value"] >= 0) | cells["variable"].isin(signed)
    cells = _accept(cells, possible, "negative", refused)
    counts = [name for name, variable in dataset.variables.items() if variable.whole]
    is_whole = cells["value"].isna() | (cells["value"] % 1 == 0) | ~cells["variable"].isin(counts)
    cells = _accept(cells, is_whole, "fraction", refused)
    cells = _accept(cells, _is_period(cells["period"]), "period", refused)
    cells = _coded(cells, catalog, refused)
    sums = _references(cells, dataset, catalog)
    cells = cells.assign(value=cells["value"].mask(cells["obs_status"] == SUPPRESSED))
    cells = _unfilled(_located(cells, catalog, refused))
    again = cells.duplicated([*KEY, "origin"])
    # a merged municipality's own figure counts, not those of its parts beside it
    is_own = cells["origin"] == cells["territory"]
    has_own = is_own.groupby([cells[k] for k in KEY]).transform("any")
    cells = _accept(cells, ~again & (is_own | ~has_own), "duplicate", refused)
    figures = _merged(cells, dataset, catalog, refused)
    if not sums.empty:  # what a file itself says of the country counts more than a sum
        figures = pd.concat([figures, sums], ignore_index=True).drop_duplicates(KEY)
    return figures.sort_values(KEY, ignore_index=True), refused


def placed(table: pa.Table, catalog: Catalog) -> tuple[pa.Table, list[Rejection]]:
    """Return a project table with today's territories, and what of it has none.

    Rows of other provinces are left out; a code of ours that nobody knows is refused, with the
    projects that give it.
    """
    if "territory" not in table.column_names:
        return table, []
    said = table["territory"].to_pandas()
    codes = said.where(said.isin(list(catalog.territories)), istat_codes(said, catalog))
    at = table.column_names.index("territory")
    table = table.set_column(at, "territory", pa.array(today(codes, catalog), pa.string()))
    known = codes.isin(list(catalog.territories))
    ours = ~known & (codes.isna() | codes.str.startswith(catalog.provinces).fillna(value=False))
    return table.filter(pa.array(known)), list(_nowhere(table, said[ours]))


def _nowhere(table: pa.Table, said: pd.Series[str]) -> Iterator[Rejection]:
    """Yield one refusal of all codes that nobody knows."""
    if not said.empty:
        names = table[table.column_names[0]].take(pa.array(said.index)).unique().to_pylist()
        codes = ", ".join(sorted(set(said.fillna("–"))))
        yield reject("territory", codes, column="territory", value=", ".join(map(str, names)))


def _references(cells: pd.DataFrame, dataset: Dataset, catalog: Catalog) -> pd.DataFrame:
    """Return the sums of region and country; of files of the region alone, the region's."""
    sums = reference(cells[cells["nationwide"].astype(bool)], dataset, catalog)
    regional = cells[cells["regional"].astype(bool)]
    if regional.empty:
        return sums
    regions = [t.territory for t in catalog.by_level("region")]
    own = reference(regional, dataset, catalog)
    own = own[own["territory"].isin(regions)]
    return pd.concat([sums, own], ignore_index=True).drop_duplicates(KEY)


def _is_period(periods: pd.Series[str]) -> pd.Series[bool]:
    return periods.isin([text for text in periods.dropna().unique() if is_period(text)])


def _coded(cells: pd.DataFrame, catalog: Catalog, refused: Refused) -> pd.DataFrame:
    """Add `origin`, the code of the municipality as it was then."""
    by_name = cells["by_name"].astype(bool)
    names = cells[by_name]
    codes = cells[~by_name] if len(names) else cells
    names = names.assign(origin=named(names["code"], catalog))
    names = _accept(names, names["origin"].notna(), "territory", refused)
    codes = codes.assign(origin=istat_codes(codes["code"], catalog))
    codes = _accept(codes, codes["origin"].notna(), "code", refused)
    return pd.concat([names, codes]) if len(names) else codes


def _located(cells: pd.DataFrame, catalog: Catalog, refused: Refused) -> pd.DataFrame:
    """Leave out what is elsewhere; add `territory`, the municipality of today."""
    known = {t.territory for t in (*catalog.municipalities, *catalog.by_level(*REFERENCES))}
    gone = [NOWHERE, *(e.code for e in catalog.elsewhere)]
    origin = cells["origin"]
    is_here = origin.str[:3].isin(catalog.provinces) & ~origin.isin(gone)
    cells = cells[is_here | origin.isin(known)]
    cells = _accept(cells, cells["origin"].isin(known), "territory", refused)
    return cells.assign(territory=today(cells["origin"], catalog))


def _unfilled(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave out of a file that only fills gaps what another file of the dataset has."""
    fills = cells["fills"].astype(bool)
    keys = pd.MultiIndex.from_frame(cells[[*KEY, "origin"]])
    return cells[~fills | ~keys.isin(keys[~fills])] if fills.any() else cells


def _merged(
    cells: pd.DataFrame, dataset: Dataset, catalog: Catalog, refused: Refused
) -> pd.DataFrame:
    """Make one figure of all parts of a merged municipality: their sum, or the mean by weight."""
    columns = [*KEY, "value", "obs_status", "snapshot"]
    is_part = cells["origin"] != cells["territory"]
    whole, parts = cells[~is_part], cells[is_part]
    parts = parts.assign(weight=_weights(parts, dataset))
    parts = _accept(parts, parts["weight"].notna(), "not_additive", refused)
    expected = pd.Series([s.successor for s in catalog.successions], dtype="str").value_counts()
    found = parts.groupby(KEY)["origin"].transform("count")
    complete = found == parts["territory"].map(expected)
    parts = _accept(parts, complete, "merger_incomplete", refused)
    if parts.empty:
        return whole[columns]
    additive = parts["variable"].isin(_additive(dataset))
    parts = parts.assign(
        rank=parts["obs_status"].map(STATUSES.index),
        value=parts["value"] * parts["weight"],
        weight=parts["weight"].mask(additive),
    )
    summed = parts.groupby(KEY, as_index=False).agg(
        value=("value", lambda values: values.sum(skipna=False)),
        weight=("weight", lambda weights: weights.sum(min_count=1)),
        rank=("rank", "max"),
        snapshot=("snapshot", "first"),
    )
    summed["value"] /= summed["weight"].fillna(1)
    summed["obs_status"] = summed["rank"].map(lambda rank: STATUSES[rank])
    return pd.concat([whole[columns], summed[columns]], ignore_index=True)


def _weights(parts: pd.DataFrame, dataset: Dataset) -> pd.Series[float]:
    """Return one for what is summed, else the part's figure of the declared weight, if any."""
    by = {name: v.weight for name, v in dataset.variables.items() if v.weight}
    place = ["origin", "period", "variable"]
    known = parts.set_index(place)["value"].to_dict()
    keys = zip(parts["origin"], parts["period"], parts["variable"].map(by), strict=True)
    found = pd.Series([known.get(key) for key in keys], index=parts.index, dtype=float)
    return found.mask(parts["variable"].isin(_additive(dataset)), 1.0)


def _additive(dataset: Dataset) -> list[str]:
    return [name for name, variable in dataset.variables.items() if variable.additive]


def _accept(
    cells: pd.DataFrame, good: pd.Series[bool], rule: str, refused: Refused
) -> pd.DataFrame:
    good = good.fillna(value=False).astype(bool)
    if good.all():  # nearly always; a copy of a country's cells takes its time
        return cells
    refused.extend(_refusals(cells[~good], rule))
    return cells[good]


def _refusals(cells: pd.DataFrame, rule: str) -> Iterator[tuple[str, Rejection]]:
    subject = SUBJECTS.get(rule, "code")
    for cell in cells.to_dict("records"):
        what = (
            f"{cell['territory']} {cell['period']} {cell['variable']}"
            if rule == "duplicate"
            else cell[subject]
        )
        value = cell["value"] if rule in OF_VALUES else cell[subject]
        where = {"column": str(cell["column"]), "sheet": str(cell.get("sheet", ""))}
        yield cell["file"], reject(rule, what, line=int(cell["line"]), value=value, **where)
