"""Tables merged with earlier ones: what stays, what is replaced, what is carried over."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.projects.reconcile import merged
from etl.quarantine import is_whole_file, reject, with_note
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from warehouse.errors import Rejection

Inputs = dict[str, pa.Table]

CUMULATIVE = frozenset({"extraction", "progress_report", "milestone_report"})  # never replaced
ACTOR_COLUMNS = (("project_actor", "actor"), ("milestone", "owner"), ("contribution", "actor"))
DATASET_TABLES = ("component", "snapshot", "quarantine", "correction")


def merge(*inputs: Inputs) -> Inputs:
    """Return every table of a release's inputs; of rows with one key the first stays.

    What several files say about one funded work is reconciled; an actor without any reference is
    dropped.
    """
    parts = merged(inputs)
    tables = {name: _concatenated(name, [i[name] for i in parts if name in i]) for name in INPUTS}
    references = {
        actor
        for name, column in ACTOR_COLUMNS
        for actor in tables[name][column].unique().to_pylist()
    }
    actors = tables["actor"]
    return {**tables, "actor": actors.filter(_are_in(actors["actor"], references))}


def overlay(base: Inputs, over: Inputs, incomplete: Collection[str] = ()) -> Inputs:
    """Return `over`, and the part of `base` that it does not cover.

    Figures count one by one. The rows of `over` about a project in a table replace all rows of
    `base` about it there; a project of `base` whose dataset has projects in `over` is dropped
    unless it is among them, except for datasets that could be read only in part (`incomplete`).
    """
    dropped = _dropped_projects(base, over, incomplete)
    remaining = {
        name: _not_replaced(name, base[name], over, dropped) for name in INPUTS if name in base
    }
    return merge(over, remaining)


def of_datasets(inputs: Inputs, datasets: Collection[str], *, without: bool = False) -> Inputs:
    """Return the rows of some datasets, or with `without` those of all others.

    Rows about a project belong to the project's dataset.
    """
    projects = inputs["project"]
    own_projects = projects.filter(_are_in(projects["dataset"], datasets))["project"].to_pylist()
    tables = {}
    for name, table in inputs.items():
        column = "dataset" if "dataset" in table.column_names else "project"
        if column in table.column_names:
            members = datasets if column == "dataset" else own_projects
            is_member = _are_in(table[column], members)
            tables[name] = table.filter(pc.invert(is_member) if without else is_member)
    return {**inputs, **tables}


def carried_over(inputs: Inputs, before: Inputs | None) -> Inputs:
    """Add what the release before had of the files that failed as a whole.

    The figures of such a file stay, with their snapshot and corrections, and its rejection says
    how many they are, or that they are missing. A row rejected in a file that was read is
    missing.
    """
    rejected = inputs["quarantine"].to_pandas()
    failed = rejected[is_whole_file(rejected["rule"])]
    if failed.empty:
        return inputs
    datasets, before = set(failed["dataset"]), before or merge()
    files = _earlier_files(before["snapshot"].to_pandas(), failed)
    figures = _figures(before["component"], inputs["component"], files)
    snapshots = before["snapshot"].to_pandas().merge(files[["dataset", "snapshot"]])
    carried = {
        **_project_rows(before, inputs, datasets),
        "component": _table("component", figures.drop(columns="failed")),
        "snapshot": _table("snapshot", snapshots),
    }
    counts = dict.fromkeys(zip(files["dataset"], files["failed"], strict=True), 0)
    counts |= Counter(zip(figures["dataset"], figures["failed"], strict=True))
    corrections = _corrections(inputs["correction"], before["correction"], datasets)
    quarantine = _with_notes(rejected, counts)
    inputs = {**inputs, "quarantine": quarantine, "correction": corrections}
    return overlay(carried, inputs, incomplete=datasets)


def _figures(before: pa.Table, component: pa.Table, files: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of some files that no other file has, with the file that `failed`."""
    key = INPUTS["component"].key
    figures: pd.DataFrame = before.to_pandas().merge(files, on=["dataset", "snapshot"])
    return figures[_is_absent(figures, component.to_pandas(), key)].drop_duplicates(key)


def _concatenated(name: str, parts: Iterable[pa.Table]) -> pa.Table:
    empty = conform(name, INPUTS[name].schema.empty_table())
    table = pa.concat_tables([empty, *(conform(name, part) for part in parts if part.num_rows)])
    if not table.num_rows:
        return table
    keys = table.select(INPUTS[name].key).to_pandas()
    return table.filter(pa.array(~keys.duplicated()))


def _are_in(column: pa.ChunkedArray, members: Iterable[str]) -> pa.ChunkedArray:
    """Say of each value whether it is one of the members; one that is missing is not."""
    return pc.is_in(column, pa.array([*members], column.type), skip_nulls=True)


def _dropped_projects(base: Inputs, over: Inputs, incomplete: Collection[str]) -> set[str]:
    """Return the projects that their own dataset no longer has."""
    if "project" not in base or "project" not in over:
        return set()
    newer = over["project"].to_pandas()
    datasets = set(newer["dataset"].dropna()) - set(incomplete)
    older = base["project"].to_pandas()
    older = older[older["dataset"].isin(list(datasets))]
    return set(older["project"]) - set(newer["project"])


def _not_replaced(name: str, table: pa.Table, over: Inputs, dropped: set[str]) -> pa.Table:
    if "project" not in table.column_names or not table.num_rows:
        return table
    replaced = set(dropped)
    if name in over and name not in CUMULATIVE:
        works = _funded_works(over)  # `merge` reconciles them by the day of each statement
        replaced |= set(over[name]["project"].to_pylist()) - works
    return table.filter(pc.invert(_are_in(table["project"], replaced)))


def _funded_works(inputs: Inputs) -> set[str]:
    projects = inputs["project"].to_pandas()
    return set(projects.loc[projects["level"] == "funded", "project"])


def _earlier_files(snapshots: pd.DataFrame, failed: pd.DataFrame) -> pd.DataFrame:
    """Return which files of the release before failed now: dataset, snapshot, failed (a path)."""
    pairs = snapshots.merge(failed[["dataset", "file"]], on="dataset", suffixes=("", "_failed"))
    names = zip(pairs["file"], pairs["file_failed"], strict=True)
    matches = pd.Series([fnmatch(*pair) for pair in names], index=pairs.index, dtype=bool)
    files = pairs[matches].drop_duplicates(["dataset", "snapshot"])
    return files.rename(columns={"file_failed": "failed"})[["dataset", "snapshot", "failed"]]


def _project_rows(before: Inputs, inputs: Inputs, datasets: Collection[str]) -> Inputs:
    """Return the rows of the release before about the projects of some datasets."""
    earlier = before["project"]
    projects = earlier.filter(_are_in(earlier["dataset"], datasets))["project"].to_pylist()
    tables = {}
    for name in INPUTS.keys() - set(DATASET_TABLES):
        table = before[name]
        if "project" in table.column_names:
            tables[name] = table.filter(_are_in(table["project"], projects))
        elif not inputs[name].num_rows or len(projects):
            tables[name] = table
    return tables


def _is_absent(rows: pd.DataFrame, table: pd.DataFrame, key: Iterable[str]) -> pd.Series[bool]:
    columns = list(key)
    keys = pd.MultiIndex.from_frame(table[columns])
    return pd.Series(~pd.MultiIndex.from_frame(rows[columns]).isin(keys), index=rows.index)


def _corrections(table: pa.Table, before: pa.Table, datasets: Collection[str]) -> pa.Table:
    """Return the corrections; those without a figure, of datasets that failed, are as before."""
    rows, earlier, key = table.to_pandas(), before.to_pandas(), list(INPUTS["correction"].key)
    unmatched = rows["found"].isna() & rows["dataset"].isin(list(datasets))
    replaced = unmatched & ~_is_absent(rows, earlier, key)
    restored = ~_is_absent(earlier, rows[replaced], key)
    return pa.concat_tables([table.filter(pa.array(~replaced)), before.filter(pa.array(restored))])


def _with_notes(rejected: pd.DataFrame, counts: Mapping[tuple[str, str], int]) -> pa.Table:
    """Return the table with what became of the figures of each file that failed as a whole.

    `counts`: the figures that stay, by dataset and file, of files that the release before has.
    """
    rows = rejected.astype(object).where(rejected.notna(), None).to_dict("records")
    flags = is_whole_file(rejected["rule"])
    noted = [
        with_note(row, _note(counts.get((row["dataset"], row["file"])))) if is_whole else row
        for row, is_whole in zip(rows, flags, strict=True)
    ]
    return _table("quarantine", pd.DataFrame(noted, columns=rejected.columns))


def _note(figures: int | None) -> Rejection:
    if figures is None:
        return reject("not_carried")
    return reject("carried_over", figures=figures) if figures else reject("carried_rows")


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    return conform(name, pa.Table.from_pandas(rows, preserve_index=False))
