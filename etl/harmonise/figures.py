"""Figures of the current municipalities, one per key, from the cells that providers write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.harmonise.reference_areas import KEY, SUPPRESSED, reference_figures, select
from etl.harmonise.territory_codes import (
    ELSEWHERE,
    REFERENCES,
    codes_of_names,
    current_codes,
    istat_codes,
)
from etl.quarantine import reject
from warehouse.periods import is_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset, Variable
    from warehouse.errors import Rejection

STATUSES = ("A", "B", "E", "P", SUPPRESSED)  # of a sum, the last one counts

SUBJECTS = {  # the column that a rule's message names, where it is not the code as written
    "variable": "variable",
    "period": "period",
    "negative": "variable",
    "fraction": "variable",
    "not_additive": "origin",
    "merger_incomplete": "origin",
}
ABOUT_VALUES = {"duplicate", "negative", "fraction", "not_additive", "merger_incomplete"}
ABOUT_ROWS = {"code", "territory"}  # a row that has no place is one rejection, however wide

FileRejections = list[tuple[str, "Rejection"]]  # with the file's name


@dataclass(frozen=True, slots=True)
class _Filter:
    """Collects the rejections of the cells that break a rule."""

    rejected: FileRejections = field(default_factory=list)

    def accept(self, cells: pd.DataFrame, is_good: pd.Series[bool], rule: str) -> pd.DataFrame:
        """Return the good cells, and collect the rejections of the others."""
        return select(cells, self.check(cells, is_good, rule))

    def check(self, cells: pd.DataFrame, is_good: pd.Series[bool], rule: str) -> pd.Series[bool]:
        """Collect the rejections of the bad cells; say which are good."""
        is_good = is_good.fillna(value=False).astype(bool)
        if not is_good.all():
            self.rejected.extend(_rejections(cells[~is_good], rule))
        return is_good


def harmonise(
    cells: pd.DataFrame, dataset: Dataset, catalog: Catalog
) -> tuple[pd.DataFrame, FileRejections]:
    """Return figures (`KEY`, value, obs_status, snapshot) and the rejected cells.

    `cells` has the columns `CELL_COLUMNS` with `file`, `snapshot` and what the file declares:
    `nationwide`, `regional`, `by_name`, `fills`. Cells of other provinces only count in the sums
    of files that have them all; a cell without value stays only where the source suppressed it
    (Q).
    """
    collector = _Filter()
    cells = select(cells, cells["value"].notna() | (cells["obs_status"] == SUPPRESSED))
    cells = _valid(cells, dataset, collector)
    cells = _with_origin(cells, catalog, collector)
    sums = _reference_figures(cells, dataset, catalog)
    cells = cells.assign(value=cells["value"].mask(cells["obs_status"] == SUPPRESSED))
    cells = _without_filled(_with_territory(cells, catalog, collector))
    cells = _unique(cells, collector)
    figures = _merge_municipalities(cells, dataset, catalog, collector)
    if not sums.empty:  # a figure of the country in the file takes precedence over the sum
        figures = pd.concat([figures, sums], ignore_index=True).drop_duplicates(KEY)
    return figures.sort_values(KEY, ignore_index=True), collector.rejected


def with_territories(table: pa.Table, catalog: Catalog) -> tuple[pa.Table, list[Rejection]]:
    """Return a project table with today's territories, and the rejection of unknown codes.

    Rows of other provinces are left out; an unknown code of our provinces is rejected, with the
    projects that have it.
    """
    if "territory" not in table.column_names:
        return table, []
    texts = table["territory"].to_pandas()
    codes = texts.where(texts.isin(list(catalog.territories)), istat_codes(texts, catalog))
    index = table.column_names.index("territory")
    territories = pa.array(current_codes(codes, catalog), pa.string())
    table = table.set_column(index, "territory", territories)
    is_territory = codes.isin(list(catalog.territories))
    in_provinces = codes.isna() | codes.str.startswith(catalog.provinces).fillna(value=False)
    unknown = texts[~is_territory & in_provinces]
    return table.filter(pa.array(is_territory)), list(_unknown_codes(table, unknown))


def _unknown_codes(table: pa.Table, codes: pd.Series[str]) -> Iterator[Rejection]:
    """Yield one rejection of all unknown codes."""
    if not codes.empty:
        names = table[table.column_names[0]].take(pa.array(codes.index)).unique().to_pylist()
        listed = ", ".join(sorted(set(codes.fillna("–"))))
        yield reject("territory", listed, column="territory", value=", ".join(map(str, names)))


def _valid(cells: pd.DataFrame, dataset: Dataset, collector: _Filter) -> pd.DataFrame:
    """Return the cells of declared variables and periods, with values that the variable allows."""
    variables = dataset.variables
    cells = collector.accept(cells, cells["variable"].isin(list(variables)), "variable")
    may_be_negative = cells["variable"].isin(_names(variables, "negative"))
    is_possible = cells["value"].isna() | (cells["value"] >= 0) | may_be_negative
    cells = collector.accept(cells, is_possible, "negative")
    is_count = cells["variable"].isin(_names(variables, "whole"))
    is_possible = cells["value"].isna() | (cells["value"] % 1 == 0) | ~is_count
    cells = collector.accept(cells, is_possible, "fraction")
    periods = [text for text in cells["period"].dropna().unique() if is_period(text)]
    return collector.accept(cells, cells["period"].isin(periods), "period")


def _names(variables: dict[str, Variable], trait: str) -> list[str]:
    """Return the names of the variables with a trait such as `additive`."""
    return [name for name, variable in variables.items() if getattr(variable, trait)]


def _reference_figures(cells: pd.DataFrame, dataset: Dataset, catalog: Catalog) -> pd.DataFrame:
    """Return the sums of region and country; of files of the region alone, the region's."""
    sums = reference_figures(select(cells, cells["nationwide"].astype(bool)), dataset, catalog)
    regional = select(cells, cells["regional"].astype(bool))
    if regional.empty:
        return sums
    regions = [t.territory for t in catalog.by_level("region")]
    regional_sums = reference_figures(regional, dataset, catalog)
    regional_sums = regional_sums[regional_sums["territory"].isin(regions)]
    return pd.concat([sums, regional_sums], ignore_index=True).drop_duplicates(KEY)


def _with_origin(cells: pd.DataFrame, catalog: Catalog, collector: _Filter) -> pd.DataFrame:
    """Add `origin`, the code of the municipality at the time; null where a code is rejected."""
    by_name = cells["by_name"].astype(bool)
    with_name = cells[by_name]
    with_code = cells[~by_name] if len(with_name) else cells
    with_name = with_name.assign(origin=codes_of_names(with_name["code"], catalog))
    with_name = collector.accept(with_name, with_name["origin"].notna(), "territory")
    with_code = with_code.assign(origin=istat_codes(with_code["code"], catalog))
    collector.check(with_code, with_code["origin"].notna(), "code")
    return pd.concat([with_name, with_code]) if len(with_name) else with_code


def _with_territory(cells: pd.DataFrame, catalog: Catalog, collector: _Filter) -> pd.DataFrame:
    """Leave out other provinces; add `territory`, today's municipality."""
    references = catalog.by_level(*REFERENCES)
    territories = [t.territory for t in (*catalog.municipalities, *references)]
    elsewhere = [ELSEWHERE, *(place.code for place in catalog.elsewhere)]
    origin = cells["origin"]
    in_provinces = origin.str[:3].isin(catalog.provinces) & ~origin.isin(elsewhere)
    cells = cells[in_provinces | origin.isin(territories)]
    cells = collector.accept(cells, cells["origin"].isin(territories), "territory")
    return cells.assign(territory=current_codes(cells["origin"], catalog))


def _without_filled(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave out of a file that only fills gaps the cells that the dataset's other files have."""
    fills = cells["fills"].astype(bool)
    keys = pd.MultiIndex.from_frame(cells[[*KEY, "origin"]])
    return cells[~fills | ~keys.isin(keys[~fills])] if fills.any() else cells


def _unique(cells: pd.DataFrame, collector: _Filter) -> pd.DataFrame:
    """Return one cell per key and origin.

    A merged municipality's own figure takes precedence over those of its parts.
    """
    is_repeated = cells.duplicated([*KEY, "origin"])
    is_whole = cells["origin"] == cells["territory"]
    has_whole = is_whole.groupby([cells[k] for k in KEY]).transform("any")
    return collector.accept(cells, ~is_repeated & (is_whole | ~has_whole), "duplicate")


def _merge_municipalities(
    cells: pd.DataFrame, dataset: Dataset, catalog: Catalog, collector: _Filter
) -> pd.DataFrame:
    """Make one figure of all parts of a merged municipality: their sum, or the weighted mean."""
    columns = [*KEY, "value", "obs_status", "snapshot"]
    is_part = cells["origin"] != cells["territory"]
    whole, parts = cells[~is_part], cells[is_part]
    parts = parts.assign(weight=_weights(parts, dataset))
    parts = collector.accept(parts, parts["weight"].notna(), "not_additive")
    expected = pd.Series([s.successor for s in catalog.successions], dtype="str").value_counts()
    part_count = parts.groupby(KEY)["origin"].transform("count")
    is_complete = part_count == parts["territory"].map(expected)
    parts = collector.accept(parts, is_complete, "merger_incomplete")
    if parts.empty:
        return whole[columns]
    merged = _sum_parts(parts, _names(dataset.variables, "additive"))
    return pd.concat([whole[columns], merged[columns]], ignore_index=True)


def _sum_parts(parts: pd.DataFrame, additive: list[str]) -> pd.DataFrame:
    """Return the sum, or for what is not additive the weighted mean, of the parts of each key."""
    parts = parts.assign(
        rank=parts["obs_status"].map(STATUSES.index),
        value=parts["value"] * parts["weight"],
        weight=parts["weight"].mask(parts["variable"].isin(additive)),
    )
    groups = parts.groupby(KEY, as_index=False)
    sums = groups.agg(rank=("rank", "max"), snapshot=("snapshot", "first"))
    weight = groups["weight"].sum(min_count=1)["weight"].fillna(1)
    return sums.assign(
        value=groups["value"].sum(skipna=False)["value"] / weight,
        obs_status=sums["rank"].map(lambda rank: STATUSES[rank]),
    )


def _weights(parts: pd.DataFrame, dataset: Dataset) -> pd.Series[float]:
    """Return one for what is summed, else the part's figure of the declared weight, if any."""
    weight_of = {name: v.weight for name, v in dataset.variables.items() if v.weight}
    values = parts.set_index(["origin", "period", "variable"])["value"].to_dict()
    keys = zip(parts["origin"], parts["period"], parts["variable"].map(weight_of), strict=True)
    weights = pd.Series([values.get(key) for key in keys], index=parts.index, dtype=float)
    return weights.mask(parts["variable"].isin(_names(dataset.variables, "additive")), 1.0)


def _rejections(cells: pd.DataFrame, rule: str) -> Iterator[tuple[str, Rejection]]:
    subject = SUBJECTS.get(rule, "code")
    if rule in ABOUT_ROWS:
        cells = cells.drop_duplicates(
            [*cells.columns.intersection(["file", "sheet", "line"]), subject]
        )
    for cell in cells.to_dict("records"):
        label = cell[subject]
        if rule == "duplicate":
            label = f"{cell['territory']} {cell['period']} {cell['variable']}"
        value = cell["value"] if rule in ABOUT_VALUES else cell[subject]
        where = {"column": str(cell["column"]), "sheet": str(cell.get("sheet", ""))}
        yield cell["file"], reject(rule, label, line=int(cell["line"]), value=value, **where)
