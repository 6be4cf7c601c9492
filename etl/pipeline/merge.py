"""Figures laid over earlier ones: which stay, which are replaced, which are carried over."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.projects.reconcile import merged
from etl.quarantine import of_whole_files, reject
from warehouse.schema.conform import conform
from warehouse.schema.tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from warehouse.errors import Rejection

Inputs = dict[str, pa.Table]

ADDED_TO = frozenset({"extraction", "progress_report", "milestone_report"})  # and never replaced
NAMING = (("project_actor", "actor"), ("milestone", "owner"), ("contribution", "actor"))
OF_DATASETS = ("component", "snapshot", "quarantine", "correction")


def joined(*inputs: Inputs) -> Inputs:
    """Return every table of a release's inputs; of rows with one key the first stays.

    What several files say of one funded work is settled between them; an actor whom nothing
    names any more is gone.
    """
    parts = merged(inputs)
    whole = {name: _whole(name, [i[name] for i in parts if name in i]) for name in INPUTS}
    named = {actor for of in NAMING for actor in whole[of[0]][of[1]].unique().to_pylist()}
    known = whole["actor"]["actor"].to_pandas().isin(list(named))
    return {**whole, "actor": whole["actor"].filter(pa.array(known))}


def overlay(base: Inputs, over: Inputs, partly: Collection[str] = ()) -> Inputs:
    """Return `over`, and of `base` what it does not speak of.

    Figures count one by one. What `over` says of a project in a table takes the place of all
    that `base` says there; a project of `base` whose dataset gives projects in `over` is gone
    unless it is among them, but for the datasets that could only be read `partly`.
    """
    gone = _gone(base, over, partly)
    rest = {name: _besides(name, base[name], over, gone) for name in INPUTS if name in base}
    return joined(over, rest)


def of_datasets(inputs: Inputs, datasets: Collection[str], *, without: bool = False) -> Inputs:
    """Return what some datasets say, or what all others say.

    What is said of a project belongs to the project's dataset.
    """
    projects = inputs["project"].to_pandas()
    theirs = projects.loc[projects["dataset"].isin(list(datasets)), "project"]
    chosen = {}
    for name, table in inputs.items():
        of = "dataset" if "dataset" in table.column_names else "project"
        if of in table.column_names:
            belongs = table[of].to_pandas().isin(list(datasets if of == "dataset" else theirs))
            chosen[name] = table.filter(pa.array(belongs != without))
    return {**inputs, **chosen}


def carried_over(read: Inputs, before: Inputs | None) -> Inputs:
    """Add what the release before had of the files that failed as a whole.

    Such a file's figures stay, with their own snapshot and corrections, and its refusal says how
    many they are, or that they are missing. A row that was refused in a file that was read stays
    missing.
    """
    refused = read["quarantine"].to_pandas()
    failed = refused[of_whole_files(refused["rule"])]
    if failed.empty:
        return read
    datasets, before = set(failed["dataset"]), before or joined()
    files = _files(before["snapshot"].to_pandas(), failed)
    stays = _figures(before["component"], read["component"], files)
    kept = {
        **_projects(before, read, datasets),
        "component": _table("component", stays.drop(columns="failed")),
        "snapshot": _named(before["snapshot"], files),
    }
    figures = dict.fromkeys(zip(files["dataset"], files["failed"], strict=True), 0)
    figures |= Counter(zip(stays["dataset"], stays["failed"], strict=True))
    corrections = _guards(read["correction"], before["correction"], datasets)
    read = {**read, "quarantine": _told(refused, figures), "correction": corrections}
    return overlay(kept, read, partly=datasets)


def _figures(before: pa.Table, read: pa.Table, files: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of some files that no other file gave, with the file that `failed`."""
    key = INPUTS["component"].key
    stays: pd.DataFrame = before.to_pandas().merge(files, on=["dataset", "snapshot"])
    return stays[_absent(stays, read.to_pandas(), key)].drop_duplicates(key)


def _whole(name: str, parts: Iterable[pa.Table]) -> pa.Table:
    empty = conform(name, INPUTS[name].schema.empty_table())
    table = pa.concat_tables([empty, *(conform(name, part) for part in parts if part.num_rows)])
    if not table.num_rows:
        return table
    keys = table.select(INPUTS[name].key).to_pandas()
    return table.filter(pa.array(~keys.duplicated()))


def _gone(base: Inputs, over: Inputs, partly: Collection[str]) -> set[str]:
    """Return the projects that their own dataset no longer has."""
    if "project" not in base or "project" not in over:
        return set()
    now = over["project"].to_pandas()
    given = set(now["dataset"].dropna()) - set(partly)
    was = base["project"].to_pandas()
    was = was[was["dataset"].isin(list(given))]
    return set(was["project"]) - set(now["project"])


def _besides(name: str, table: pa.Table, over: Inputs, gone: set[str]) -> pa.Table:
    if "project" not in table.column_names or not table.num_rows:
        return table
    project = table["project"].to_pandas()
    replaced = set(gone)
    if name in over and name not in ADDED_TO:
        works = _funded(over)  # settled between the two by their days
        replaced |= set(over[name]["project"].to_pylist()) - works
    return table.filter(pa.array(~project.isin(list(replaced))))


def _funded(inputs: Inputs) -> set[str]:
    projects = inputs["project"].to_pandas()
    return set(projects.loc[projects["level"] == "funded", "project"])


def _files(snapshots: pd.DataFrame, failed: pd.DataFrame) -> pd.DataFrame:
    """Return which files of the release before failed now: dataset, snapshot, failed (a path)."""
    pairs = snapshots.merge(failed[["dataset", "file"]], on="dataset", suffixes=("", "_failed"))
    names = zip(pairs["file"], pairs["file_failed"], strict=True)
    fits = pd.Series([fnmatch(*pair) for pair in names], index=pairs.index, dtype=bool)
    found = pairs[fits].drop_duplicates(["dataset", "snapshot"])
    return found.rename(columns={"file_failed": "failed"})[["dataset", "snapshot", "failed"]]


def _projects(before: Inputs, read: Inputs, datasets: Collection[str]) -> Inputs:
    """Return the rows of the release before on the projects of some datasets."""
    was = before["project"].to_pandas()
    theirs = was.loc[was["dataset"].isin(list(datasets)), "project"]
    kept = {}
    for name in INPUTS.keys() - set(OF_DATASETS):
        table = before[name]
        if "project" in table.column_names:
            kept[name] = table.filter(pa.array(table["project"].to_pandas().isin(list(theirs))))
        elif not read[name].num_rows or len(theirs):
            kept[name] = table
    return kept


def _absent(rows: pd.DataFrame, others: pd.DataFrame, key: Iterable[str]) -> pd.Series[bool]:
    columns = list(key)
    there = pd.MultiIndex.from_frame(others[columns])
    return pd.Series(~pd.MultiIndex.from_frame(rows[columns]).isin(there), index=rows.index)


def _named(snapshots: pa.Table, files: pd.DataFrame) -> pa.Table:
    rows = snapshots.to_pandas().merge(files[["dataset", "snapshot"]])
    return _table("snapshot", rows)


def _guards(now: pa.Table, before: pa.Table, datasets: Collection[str]) -> pa.Table:
    """Return the corrections; of those that found no figure in datasets that failed, as before."""
    rows, was, key = now.to_pandas(), before.to_pandas(), list(INPUTS["correction"].key)
    unseen = rows["found"].isna() & rows["dataset"].isin(list(datasets))
    known = unseen & ~_absent(rows, was, key)
    again = ~_absent(was, rows[known], key)
    return pa.concat_tables([now.filter(pa.array(~known)), before.filter(pa.array(again))])


def _told(refused: pd.DataFrame, figures: Mapping[tuple[str, str], int]) -> pa.Table:
    """Return the refusals; those of whole files say what became of the file's figures.

    `figures` are those that stay, by dataset and file that the release before has.
    """
    whole = of_whole_files(refused["rule"])
    pairs = zip(refused["dataset"], refused["file"], strict=True)
    said = [_carried(figures.get(pair)) for pair in pairs]
    for language in ("it", "en"):
        column = f"message_{language}"
        words = pd.Series([one.message[language] for one in said], index=refused.index)
        refused[column] = refused[column].mask(whole, refused[column] + " " + words)
    return _table("quarantine", refused)


def _carried(figures: int | None) -> Rejection:
    if figures is None:
        return reject("not_carried")
    return reject("carried_over", figures) if figures else reject("carried_rows")


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    return conform(name, pa.Table.from_pandas(rows, preserve_index=False))
