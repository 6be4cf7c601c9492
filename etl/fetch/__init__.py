"""Getting the providers' files: the one package that speaks HTTP."""

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

    Progress = Callable[[str, int, int], None]  # file, bytes so far, bytes in all (0: unknown)


@dataclass(frozen=True)
class Fetched:
    """What became of one declared file; `path` is below the folder of fetched files.

    `new`: its content differs from what was there. `failed`: what was there before still is.
    `fault` says why it failed, or what a file that came lacks of what was asked for.
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
    told: Callable[[Fetched], None] | None = None,
    *,
    pace: Path,
    kept: Path | None = None,
    limits: Limits | None = None,
) -> tuple[Fetched, ...]:
    """Get every file that is declared with `fetch` into `folder`; one result a file.

    `datasets`: only these (None: all). `pace`: the folder of the locks that keep the interval
    between two calls to a host, whoever makes them. `told` hears of every file as it comes.
    `kept`: where the raw bytes are kept once, by digest. `limits`: other time-outs, attempts and
    intervals. No provider's fault is raised: it is told, and the earlier file stays.
    """
    from etl.fetch.downloader import fetch_all  # noqa: PLC0415  # HTTP loads when something is fetched

    return fetch_all(catalog, folder, datasets, show, told, pace=pace, kept=kept, limits=limits)
