"""Download of the providers' files: the only package that uses HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from pathlib import Path

    from etl.fetch.http import Limits
    from warehouse.declarations.loader import Catalog
    from warehouse.errors import Rejection

    Progress = Callable[[str, int, int], None]  # file, bytes so far, bytes in total (0: unknown)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Result of one declared file; `path` is below the folder of fetched files.

    `new`: its content differs from the earlier file. `failed`: the earlier file stays. `fault` is
    why it failed, or what is missing from a file that was received.
    """

    dataset: str
    path: str
    address: str
    status: Literal["new", "unchanged", "failed"]
    fault: Rejection | None
    bytes: int
    fetched: datetime


def fetch(
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
    """Fetch every file declared with `fetch` into `folder`; return one result per file.

    `datasets`: only these (None: all). `pace`: the folder of the rate limits, which all processes
    share. `report` is called with each result. `snapshots`: where the raw bytes are stored by
    digest. `limits`: other time-outs, attempts and intervals. A provider's error is part of the
    result, never raised; the earlier file stays.
    """
    from etl.fetch.downloader import fetch_all  # noqa: PLC0415  # HTTP is imported only to fetch

    return fetch_all(
        catalog, folder, datasets, show, report, pace=pace, snapshots=snapshots, limits=limits
    )
