"""Datasets read one after another, or side by side in processes where their files are large."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

from etl.pipeline.arrow_memory import use_system_memory
from etl.pipeline.dataset import cached_dataset, read_dataset
from warehouse.errors import CruscottoError
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from etl.pipeline.cache import Cache
    from etl.pipeline.dataset import DatasetTables
    from etl.pipeline.discovery import InputFile
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset

LARGE = 10_000_000  # bytes of all files: fewer are read before a process has started

Work = tuple["Dataset", "Sequence[InputFile]"]

# Of a process that reads: with its catalogue and cache.
_readers: list[Callable[[Dataset, Sequence[InputFile]], DatasetTables]] = []


def read_datasets(work: Sequence[Work], catalog: Catalog, cache: Cache) -> Iterator[DatasetTables]:
    """Yield the tables of each dataset, in the order of `work`; those in the cache from there."""
    cached = [cached_dataset(dataset, files, catalog, cache) for dataset, files in work]
    unread = [part for part, tables in zip(work, cached, strict=True) if tables is None]
    read = _read_all(unread, catalog, cache)
    for tables in cached:
        yield tables or next(read)


def _read_all(work: Sequence[Work], catalog: Catalog, cache: Cache) -> Iterator[DatasetTables]:
    sizes = [sum(file.path.stat().st_size for file in files) for _, files in work]
    processes = min(os.cpu_count() or 1, len(work))
    if processes == 1 or sum(sizes) < LARGE:
        for dataset, files in work:
            yield read_dataset(dataset, files, catalog, cache)
        return
    context = get_context("spawn")  # a fork would copy the threads of DuckDB and Arrow half
    with ProcessPoolExecutor(processes, context, _start, (catalog, cache)) as pool:
        largest_first = sorted(range(len(work)), key=lambda n: -sizes[n])
        futures = {number: pool.submit(_read, *work[number]) for number in largest_first}
        try:
            for number in range(len(work)):
                yield futures.pop(number).result()
        except BrokenProcessPool as error:
            raise CruscottoError(message("reader_ended")) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(catalog: Catalog, cache: Cache) -> None:
    """Prepare a process that reads; what stops a run is the concern of the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_system_memory()
    _readers.append(partial(read_dataset, catalog=catalog, cache=cache))


def _read(dataset: Dataset, files: Sequence[InputFile]) -> DatasetTables:
    (read,) = _readers
    return read(dataset, files)
