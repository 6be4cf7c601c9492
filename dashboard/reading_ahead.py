"""Reading ahead: outlines, series and projects of a release, before a reader asks for them."""

from __future__ import annotations

import gc
import logging
from functools import partial
from threading import main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dashboard.release_data import ReleaseData
    from dashboard.turns import Turns

    Reader = Callable[[], object]

LOG = logging.getLogger(__name__)


def main_readers(data: ReleaseData) -> Iterator[Reader]:
    """Yield readers of what most pages need: outlines, zones, projects."""
    yield data.shapes.document
    yield lambda: data.aggregate_series
    yield lambda: data.aggregate_statuses
    for level in ("strategic", "operational"):
        yield partial(data.rows, "portfolio", level=level, today=data.last_report)
    for query in ("funded_totals", "funded_by_zone", "datasets", "audits", "quarantine"):
        yield partial(data.rows, query)


def municipal_readers(data: ReleaseData) -> Iterator[Reader]:
    """Yield readers of the municipal series of each indicator."""
    for indicator in data.indicators:
        yield partial(data.municipal_series, indicator.id)


def last_readers(data: ReleaseData) -> Iterator[Reader]:
    """Yield readers of what few pages need: the files of all indicators, what changed."""
    from dashboard.news.changes import news_since  # noqa: PLC0415  # a server starts without it
    from dashboard.pages.indicator.source import files_by_indicator  # noqa: PLC0415  # the same

    yield partial(data.once, files_by_indicator)
    yield partial(news_since, data)


def read_all(readers: Iterable[Reader], turns: Turns) -> None:
    """Read until all is read or the server ends; a thread killed in DuckDB would abort it."""
    for read in readers:
        turns.wait()
        if not main_thread().is_alive():
            return
        try:
            read()
        except Exception:  # whoever asks for the same gets the error; the others are still read
            LOG.exception("what is read ahead failed")
    gc.collect()
    gc.freeze()  # what was read is never garbage while its release is open
