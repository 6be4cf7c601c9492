"""All inputs of a release: the files of each dataset, read and merged by their precedence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from etl import quarantine, snapshot
from etl.pipeline import shipped
from etl.pipeline.cache import Cache
from etl.pipeline.discovery import SHIPPED_FOLDER, InputFolder, discover, fetchable
from etl.pipeline.merge import carried_over, merge, of_datasets, overlay
from etl.pipeline.reading import read_datasets
from etl.pipeline.workbook_history import (
    only_added,
    with_parents,
    without_unloaded,
    workbooks,
)
from etl.quarantine import reject
from etl.snapshot import Snapshot
from etl.workbook.names import UNLOADED
from warehouse.config import Years
from warehouse.progress import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from etl.pipeline.discovery import InputFile
    from warehouse.declarations.loader import Catalog
    from warehouse.progress import Progress

Inputs = dict[str, pa.Table]
METADATA = {"snapshot", "quarantine"}  # tables whose rows are not counted as read
WORK_LAYOUTS = frozenset({"funded_works", "work_targets"})


@dataclass(frozen=True, slots=True)
class GatherInputs:
    """What a release is gathered from.

    `folder`: of the providers' files, also of those declared with `fetch`; None takes the figures
    that ship with the project. `fetched`: of the files that `etl.fetch` got; their figures take
    precedence over the same ones of other files. `office`: of the workbooks that the office
    loaded; they replace what ships, and mention `years`. `datasets`: the only ones to read; the
    others are as in `before`, the tables of the published release, or as they ship. `snapshots`:
    where the raw bytes are stored. `cache`: where parsed tables are stored.
    """

    catalog: Catalog
    folder: Path | None = None
    fetched: Path | None = None
    office: Path | None = None
    years: Years = field(default_factory=Years)
    datasets: Collection[str] = ()
    before: Inputs | None = None
    snapshots: Path | None = None
    cache: Path | None = None
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class RunContext:
    """Where a run stores raw bytes and parsed tables, and reports its progress."""

    snapshots: Path | None = None
    cache: Cache = field(default_factory=lambda: Cache(None))
    progress: Progress = silent


def gather(inputs: GatherInputs) -> Inputs:
    """Return every table of `warehouse.schema.tables.INPUTS`.

    A faulty file or row goes into `quarantine` and never stops the rest; of a file that fails as
    a whole the figures of `inputs.before` stay.
    """
    context = RunContext(inputs.snapshots, Cache(inputs.cache), inputs.progress)
    datasets = _separable(inputs.catalog, inputs.datasets)
    catalog = _with_datasets(inputs.catalog, datasets or inputs.catalog.datasets)
    tables = _base(catalog, inputs.folder, context)
    for folder in _fetched_folders(inputs, catalog):
        tables = overlay(tables, read_files(folder, context))
    office = None
    if inputs.office:
        office = InputFolder(catalog, inputs.office, "office", years=inputs.years)
    tables = merge(
        _loaded_by_office(office, inputs.before, context),
        _shipped_files(catalog, office, context),
        tables,
    )
    tables = carried_over(tables, inputs.before)
    if not datasets:
        return tables
    before = inputs.before or gather(GatherInputs(inputs.catalog, cache=inputs.cache))
    return overlay(of_datasets(before, datasets, without=True), tables)


def _fetched_folders(inputs: GatherInputs, part: Catalog) -> Iterator[InputFolder]:
    """Yield the folders of files declared with `fetch`; figures of later ones take precedence."""
    if inputs.folder:
        yield fetchable(inputs.catalog, inputs.folder, part)
    if inputs.fetched and inputs.fetched.is_dir():
        yield InputFolder(part, inputs.fetched, "fetched")


def _separable(catalog: Catalog, datasets: Collection[str]) -> Collection[str]:
    """Return the datasets that can be read alone; none where all must be read.

    Files of funded works are reconciled with each other, never with an earlier reconciliation.
    """
    works = {
        dataset.id
        for dataset in catalog.datasets.values()
        if any(file.layout in WORK_LAYOUTS for file in dataset.files)
    }
    return () if works & set(datasets) else datasets


def _with_datasets(catalog: Catalog, names: Collection[str]) -> Catalog:
    datasets = {name: d for name, d in catalog.datasets.items() if name in names}
    return catalog.model_copy(update={"datasets": datasets})


def _loaded_by_office(
    folder: InputFolder | None, before: Inputs | None, context: RunContext
) -> Inputs:
    """Return the tables of the office's workbooks, and what earlier ones had."""
    tables = read_files(folder, context) if folder and folder.folder.is_dir() else merge()
    if folder and before and tables["project"].num_rows:
        unloaded = replace(folder, folder=folder.folder / UNLOADED)
        if unloaded.folder.is_dir():
            before = without_unloaded(before, tables, read_files(unloaded, RunContext()))
        tables = only_added(tables, before)
    return with_parents(tables, workbooks(folder) if folder else ())


def _shipped_files(catalog: Catalog, office: InputFolder | None, context: RunContext) -> Inputs:
    """Return the shipped tables of the datasets that the office has not loaded."""
    names = [d.id for d in catalog.datasets.values() if not (office and discover(d, office)[0])]
    folder = InputFolder(_with_datasets(catalog, names), SHIPPED_FOLDER, "shipped")
    return read_files(folder, context)


def read_files(folder: InputFolder, context: RunContext) -> Inputs:
    """Return the tables of the declared files of one folder; earlier datasets take precedence."""
    datasets = [
        (dataset, *discover(dataset, folder)) for dataset in folder.catalog.datasets.values()
    ]
    datasets = [
        (dataset, files, missing) for dataset, files, missing in datasets if files or missing
    ]
    work = [(dataset, files) for dataset, files, _ in datasets]
    results = read_datasets(work, folder.catalog, context.cache)
    parts: list[Inputs] = []
    for position, (dataset, files, missing) in enumerate(datasets, start=1):
        tables, failures, outcome = next(results)
        failures += [
            (dataset.id, path, reject("file_missing", path, value=path)) for path in missing
        ]
        snapshots = _snapshots(tables["snapshot"], files, context.snapshots)
        parts += [{**tables, "snapshot": snapshots}, {"quarantine": quarantine.table(failures)}]
        rows = sum(table.num_rows for name, table in tables.items() if name not in METADATA)
        outcome = "failed" if failures else outcome
        context.progress(dataset.id, position, len(datasets), rows=rows, outcome=outcome)
    return merge(*parts)


def _base(catalog: Catalog, folder: Path | None, context: RunContext) -> Inputs:
    """Return the tables of the given folder, else the shipped ones where they are of this city.

    Another city may declare datasets of the same names; nothing that ships is about it.
    """
    if folder is not None:
        return read_files(InputFolder(catalog, folder), context)
    tables = shipped.read()
    places = tables["component"]["territory"].unique().to_pylist()
    municipalities = {t.territory for t in catalog.municipalities}
    if municipalities.isdisjoint(places):
        return merge()
    return of_datasets(tables, catalog.datasets)


def _snapshots(table: pa.Table, files: Sequence[InputFile], folder: Path | None) -> pa.Table:
    """Return the rows of table `snapshot` for the files that could be read."""
    counts = table.to_pandas().groupby("file")["rows"].sum()  # a file may be read in two ways
    rows = [
        _snapshot(file, folder).row(int(counts[file.file])) for file in files if file.file in counts
    ]
    return pa.Table.from_pylist(rows, schema=table.schema)


def _snapshot(file: InputFile, folder: Path | None) -> Snapshot:
    """Return the file with its origin, and store its bytes below `folder`, if there is one."""
    received = snapshot.received(file.path) if file.source.fetch else None
    result = Snapshot(
        dataset=file.dataset.id,
        file=file.file,
        address=received.address if received else file.source.address or file.dataset.address,
        licence=file.dataset.licence,
        content=file.content(),
        fetched=received.fetched if received else None,
    )
    return replace(result, fetched=snapshot.store(result, folder)) if folder else result
