"""For each dataset of the catalogue: its files → parsed → harmonised → tables of a release."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from etl import quarantine, snapshot
from etl.pipeline import shipped as bundled
from etl.pipeline.cache import Cache
from etl.pipeline.dataset import read_dataset
from etl.pipeline.discovery import SHIPPED_FOLDER, InputFolder, found
from etl.pipeline.merge import carried_over, joined, of_datasets, overlay
from etl.pipeline.workbook_history import only_added, with_parents, workbooks
from etl.quarantine import reject
from etl.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from etl.pipeline.discovery import InputFile
    from warehouse.declarations.loader import Catalog
    from warehouse.progress import Progress

Inputs = dict[str, pa.Table]
NOT_ROWS = {"snapshot", "quarantine"}


OF_WORKS = frozenset({"funded_works", "work_targets"})  # layouts


@dataclass(frozen=True)
class RunContext:
    """What a run keeps and tells: raw bytes below `raw`, results in `cache`."""

    raw: Path | None = None
    cache: Cache = field(default_factory=lambda: Cache(None))
    tell: Progress | None = None


def gather(  # noqa: PLR0913  # a run is told all that it reads from
    catalog: Catalog,
    folder: Path | None = None,
    progress: Progress | None = None,
    *,
    kept: Path | None = None,
    fetched: Path | None = None,
    office: Path | None = None,
    cache: Path | None = None,
    datasets: Collection[str] = (),
    before: Inputs | None = None,
) -> Inputs:
    """Return every table of `warehouse.contract.INPUTS`.

    `folder` has the providers' files; None takes the figures that ship with the project.
    `fetched` has what `etl.fetch` got: its figures count before the same ones of other files.
    `office` has the workbooks that the office loaded: they take the place of what ships.
    `datasets`: read only these; the others are as in `before`, the tables of the published
    release, or as they ship. A faulty file or row is refused into `quarantine` and never stops
    the rest; of a file that fails as a whole the figures of `before` stay. With `kept` the raw
    bytes are kept below it, with `cache` what was computed from them.
    """
    work = RunContext(kept, Cache(cache), progress)
    datasets = _alone(catalog, datasets)
    chosen = {name: d for name, d in catalog.datasets.items() if not datasets or name in datasets}
    reading = catalog.model_copy(update={"datasets": chosen})
    read = _base(reading, folder, work)
    if fetched and fetched.is_dir():
        read = overlay(read, read_files(InputFolder(reading, fetched, "fetched"), work))
    own = InputFolder(reading, office, "office") if office else None
    read = joined(_of_the_office(own, before, work), _example(reading, own, work), read)
    read = carried_over(read, before)
    if not datasets:
        return read
    others = before or gather(catalog, cache=cache)
    return overlay(of_datasets(others, datasets, without=True), read)


def _alone(catalog: Catalog, datasets: Collection[str]) -> Collection[str]:
    """Return the datasets that can be read alone, none where all have to be read.

    Files of funded works are settled between them, and not against what was settled before.
    """
    works = {d.id for d in catalog.datasets.values() if any(f.layout in OF_WORKS for f in d.files)}
    return () if works & set(datasets) else datasets


def _of_the_office(place: InputFolder | None, before: Inputs | None, work: RunContext) -> Inputs:
    """Return what the office's workbooks say, with the reports and projects of earlier ones."""
    read = read_files(place, work) if place and place.folder.is_dir() else joined()
    if before and read["project"].num_rows:
        read = only_added(read, before)
    return with_parents(read, workbooks(place) if place else ())


def _example(catalog: Catalog, own: InputFolder | None, work: RunContext) -> Inputs:
    """Return what ships with the project, of the datasets that the office has not loaded."""
    loaded = {d.id for d in catalog.datasets.values() if own and found(d, own)[0]}
    rest = {name: d for name, d in catalog.datasets.items() if name not in loaded}
    reading = catalog.model_copy(update={"datasets": rest})
    return read_files(InputFolder(reading, SHIPPED_FOLDER, "shipped"), work)


def read_files(place: InputFolder, work: RunContext) -> Inputs:
    """Return what the declared files of one folder say; they count in the catalogue's order."""
    listed = [(dataset, *found(dataset, place)) for dataset in place.catalog.datasets.values()]
    listed = [one for one in listed if one[1] or one[2]]
    parts: list[Inputs] = []
    for done, (dataset, raws, missing) in enumerate(listed, start=1):
        inputs, failed, outcome = read_dataset(dataset, raws, place.catalog, work.cache)
        failed += [(dataset.id, path, reject("file_missing", path, value=path)) for path in missing]
        snapshots = _snapshots(inputs["snapshot"], raws, work)
        parts += [{**inputs, "snapshot": snapshots}, {"quarantine": quarantine.table(failed)}]
        if work.tell:
            rows = sum(t.num_rows for name, t in inputs.items() if name not in NOT_ROWS)
            work.tell(
                dataset.id, done, len(listed), rows=rows, outcome="failed" if failed else outcome
            )
    return joined(*parts)


def _base(catalog: Catalog, folder: Path | None, work: RunContext) -> Inputs:
    """Return what the given folder says, or else the figures that ship, if they are of this city.

    Another city may declare datasets of the same names, and has nothing of what ships.
    """
    if folder is not None:
        return read_files(InputFolder(catalog, folder), work)
    shipped = bundled.read()
    places = shipped["component"]["territory"].unique().to_pylist()
    own = {t.territory for t in catalog.municipalities}
    return joined() if own.isdisjoint(places) else of_datasets(shipped, catalog.datasets)


def _snapshots(read: pa.Table, raws: Sequence[InputFile], work: RunContext) -> pa.Table:
    """Return the rows of table `snapshot`: `read` has those files that could be read."""
    rows = read.to_pandas().groupby("file")["rows"].sum()  # a file may be read in two ways
    known = [_known(raw, work.raw).row(int(rows[raw.file])) for raw in raws if raw.file in rows]
    return pa.Table.from_pylist(known, schema=read.schema)


def _known(raw: InputFile, folder: Path | None) -> Snapshot:
    """Return the file with where it came from, and keep its bytes if they are to be kept."""
    received = snapshot.received(raw.path) if raw.source.fetch else None
    taken = Snapshot(
        dataset=raw.dataset.id,
        file=raw.file,
        address=received.address if received else raw.source.address or raw.dataset.address,
        licence=raw.dataset.licence,
        content=raw.content(),
        fetched=received.fetched if received else None,
    )
    return replace(taken, fetched=snapshot.keep(taken, folder)) if folder else taken
