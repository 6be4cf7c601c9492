"""For each dataset of the catalogue: its files → parsed → harmonised → tables of a release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import pyarrow as pa

from etl import bundled, quarantine, snapshot
from etl.harmonise import harmonise, placed
from etl.quarantine import refusal
from etl.snapshot import Snapshot
from warehouse.contract import INPUTS, conform
from warehouse.errors import ContractError, SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from etl.reading import Layout, Parsed, Refusal
    from warehouse.catalog import Catalog
    from warehouse.declarations import Dataset, SourceFile

SHIPPED = "bundled:"  # a path with this beginning is a file that ships with `etl`

Kind = Literal["shipped", "fetched", "given"]
Inputs = dict[str, pa.Table]
Progress = Callable[[str, int, int], None]  # dataset, how many are done, of how many


@dataclass(frozen=True)
class Place:
    """Where files are read from, and where their raw bytes are kept, if they are."""

    catalog: Catalog
    folder: Path
    kept: Path | None = None


@dataclass(frozen=True)
class Harvest:
    """What the files of a run gave so far; `tables` by name of the contract."""

    tables: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))
    snapshots: list[dict[str, object]] = field(default_factory=list)
    refused: list[tuple[str, str, Refusal]] = field(default_factory=list)


def gather(
    catalog: Catalog,
    folder: Path | None = None,
    progress: Progress | None = None,
    *,
    kept: Path | None = None,
    fetched: Path | None = None,
) -> Inputs:
    """Return every table of `warehouse.contract.INPUTS`.

    `folder` has the providers' files; None takes the figures that ship with the project.
    `fetched` has what `etl.fetch` got: its figures count before the same ones of other files.
    With `kept` the raw bytes are kept below it. A faulty file or row is refused into
    `quarantine` and never stops the rest.
    """
    parts = [read_files(Place(catalog, bundled.FOLDER), progress, "shipped")]
    if fetched and fetched.is_dir():
        parts.append(read_files(Place(catalog, fetched, kept), progress, "fetched"))
    if folder is None:
        return _joined(*parts, bundled.read())
    return _joined(*parts, read_files(Place(catalog, folder, kept), progress))


def read_files(place: Place, progress: Progress | None = None, kind: Kind = "given") -> Inputs:
    """Return what the files of one kind say: given, fetched, or shipped with the project."""
    harvest = Harvest()
    chosen = [
        (dataset, files)
        for dataset in place.catalog.datasets.values()
        if (files := [f for f in dataset.files if _kind(f) == kind])
    ]
    for done, (dataset, files) in enumerate(chosen, start=1):
        _read_dataset(dataset, files, place, harvest)
        if progress:
            progress(dataset.id, done, len(chosen))
    return _tables(harvest)


def _kind(source: SourceFile) -> Kind:
    if source.path.startswith(SHIPPED):
        return "shipped"
    return "fetched" if source.fetch else "given"


def _read_dataset(
    dataset: Dataset, files: Iterable[SourceFile], place: Place, harvest: Harvest
) -> None:
    cells = []
    for source in files:
        for path, period in _found(source, dataset, place, harvest):
            file = path.relative_to(place.folder).as_posix()
            try:
                taken, parsed = _read_file(path, period, dataset, source, place)
            except (SourceError, ContractError) as error:
                fault = refusal("layout", "; ".join(error.faults))
                harvest.refused.append((dataset.id, file, fault))
                continue
            said = {"nationwide": source.nationwide, "by_name": source.by_name}
            cells.append(parsed.cells.assign(file=file, snapshot=taken.sha256, **said))
            rows = len(parsed.cells) + sum(t.num_rows for t in parsed.tables.values())
            harvest.snapshots.append(taken.row(rows))
            harvest.refused.extend((dataset.id, file, r) for r in parsed.refused)
            for name, table in parsed.tables.items():
                harvest.tables[name].append(table)
    if cells:
        figures, refused = harmonise(pd.concat(cells, ignore_index=True), dataset, place.catalog)
        figures = figures.assign(dataset=dataset.id)
        table = pa.Table.from_pandas(figures, preserve_index=False)
        harvest.tables["component"].append(conform("component", table))
        harvest.refused.extend((dataset.id, file, r) for file, r in refused)


def _found(
    source: SourceFile, dataset: Dataset, place: Place, harvest: Harvest
) -> Iterable[tuple[Path, str | None]]:
    for wanted, period in zip(source.paths, source.periods, strict=True):
        found = snapshot.files(place.folder, wanted.removeprefix(SHIPPED))
        if not found and not source.fetch:  # not loaded yet is no fault
            fault = refusal("file_missing", wanted, value=wanted)
            harvest.refused.append((dataset.id, wanted, fault))
        yield from ((path, period) for path in found)


def _read_file(
    path: Path, period: str | None, dataset: Dataset, source: SourceFile, place: Place
) -> tuple[Snapshot, Parsed]:
    known = snapshot.received(path) if source.fetch else None
    taken = Snapshot(
        dataset=dataset.id,
        file=path.relative_to(place.folder).as_posix(),
        address=known.address if known else source.address or dataset.address,
        licence=dataset.licence,
        content=snapshot.read(path),
        fetched=known.fetched if known else None,
    )
    if place.kept:
        taken = replace(taken, fetched=snapshot.keep(taken, place.kept))
    layout: Layout = import_module(f"etl.sources.{source.layout}")
    parsed = layout.parse(taken.content, _options(source, period, place))
    tables = {
        name: placed(conform(name, table), place.catalog) for name, table in parsed.tables.items()
    }
    return taken, replace(parsed, tables=tables)


def _options(source: SourceFile, period: str | None, place: Place) -> dict[str, Any]:
    options: dict[str, Any] = {"period": period} if period else {}
    options |= source.options
    if source.beside:
        options["beside"] = {
            name: snapshot.read(found[0])
            for name, pattern in source.beside.items()
            if (found := snapshot.files(place.folder, pattern))
        }
    if source.zoned:
        territories = place.catalog.territories.values()
        municipalities = (t for t in territories if t.level == "municipality")
        options["zone_of"] = {t.territory: t.parent for t in municipalities}
    return options


def _tables(harvest: Harvest) -> Inputs:
    snapshots = pa.Table.from_pylist(harvest.snapshots, schema=INPUTS["snapshot"].schema)
    refused = quarantine.table(harvest.refused)
    found = {**harvest.tables, "snapshot": [snapshots], "quarantine": [refused]}
    return {name: _whole(name, found.get(name, [])) for name in INPUTS}


def _joined(*inputs: Inputs) -> Inputs:
    return {name: _whole(name, [i[name] for i in inputs if name in i]) for name in INPUTS}


def _whole(name: str, parts: Iterable[pa.Table]) -> pa.Table:
    """Return one table of the contract's shape; of rows with one key the first stays."""
    empty = INPUTS[name].schema.empty_table()
    table = pa.concat_tables([conform(name, part) for part in (empty, *parts)])
    keys = table.select(INPUTS[name].key).to_pandas()
    return table.filter(pa.array(~keys.duplicated()))
