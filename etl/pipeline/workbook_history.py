"""The office's workbooks against earlier loads: reports are only added, no project vanishes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl import quarantine
from etl.pipeline.discovery import discover
from etl.pipeline.merge import merge
from etl.quarantine import reject
from etl.workbook.reader import read_workbook
from etl.workbook.schema import workbook
from etl.workbook.validate import unknown_parents
from warehouse.errors import SourceError
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from etl.pipeline.discovery import InputFile, InputFolder
    from warehouse.errors import Rejection

Inputs = dict[str, pa.Table]
LAYOUT = "plan_workbook"  # of the workbooks that the office loads
CONSISTENT = ("project", "milestone", "funding_line", "payment")  # equal in every workbook
REPORTS = ("progress_report", "milestone_report")


def only_added(inputs: Inputs, before: Inputs) -> Inputs:
    """Return the tables of the workbooks, with what earlier loads had and these leave out.

    A loaded report stays: one that differs from it is rejected. A project that the workbook no
    longer has stays too, with a note. Invented projects do not stay.
    """
    datasets = set(inputs["project"]["dataset"].to_pylist())
    earlier_projects = _real(before["project"])
    earlier_projects = earlier_projects[earlier_projects["dataset"].isin(list(datasets))]
    removed = sorted(
        set(earlier_projects["project"]) - set(inputs["project"]["project"].to_pylist())
    )
    rejections = [reject("workbook_removed", project, value=project) for project in removed]
    earlier = {
        name: _of_projects(before[name], removed)
        for name in INPUTS
        if "project" in _columns(before, name)
    }
    for name in REPORTS:
        reports = _real(before[name])
        reports = reports[reports["project"].isin(list(earlier_projects["project"]))]
        earlier[name] = _table(name, reports)
        rejections += _rewritten(name, reports, inputs[name].to_pandas())
    notes = {"quarantine": _notes(inputs, rejections)}
    actors = {"actor": before["actor"]} if removed else {}
    reports_now = {name: inputs[name] for name in REPORTS}
    first = {name: table for name, table in inputs.items() if name not in REPORTS}
    return merge(first, earlier, reports_now, actors, notes)


def without_unloaded(before: Inputs, inputs: Inputs, unloaded: Inputs) -> Inputs:
    """Return the tables of an earlier release without what only unloaded workbooks had.

    Projects and reports that another workbook in `inputs` has stay.
    """
    result = dict(before)
    for name in ("project", *REPORTS):
        key = list(INPUTS[name].key)
        rows, now, aside = (
            pd.MultiIndex.from_frame(tables[name].select(key).to_pandas())
            for tables in (before, inputs, unloaded)
        )
        result[name] = before[name].filter(pa.array(~rows.isin(aside) | rows.isin(now)))
    return result


def workbooks(folder: InputFolder) -> list[InputFile]:
    """Return the workbooks of projects that the office loaded."""
    datasets = folder.catalog.datasets.values()
    files = (file for dataset in datasets for file in discover(dataset, folder)[0])
    return [file for file in files if file.source.layout == LAYOUT]


def with_parents(inputs: Inputs, books: Iterable[InputFile]) -> Inputs:
    """Return the tables without references to strategic projects that do not exist.

    Each is rejected at its cell in `books`; that of a project kept from earlier loads, without a
    place.
    """
    projects = inputs["project"].to_pandas()
    wrong = projects["parent"].notna() & ~projects["parent"].isin(projects["project"])
    if not wrong.any():
        return inputs
    in_cells = [
        (book.dataset.id, book.file, rejection)
        for book in books
        for rejection in _unknown_parents(book, projects["project"])
    ]
    located = {rejection.value for _, _, rejection in in_cells}
    earlier = projects[wrong & ~projects["project"].isin(located)]
    rejections = [
        reject("workbook_parent", parent, column="parent", value=project)
        for project, parent in zip(earlier["project"], earlier["parent"], strict=True)
    ]
    cleared = projects.assign(parent=projects["parent"].mask(wrong, None))
    notes = [inputs["quarantine"], quarantine.table(in_cells), _notes(inputs, rejections)]
    return {
        **inputs,
        "project": _table("project", cleared),
        "quarantine": pa.concat_tables(notes),
    }


def _unknown_parents(book: InputFile, projects: Collection[str]) -> list[Rejection]:
    """Return the projects of a workbook whose parent does not exist, each at that cell."""
    try:
        content = read_workbook(book.content(), workbook("projects"), book.lists or {}, book.years)
    except SourceError:  # rejected as a whole
        return []
    rows = content.frames["projects"].set_index("line")["project"]
    rejections = unknown_parents(content.frames, content.book, projects)
    return [replace(rejection, value=rows[rejection.line]) for rejection in rejections]


def disagreements(
    files: Sequence[tuple[str, Mapping[str, pa.Table]]],
) -> list[tuple[str, Rejection]]:
    """Return the rows that two workbooks state differently, by file; the first file counts."""
    rejections: list[tuple[str, Rejection]] = []
    for name in CONSISTENT:
        first: pd.DataFrame | None = None
        for file, tables in files:
            rows = tables[name].to_pandas() if name in tables else pd.DataFrame()
            if first is not None and len(rows):
                rejections += [(file, r) for r in _disagreeing(name, first, rows)]
            first = rows if first is None or first.empty else pd.concat([first, rows])
    return rejections


def _disagreeing(name: str, first: pd.DataFrame, second: pd.DataFrame) -> Iterator[Rejection]:
    for row, columns in _differences(name, first, second):
        what = " ".join([name, *(str(row[k]) for k in INPUTS[name].key)])
        yield reject("workbook_disagree", what, column=", ".join(columns), value=what)


def _notes(inputs: Inputs, rejections: list[Rejection]) -> pa.Table:
    """Return rejections that belong to no one of the files in particular."""
    file = ", ".join(sorted(set(inputs["snapshot"]["file"].to_pylist())))
    datasets = sorted(set(inputs["project"]["dataset"].to_pylist()))
    return quarantine.table((dataset, file, r) for dataset in datasets for r in rejections)


def _columns(inputs: Inputs, name: str) -> list[str]:
    return list(inputs[name].column_names) if name in inputs else []


def _real(table: pa.Table) -> pd.DataFrame:
    rows: pd.DataFrame = table.to_pandas()
    return rows[~rows["demonstration"].eq(True)]  # noqa: FBT003  # a cell's value


def _of_projects(table: pa.Table, projects: list[str]) -> pa.Table:
    return table.filter(pa.array(table["project"].to_pandas().isin(projects)))


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    return conform(name, pa.Table.from_pandas(rows, preserve_index=False))


def _rewritten(name: str, earlier: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Rejection]:
    """Reject the reports that differ from those loaded before."""
    for row, columns in _differences(name, earlier, reports):
        what = " ".join(str(row[k]) for k in INPUTS[name].key)
        yield reject("workbook_rewritten", what, column=", ".join(columns), value=what)


def _differences(
    name: str, first: pd.DataFrame, second: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield the rows of one key that differ, with the columns in which they do."""
    key = list(INPUTS[name].key)
    pairs = first.merge(second, on=key, suffixes=("_first", "_second"))
    compared = [c for c in first.columns if c not in (*key, "demonstration")]
    for row in pairs.to_dict("records"):
        columns = [c for c in compared if not _is_equal(row[f"{c}_first"], row[f"{c}_second"])]
        if columns:
            yield {str(k): v for k, v in row.items()}, columns


def _is_equal(first: object, second: object) -> bool:
    return bool(first == second) or (pd.isna(first) and pd.isna(second))  # type: ignore[call-overload]  # one cell
