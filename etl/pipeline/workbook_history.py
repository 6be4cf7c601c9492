"""The office's workbooks against earlier loads: reports are only added, nothing vanishes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl import quarantine
from etl.pipeline.discovery import found
from etl.pipeline.merge import joined
from etl.quarantine import reject
from etl.workbook.reader import read as as_filled
from etl.workbook.schema import workbook
from etl.workbook.validate import parents
from warehouse.errors import SourceError
from warehouse.schema.conform import conform
from warehouse.schema.tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from etl.pipeline.discovery import InputFile, InputFolder
    from warehouse.errors import Rejection

Inputs = dict[str, pa.Table]
Told = tuple[str, "Rejection"]  # the file, and why
LAYOUT = "plan_workbook"  # of the workbooks that the office loads
DISPUTED = ("project", "milestone", "funding_line", "payment")
REPORTS = ("progress_report", "milestone_report")


def only_added(read: Inputs, before: Inputs) -> Inputs:
    """Return what the workbooks say, with what earlier loads said and these leave out.

    A report that was loaded stays as it was: one that says otherwise is refused. A project that
    is gone from the workbook stays too, and that is told. What was invented does not stay.
    """
    datasets = set(read["project"]["dataset"].to_pylist())
    was = _real(before["project"])
    was = was[was["dataset"].isin(list(datasets))]
    gone = sorted(set(was["project"]) - set(read["project"]["project"].to_pylist()))
    refused = [reject("workbook_removed", project, value=project) for project in gone]
    earlier = {
        name: _of(before[name], gone) for name in INPUTS if "project" in _columns(before, name)
    }
    for name in REPORTS:
        told = _real(before[name])
        told = told[told["project"].isin(list(was["project"]))]
        earlier[name] = _table(name, told)
        refused += _rewritten(name, told, read[name].to_pandas())
    notes = _notes(read, refused)
    actors = {"actor": before["actor"]} if gone else {}
    rest = {name: table for name, table in read.items() if name not in REPORTS}
    reports = {name: read[name] for name in REPORTS}
    return joined(
        {**rest, "quarantine": read["quarantine"]}, earlier, reports, actors, {"quarantine": notes}
    )


def workbooks(place: InputFolder) -> list[InputFile]:
    """Return the workbooks of projects that the office loaded."""
    raws = (raw for dataset in place.catalog.datasets.values() for raw in found(dataset, place)[0])
    return [raw for raw in raws if raw.source.layout == LAYOUT]


def with_parents(read: Inputs, books: Iterable[InputFile]) -> Inputs:
    """Return what the workbooks say, projects without the strategic project that nobody knows.

    It is told at its cell in `books`; of a project that stays from earlier loads, without a place.
    """
    projects = read["project"].to_pandas()
    wrong = projects["parent"].notna() & ~projects["parent"].isin(projects["project"])
    if not wrong.any():
        return read
    told = [(r.dataset.id, r.file, one) for r in books for one in _parents(r, projects["project"])]
    placed = {one.value for _, _, one in told}
    left = projects[wrong & ~projects["project"].isin(placed)]
    refused = [
        reject("workbook_parent", parent, column="parent", value=project)
        for project, parent in zip(left["project"], left["parent"], strict=True)
    ]
    mended = projects.assign(parent=projects["parent"].mask(wrong, None))
    notes = [read["quarantine"], quarantine.table(told), _notes(read, refused)]
    return {
        **read,
        "project": _table("project", mended),
        "quarantine": pa.concat_tables(notes),
    }


def _parents(raw: InputFile, known: Collection[str]) -> list[Rejection]:
    """Return the projects of a workbook whose parent nobody knows, each at that cell."""
    try:
        filled = as_filled(raw.content(), workbook("projects"), raw.lists or {})
    except SourceError:  # it is told as a whole
        return []
    rows = filled.frames["projects"].set_index("line")["project"]
    told = parents(filled.frames, filled.book, known)
    return [replace(one, value=rows[one.line]) for one in told]


def disagreements(files: Sequence[tuple[str, Mapping[str, pa.Table]]]) -> list[Told]:
    """Tell the rows that two workbooks have in different words; the first file counts."""
    told: list[Told] = []
    for name in DISPUTED:
        first: pd.DataFrame | None = None
        for file, tables in files:
            rows = tables[name].to_pandas() if name in tables else pd.DataFrame()
            if first is not None and len(rows):
                told += [(file, r) for r in _otherwise(name, first, rows)]
            first = rows if first is None or first.empty else pd.concat([first, rows])
    return told


def _otherwise(name: str, one: pd.DataFrame, other: pd.DataFrame) -> Iterator[Rejection]:
    for row, changed in _differing(name, one, other):
        what = " ".join([name, *(str(row[k]) for k in INPUTS[name].key)])
        column = ", ".join(changed)
        yield reject("workbook_disagree", what, column=column, value=what)


def _notes(read: Inputs, refused: list[Rejection]) -> pa.Table:
    """Return the refusals as of the files that were read, whichever of them it is."""
    file = ", ".join(sorted(set(read["snapshot"]["file"].to_pylist())))
    datasets = sorted(set(read["project"]["dataset"].to_pylist()))
    return quarantine.table((dataset, file, r) for dataset in datasets for r in refused)


def _columns(inputs: Inputs, name: str) -> list[str]:
    return list(inputs[name].column_names) if name in inputs else []


def _real(table: pa.Table) -> pd.DataFrame:
    rows: pd.DataFrame = table.to_pandas()
    return rows[~rows["demonstration"].eq(True)]  # noqa: FBT003  # a cell's value


def _of(table: pa.Table, projects: list[str]) -> pa.Table:
    return table.filter(pa.array(table["project"].to_pandas().isin(projects)))


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    return conform(name, pa.Table.from_pandas(rows, preserve_index=False))


def _rewritten(name: str, told: pd.DataFrame, now: pd.DataFrame) -> Iterator[Rejection]:
    """Refuse the reports that were loaded before and now say something else."""
    for row, changed in _differing(name, told, now):
        what = " ".join(str(row[k]) for k in INPUTS[name].key)
        column = ", ".join(changed)
        yield reject("workbook_rewritten", what, column=column, value=what)


def _differing(
    name: str, one: pd.DataFrame, other: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield the rows of one key that differ, with the columns in which they do."""
    key = list(INPUTS[name].key)
    both = one.merge(other, on=key, suffixes=("_one", "_other"))
    said = [c for c in one.columns if c not in (*key, "demonstration")]
    for row in both.to_dict("records"):
        changed = [c for c in said if not _same(row[f"{c}_one"], row[f"{c}_other"])]
        if changed:
            yield {str(k): v for k, v in row.items()}, changed


def _same(one: object, other: object) -> bool:
    return bool(one == other) or (pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]  # one cell
