"""The office's workbooks against earlier loads: reports are only added, nothing vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl import quarantine
from etl.overlay import joined
from etl.quarantine import refusal
from warehouse.contract import INPUTS, conform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.reading import Refusal

Inputs = dict[str, pa.Table]
REPORTS = ("progress_report", "milestone_report")
OF_REPORTS, OF_PROJECTS = "Rapporti", "Progetti"  # the sheets


def only_added(read: Inputs, before: Inputs) -> Inputs:
    """Return what the workbooks say, with what earlier loads said and these leave out.

    A report that was loaded stays as it was: one that says otherwise is refused. A project that
    is gone from the workbook stays too, and that is told. What was invented does not stay.
    """
    datasets = set(read["project"]["dataset"].to_pylist())
    was = _real(before["project"])
    was = was[was["dataset"].isin(list(datasets))]
    gone = sorted(set(was["project"]) - set(read["project"]["project"].to_pylist()))
    refused = [refusal("workbook_removed", p, line=1, value=p, sheet=OF_PROJECTS) for p in gone]
    earlier = {
        name: _of(before[name], gone) for name in INPUTS if "project" in _columns(before, name)
    }
    for name in REPORTS:
        told = _real(before[name])
        told = told[told["project"].isin(list(was["project"]))]
        earlier[name] = _table(name, told)
        refused += _rewritten(name, told, read[name].to_pandas())
    file = read["snapshot"]["file"].to_pylist()[0]
    notes = quarantine.table((dataset, file, r) for dataset in datasets for r in refused)
    actors = {"actor": before["actor"]} if gone else {}
    rest = {name: table for name, table in read.items() if name not in REPORTS}
    reports = {name: read[name] for name in REPORTS}
    return joined(
        {**rest, "quarantine": read["quarantine"]}, earlier, reports, actors, {"quarantine": notes}
    )


def _columns(inputs: Inputs, name: str) -> list[str]:
    return list(inputs[name].column_names) if name in inputs else []


def _real(table: pa.Table) -> pd.DataFrame:
    rows = table.to_pandas()
    return rows[~rows["demonstration"].eq(True)]  # noqa: FBT003  # a cell's value


def _of(table: pa.Table, projects: list[str]) -> pa.Table:
    return table.filter(pa.array(table["project"].to_pandas().isin(projects)))


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    return conform(name, pa.Table.from_pandas(rows, preserve_index=False))


def _rewritten(name: str, told: pd.DataFrame, now: pd.DataFrame) -> Iterator[Refusal]:
    """Refuse the reports that were loaded before and now say something else."""
    key = list(INPUTS[name].key)
    both = told.merge(now, on=key, suffixes=("_told", "_now"))
    said = [c for c in told.columns if c not in (*key, "demonstration")]
    for row in both.to_dict("records"):
        changed = [c for c in said if not _same(row[f"{c}_told"], row[f"{c}_now"])]
        if changed:
            what = " ".join(str(row[k]) for k in key)
            yield refusal(
                "workbook_rewritten", what, line=1, column=", ".join(changed), value=what,
                sheet=OF_REPORTS,
            )  # fmt: skip


def _same(one: object, other: object) -> bool:
    return bool(one == other) or (pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]  # one cell
