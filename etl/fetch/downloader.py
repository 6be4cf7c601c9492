"""Every declared file in its turn: got, checked, put in place whole, and written down."""

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
    """One file to get: `asked` is its declaration with the year filled in."""

    dataset: Dataset
    path: str
    asked: Fetch

    @property
    def address(self) -> str:
        """Where it is, told without the clauses of a query."""
        if isinstance(self.asked, Sdmx):
            return f"{self.asked.address}/data/{self.asked.flow}/{self.asked.key}".rstrip("/")
        return self.asked.address


def fetch_all(
    catalog: Catalog,
    folder: Path,
    datasets: Collection[str] | None = None,
    show: Progress | None = None,
    told: Callable[[Fetched], None] | None = None,
    *,
    pace: Path,
    kept: Path | None = None,
    limits: Limits | None = None,
) -> tuple[Fetched, ...]:
    """Do what `etl.fetch.fetch` promises."""
    with Http(pace, limits or Limits()) as http:
        run = _Run(http, folder, kept, show or (lambda _path, _come, _total: None))
        come = []
        for task in _tasks(catalog, datasets):
            come.append(run.take(task))
            if told:
                told(come[-1])
        return tuple(come)


def _tasks(catalog: Catalog, datasets: Collection[str] | None) -> Iterator[_Task]:
    for dataset in catalog.datasets.values():
        if datasets is not None and dataset.id not in datasets:
            continue
        for source in dataset.files:
            if source.fetch:
                for path, year in zip(source.paths, source.years or (None,), strict=True):
                    yield _Task(dataset, path, _of_year(source.fetch, year))


def _of_year(asked: Fetch, year: int | None) -> Fetch:
    if year is None:
        return asked
    return type(asked).model_validate_json(asked.model_dump_json().replace("{year}", str(year)))


@dataclass(frozen=True)
class _Run:
    """Where files go in this run."""

    http: Http
    folder: Path
    kept: Path | None
    show: Progress

    def take(self, task: _Task) -> Fetched:
        """Get one file; every fault is told in the result, and leaves the earlier file."""
        path = self.folder / task.path
        known = snapshot.received(path)
        now = datetime.now(UTC).replace(microsecond=0)
        status: Literal["new", "unchanged", "failed"] = "failed"
        fault: Rejection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            answer = self._get(task, path, known)
            after = self._placed(task, path, answer, known, now)
            status = "unchanged" if known and known.sha256 == after.sha256 else "new"
            known, fault = after, answer.fault
        except FetchError as error:
            fault = error.fault
        except OSError as error:
            fault = FetchError("fetch_disk", error).fault
        except (ValueError, csv.Error) as error:  # bytes that are no such table
            fault = FetchError("fetch_type", error).fault
        _tidy(path)
        size, fetched = (known.bytes, known.fetched) if known else (0, now)
        return Fetched(task.dataset.id, task.path, task.address, status, fault, size, fetched)

    def _get(self, task: _Task, path: Path, known: Received | None) -> Answer:
        into = path.with_name(f"{path.name}{PART}")
        show = partial(self.show, task.path)
        match task.asked:
            case Sdmx():
                from etl.fetch import sdmx  # noqa: PLC0415  # slow to load, seldom needed

                return sdmx.get(self.http, task.asked, into, show)
            case Socrata():
                return socrata.get(self.http, task.asked, into, show)
        still = known if known and known.request == task.asked.model_dump_json() else None
        return file.get(self.http, task.asked, into, path.suffix, still, show)

    def _placed(
        self, task: _Task, path: Path, answer: Answer, known: Received | None, now: datetime
    ) -> Received:
        """Put what came in its place, keep the raw bytes, write down what is known of them."""
        if answer.file:
            raw = answer.raw or answer.file
            sha256 = sha256_of(answer.file)
            after = Received(
                address=task.address,
                request=task.asked.model_dump_json(),
                licence=task.dataset.licence,
                sha256=sha256,
                raw=sha256_of(raw),
                bytes=answer.file.stat().st_size,
                fetched=known.fetched if known and known.sha256 == sha256 else now,
                checked=now,
                headers=answer.headers,
            )
            if self.kept:
                snapshot.store(_raw(task, raw, after), self.kept)
            answer.file.replace(path)
        elif known:
            after = replace(known, checked=now)
        else:
            raise FetchError("fetch_status", "304", task.address)
        snapshot.write_received(path, after)
        return after


def _raw(task: _Task, raw: Path, known: Received) -> Snapshot:
    return Snapshot(
        dataset=task.dataset.id,
        file=task.path,
        address=known.address,
        licence=known.licence,
        content=raw.read_bytes(),
        fetched=known.checked,
        headers=known.headers,
    )


def _tidy(path: Path) -> None:
    """Remove what was made on the way, but not the beginning of a file that can go on."""
    going_on = path.with_name(f"{path.name}{PART}.json")
    for left in path.parent.glob(f"{glob.escape(path.name)}{PART}*"):
        if not going_on.exists() or left.suffix not in {PART, ".json"}:
            left.unlink()
