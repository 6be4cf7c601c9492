"""Cells as providers write them → figures of today's municipalities, one for each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.corrections import correct
from etl.quarantine import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.reading import Refusal
    from warehouse.catalog import Catalog
    from warehouse.declarations import Dataset

KEY = ["variable", "territory", "period"]
PERIOD = r"\d{4}(-(Q[1-4]|S[12]|\d{2}(-\d{2})?))?"
CADASTRAL = r"[A-Z]\d{3}"
SUPPRESSED = "Q"
STATUSES = ("A", "B", "E", "P", SUPPRESSED)  # the last one says most

SUBJECTS = {  # what a rule's message speaks of, where it is not the code as written
    "variable": "variable",
    "period": "period",
    "not_additive": "origin",
    "merger_incomplete": "origin",
}
OF_VALUES = {"duplicate", "not_additive", "merger_incomplete"}

Refused = list[tuple[str, "Refusal"]]  # with the file's name


def harmonise(
    cells: pd.DataFrame, dataset: Dataset, catalog: Catalog
) -> tuple[pd.DataFrame, Refused]:
    """Return figures (`KEY`, value, obs_status, snapshot) and the refused cells.

    `cells` has the columns of `etl.reading.CELLS` with `file` and `snapshot`. Cells of other
    provinces are left out; a cell without value stays only where the source suppressed it (Q).
    """
    refused: Refused = []
    cells = cells[cells["value"].notna() | (cells["obs_status"] == SUPPRESSED)]
    cells = _accept(cells, cells["variable"].isin(list(dataset.variables)), "variable", refused)
    cells = _accept(cells, cells["period"].astype(str).str.fullmatch(PERIOD), "period", refused)
    cells = _located(cells, catalog, refused)
    again = cells.duplicated([*KEY, "origin"])
    # a merged municipality's own figure counts, not those of its parts beside it
    is_own = cells["origin"] == cells["territory"]
    has_own = is_own.groupby([cells[k] for k in KEY]).transform("any")
    cells = _accept(cells, ~again & (is_own | ~has_own), "duplicate", refused)
    figures = _merged(cells, dataset, catalog, refused)
    figures = correct(figures, [c for c in catalog.corrections if c.dataset == dataset.id])
    return figures.sort_values(KEY, ignore_index=True), refused


def istat_codes(codes: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return six-digit ISTAT codes; null where it is no code at all.

    Takes `15146`, `015146`, `03015146` (with the region), `15146.0` and cadastral codes. A
    cadastral code of elsewhere becomes `000000`.
    """
    by_cadastral = {t.cadastral: t.territory for t in catalog.territories.values() if t.cadastral}
    plain = codes.astype("str").str.strip().str.upper().str.removesuffix(".0")
    digits = plain.where(plain.str.fullmatch(r"\d{1,8}"))
    istat = digits.str.zfill(6).str[-6:]
    cadastral = plain.map(by_cadastral).fillna("000000").where(plain.str.fullmatch(CADASTRAL))
    return istat.fillna(cadastral)


def today(codes: pd.Series[str], catalog: Catalog) -> pd.Series[str]:
    """Return the municipality of today for each code: itself or what it was merged into."""
    successor = {s.predecessor: s.successor for s in catalog.successions}
    return codes.map(lambda code: successor.get(code, code))


def placed(table: pa.Table, catalog: Catalog) -> pa.Table:
    """Return a project table with today's territories; rows of elsewhere are left out."""
    if "territory" not in table.column_names:
        return table
    said = table["territory"].to_pandas()
    codes = said.where(said.isin(list(catalog.territories)), istat_codes(said, catalog))
    at = table.column_names.index("territory")
    table = table.set_column(at, "territory", pa.array(today(codes, catalog), pa.string()))
    return table.filter(pa.array(codes.isin(list(catalog.territories))))


def _located(cells: pd.DataFrame, catalog: Catalog, refused: Refused) -> pd.DataFrame:
    """Add `origin`, the code as it was then, and `territory`, today's."""
    known = {t.territory for t in catalog.territories.values() if t.level == "municipality"}
    provinces = {code[:3] for code in known}
    cells = cells.assign(origin=istat_codes(cells["code"], catalog))
    cells = _accept(cells, cells["origin"].notna(), "code", refused)
    cells = cells[cells["origin"].str[:3].isin(provinces)]
    cells = _accept(cells, cells["origin"].isin(known), "territory", refused)
    return cells.assign(territory=today(cells["origin"], catalog))


def _merged(
    cells: pd.DataFrame, dataset: Dataset, catalog: Catalog, refused: Refused
) -> pd.DataFrame:
    """Sum the parts of merged municipalities: all of them, and only what can be summed."""
    columns = [*KEY, "value", "obs_status", "snapshot"]
    is_part = cells["origin"] != cells["territory"]
    whole, parts = cells[~is_part], cells[is_part]
    additive = [name for name, v in dataset.variables.items() if v.additive]
    parts = _accept(parts, parts["variable"].isin(additive), "not_additive", refused)
    expected = pd.Series([s.successor for s in catalog.successions], dtype="str").value_counts()
    found = parts.groupby(KEY)["origin"].transform("count")
    complete = found == parts["territory"].map(expected)
    parts = _accept(parts, complete, "merger_incomplete", refused)
    if parts.empty:
        return whole[columns]
    parts = parts.assign(rank=parts["obs_status"].map(STATUSES.index))
    groups = parts.groupby(KEY, as_index=False)
    summed = groups.agg(
        value=("value", lambda values: values.sum(skipna=False)),
        rank=("rank", "max"),
        snapshot=("snapshot", "first"),
    )
    summed["obs_status"] = summed["rank"].map(lambda rank: STATUSES[rank])
    return pd.concat([whole[columns], summed[columns]], ignore_index=True)


def _accept(
    cells: pd.DataFrame, good: pd.Series[bool], rule: str, refused: Refused
) -> pd.DataFrame:
    good = good.fillna(value=False).astype(bool)
    refused.extend(_refusals(cells[~good], rule))
    return cells[good]


def _refusals(cells: pd.DataFrame, rule: str) -> Iterator[tuple[str, Refusal]]:
    subject = SUBJECTS.get(rule, "code")
    for cell in cells.to_dict("records"):
        what = (
            f"{cell['territory']} {cell['period']} {cell['variable']}"
            if rule == "duplicate"
            else cell[subject]
        )
        value = cell["value"] if rule in OF_VALUES else cell[subject]
        line, column = int(cell["line"]), str(cell["column"])
        yield cell["file"], refusal(rule, what, line=line, column=column, value=value)
