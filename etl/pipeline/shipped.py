"""Figures that ship with the project: tidy output of the ETL, one CSV per dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from etl.pipeline.discovery import SHIPPED_FOLDER
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS
from warehouse.schema.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER = SHIPPED_FOLDER
SNAPSHOTS = "snapshots.csv"
TABLES_FOLDER = "tables"  # of the tables that are not figures
FIGURE_COLUMNS = ["territory", "period", "variable", "value", "obs_status", "snapshot"]
TEXT = {name: pa.string() for contract in INPUTS.values() for name in contract.schema.names}
SHORT = 8  # characters of a snapshot's digest in a dataset's CSV


def read(folder: Path = FOLDER) -> dict[str, pa.Table]:
    """Return the input tables that were written to `folder`."""
    snapshots = _csv(folder / SNAPSHOTS)
    digests = snapshots["snapshot"].unique()
    short_digests = pc.utf8_slice_codeunits(digests, 0, SHORT)
    parts = []
    for dataset in snapshots["dataset"].unique().to_pylist():
        if (path := folder / f"{dataset}.csv").exists():
            figures = _csv(path)
            snapshot = digests.take(pc.index_in(figures["snapshot"], short_digests))
            parts.append(
                figures.drop("snapshot")
                .append_column("snapshot", snapshot)
                .append_column("dataset", pa.repeat(dataset, figures.num_rows))
            )
    tables = {
        path.stem: _arrow(path.stem, _csv(path)) for path in (folder / TABLES_FOLDER).glob("*.csv")
    }
    return {
        **tables,
        "snapshot": _arrow("snapshot", snapshots),
        "component": _arrow("component", pa.concat_tables(parts, promote_options="default")),
    }


def write(inputs: Mapping[str, pa.Table], folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write input tables as sorted CSVs, replacing those of the same names; return their paths.

    A snapshot that ships already keeps the time it was first fetched.
    """
    components = _frame(inputs["component"])
    components["snapshot"] = components["snapshot"].str[:SHORT]
    snapshots = _first_fetched(_frame(inputs["snapshot"]), folder / SNAPSHOTS)
    paths = [_save(snapshots, folder / SNAPSHOTS, ["dataset", "file"])]
    for dataset, figures in components.groupby("dataset"):
        columns = ["variable", "period", "territory"]
        paths.append(_save(figures[FIGURE_COLUMNS], folder / f"{dataset}.csv", columns))
    for name in sorted(inputs.keys() - {"component", "snapshot"}):
        if inputs[name].num_rows:
            path = folder / TABLES_FOLDER / f"{name}.csv"
            paths.append(_save(_frame(inputs[name]), path, INPUTS[name].key))
    return tuple(paths)


def _first_fetched(snapshots: pd.DataFrame, before: Path) -> pd.DataFrame:
    if not before.exists():
        return snapshots
    earlier = _csv(before).to_pandas().drop_duplicates("snapshot").set_index("snapshot")["fetched"]
    first = snapshots["snapshot"].map(earlier)
    return snapshots.assign(fetched=first.fillna(snapshots["fetched"]))


def _frame(table: pa.Table) -> pd.DataFrame:
    """Return the table as text: numbers in the shortest form that reads back the same."""
    columns = {}
    for name in table.column_names:
        text = table[name].cast(pa.string()).to_pandas()
        if pa.types.is_floating(table[name].type):
            text = text.str.removesuffix(".0")
        columns[name] = text
    return pd.DataFrame(columns)


def _save(frame: pd.DataFrame, path: Path, order: Iterable[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = frame.dropna(axis="columns", how="all")
    columns.sort_values(list(order)).to_csv(path, index=False, lineterminator="\n")
    return path


def _csv(path: Path) -> pa.Table:
    """Return a CSV as text; a blank cell has no value."""
    return csv.read_csv(
        path,
        csv.ReadOptions(use_threads=False),  # threads take 60 MB more, and no less time
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=TEXT, null_values=[""], strings_can_be_null=True),
    )


def _arrow(name: str, text: pa.Table) -> pa.Table:
    """Return the text of a CSV in the types of the contract; a blank key is the empty text."""
    contract = TABLES[name]
    for column in contract.key:
        position = text.column_names.index(column)
        text = text.set_column(position, column, text[column].fill_null(""))
    fields = [contract.schema.field(column) for column in text.column_names]
    return conform(name, text.cast(pa.schema([f.with_nullable(nullable=True) for f in fields])))
