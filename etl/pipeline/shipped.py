"""The figures that ship with the project: the ETL's own tidy output, one CSV a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.pipeline.discovery import SHIPPED_FOLDER
from warehouse.schema.conform import conform
from warehouse.schema.tables import INPUTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER = SHIPPED_FOLDER
SNAPSHOTS = "snapshots.csv"
ROWS = "tables"  # the folder of the tables that are not figures
FIGURES = ["territory", "period", "variable", "value", "obs_status", "snapshot"]
NAME = 8  # characters of a snapshot's sha256 that name it in a dataset's CSV


def read(folder: Path = FOLDER) -> dict[str, pa.Table]:
    """Return the input tables that were written to `folder`."""
    snapshots = _csv(folder / SNAPSHOTS)
    full = snapshots["snapshot"].drop_duplicates()
    names = dict(zip(full.str[:NAME], full, strict=True))
    parts = []
    for dataset in snapshots["dataset"].drop_duplicates():
        if (path := folder / f"{dataset}.csv").exists():
            figures = _csv(path)
            parts.append(figures.assign(dataset=dataset, snapshot=figures["snapshot"].map(names)))
    tables = {path.stem: _arrow(path.stem, _csv(path)) for path in (folder / ROWS).glob("*.csv")}
    return {
        **tables,
        "snapshot": _arrow("snapshot", snapshots),
        "component": _arrow("component", pd.concat(parts)),
    }


def write(inputs: Mapping[str, pa.Table], folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write input tables as sorted CSVs, replacing those of the same names; return them all.

    A file that is there already, the same to the byte, stays of the moment it first came.
    """
    components = _frame(inputs["component"])
    components["snapshot"] = components["snapshot"].str[:NAME]
    snapshots = _first_fetched(_frame(inputs["snapshot"]), folder / SNAPSHOTS)
    written = [_save(snapshots, folder / SNAPSHOTS, ["dataset", "file"])]
    for dataset, figures in components.groupby("dataset"):
        order = ["variable", "period", "territory"]
        written.append(_save(figures[FIGURES], folder / f"{dataset}.csv", order))
    for name in sorted(inputs.keys() - {"component", "snapshot"}):
        if inputs[name].num_rows:
            path = folder / ROWS / f"{name}.csv"
            written.append(_save(_frame(inputs[name]), path, INPUTS[name].key))
    return tuple(written)


def _first_fetched(snapshots: pd.DataFrame, before: Path) -> pd.DataFrame:
    if not before.exists():
        return snapshots
    known = _csv(before).drop_duplicates("snapshot").set_index("snapshot")["fetched"]
    first = snapshots["snapshot"].map(known)
    return snapshots.assign(fetched=first.fillna(snapshots["fetched"]))


def _frame(table: pa.Table) -> pd.DataFrame:
    """Return the table as words: numbers as short as they read back the same."""
    columns = {}
    for name in table.column_names:
        words = table[name].cast(pa.string()).to_pandas()
        if pa.types.is_floating(table[name].type):
            words = words.str.removesuffix(".0")
        columns[name] = words
    return pd.DataFrame(columns)


def _save(frame: pd.DataFrame, path: Path, order: Iterable[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    known = frame.dropna(axis="columns", how="all")
    known.sort_values(list(order)).to_csv(path, index=False, lineterminator="\n")
    return path


def _csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])


def _arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return the words of a CSV in the types of the contract; a key's blank is a blank word."""
    contract = TABLES[name]
    frame = frame.fillna(dict.fromkeys(contract.key, ""))
    words = pa.Table.from_pandas(frame, preserve_index=False)
    fields = [contract.schema.field(column) for column in frame.columns]
    return conform(name, words.cast(pa.schema([f.with_nullable(nullable=True) for f in fields])))
