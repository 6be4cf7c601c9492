"""Download of every declared file: fetched, checked, moved into place, recorded."""

from __future__ import annotations

import csv
import glob
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal

from etl import snapshot
from etl.fetch import Fetched, file, socrata
from etl.fetch.errors import FetchError
from etl.fetch.http import Http, Limits
from etl.snapshot import Received, Snapshot
from warehouse.declarations.sources import Sdmx, Socrata
from warehouse.files import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from etl.fetch import Progress
    from etl.fetch.http import Answer
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset
    from warehouse.declarations.sources import Fetch
    from warehouse.errors import Rejection

PART = ".part"


@dataclass(frozen=True)
class _Task:
    """One file to fetch; `request` is its declaration with the year filled in."""

    dataset: Dataset
    path: str
    request: Fetch

    @property
    def address(self) -> str:
        """Its address, without the clauses of a query."""
        if isinstance(self.request, Sdmx):
            return f"{self.request.address}/data/{self.request.flow}/{self.request.key}".rstrip("/")
        return self.request.address


def fetch_all(
    catalog: Catalog,
    folder: Path,
    datasets: Collection[str] | None = None,
    show: Progress | None = None,
    report: Callable[[Fetched], None] | None = None,
    *,
    pace: Path,
    snapshots: Path | None = None,
    limits: Limits | None = None,
) -> tuple[Fetched, ...]:
    """Fetch every declared file; see `etl.fetch.fetch`."""
    with Http(pace, limits or Limits()) as http:
        run = _Run(http, folder, snapshots, show or (lambda _path, _received, _total: None))
        results = []
        for task in _tasks(catalog, datasets):
            results.append(run.fetch(task))
            if report:
                report(results[-1])
        return tuple(results)


def _tasks(catalog: Catalog, datasets: Collection[str] | None) -> Iterator[_Task]:
    """Yield one task per file; a file that a dataset declares twice is fetched once."""
    for dataset in catalog.datasets.values():
        if datasets is not None and dataset.id not in datasets:
            continue
        tasks = {
            path: _Task(dataset, path, _of_year(source.fetch, year))
            for source in dataset.files
            if source.fetch
            for path, year in zip(source.paths, source.years or (None,), strict=True)
        }
        yield from tasks.values()


def _of_year(request: Fetch, year: int | None) -> Fetch:
    if year is None:
        return request
    return type(request).model_validate_json(request.model_dump_json().replace("{year}", str(year)))


@dataclass(frozen=True)
class _Run:
    """Where the files of this run are stored."""

    http: Http
    folder: Path
    snapshots: Path | None
    show: Progress

    def fetch(self, task: _Task) -> Fetched:
        """Fetch one file; an error is part of the result, and leaves the earlier file."""
        path = self.folder / task.path
        current = snapshot.received(path)
        now = datetime.now(UTC).replace(microsecond=0)
        status: Literal["new", "unchanged", "failed"] = "failed"
        fault: Rejection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            answer = self._get(task, path, current)
            after = self._store(task, path, answer, current, now)
            status = "unchanged" if current and current.sha256 == after.sha256 else "new"
            current, fault = after, answer.fault
        except FetchError as error:
            fault = error.fault
        except OSError as error:
            fault = FetchError("fetch_disk", error).fault
        except (ValueError, csv.Error) as error:  # not a table of the declared type
            fault = FetchError("fetch_type", error).fault
        _clean_up(path)
        size, fetched = (current.bytes, current.fetched) if current else (0, now)
        return Fetched(task.dataset.id, task.path, task.address, status, fault, size, fetched)

    def _get(self, task: _Task, path: Path, current: Received | None) -> Answer:
        into = path.with_name(f"{path.name}{PART}")
        show = partial(self.show, task.path)
        match task.request:
            case Sdmx():
                from etl.fetch import sdmx  # noqa: PLC0415  # slow to import, rarely needed

                return sdmx.get(self.http, task.request, into, show)
            case Socrata():
                return socrata.get(self.http, task.request, into, show)
        unchanged = (
            current if current and current.request == task.request.model_dump_json() else None
        )
        return file.get(self.http, task.request, into, path.suffix, unchanged, show)

    def _store(
        self, task: _Task, path: Path, answer: Answer, current: Received | None, now: datetime
    ) -> Received:
        """Move the file into place, store the raw bytes and their metadata."""
        if answer.file:
            raw = answer.raw or answer.file
            sha256 = sha256_of(answer.file)
            after = Received(
                address=task.address,
                request=task.request.model_dump_json(),
                licence=task.dataset.licence,
                sha256=sha256,
                raw=sha256_of(raw),
                bytes=answer.file.stat().st_size,
                fetched=current.fetched if current and current.sha256 == sha256 else now,
                checked=now,
                headers=answer.headers,
            )
            if self.snapshots:
                snapshot.store(_raw(task, raw, after), self.snapshots)
            answer.file.replace(path)
        elif current:
            after = replace(current, checked=now)
        else:
            raise FetchError("fetch_status", "304", task.address)
        snapshot.write_received(path, after)
        return after


def _raw(task: _Task, raw: Path, current: Received) -> Snapshot:
    return Snapshot(
        dataset=task.dataset.id,
        file=task.path,
        address=current.address,
        licence=current.licence,
        content=raw.read_bytes(),
        fetched=current.checked,
        headers=current.headers,
    )


def _clean_up(path: Path) -> None:
    """Remove temporary files, except the start of a file that can be resumed."""
    resumable = path.with_name(f"{path.name}{PART}.json")
    for temporary in path.parent.glob(f"{glob.escape(path.name)}{PART}*"):
        if not resumable.exists() or temporary.suffix not in {PART, ".json"}:
            temporary.unlink()
