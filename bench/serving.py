"""Memory, start and speed of the server: what it takes, before and beside the browser."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from bench.figure import Figure, percentiles
from bench.processes import cpu
from dashboard.documents import document
from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.rendered_page import RenderedPage
from dashboard.selection import Selection
from tests.support.deployment import deploy, memory, serving, workers_of
from warehouse.config import read_config
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.store import Store

TIMES, STARTS = 7, 3
READERS, PAIR = 200, 2
REST_SECONDS = 5  # for what a new server reads ahead
UNCACHED_MS, CACHED_MS = 20, 2
# Memory in MiB: of one worker that has drawn every page, of two fresh ones; readers at once in ms.
WORKER, FRESH_PAIR, CROWD_MS = 220, 400, 500


def pages_of(data: ReleaseData) -> dict[str, str]:
    """Return the measured pages by name: the largest of each kind."""
    (project, *_) = data.rows("portfolio", level="strategic", today=data.last_report)
    return {
        "overview": "/",
        "indicator": "/indicatori/mean_taxable_income",
        "area": "/ambiti/economy",
        "territory (zone)": "/territori/nord-milano",
        "territory (municipality)": "/territori/015209",
        "projects": "/progetti",
        "project": f"/progetti/{project['project']}",
        "works": "/progetti/opere",
        "data": "/dati",
        "comparison": "/confronta",
    }


def draw(config: Config, catalog: Catalog, store: Store) -> list[Figure]:
    """Draw each page again and again in this process, from what the release keeps in memory."""
    data = ReleaseData(catalog, store, lambda: list_releases(config))
    figures = []
    for name, path in pages_of(data).items():
        selection = Selection.read(path, "", config.language)
        _draw(config, data, selection)
        times = []
        for _ in range(TIMES):
            start = time.process_time()
            _draw(config, data, selection)
            times.append(1000 * (time.process_time() - start))
        figures.append(Figure(f"{name}: drawn, CPU", median(times), "ms", UNCACHED_MS))
    return figures


def _draw(config: Config, data: ReleaseData, selection: Selection) -> str:
    panels, view, chrome = render(config, data, selection)
    page = RenderedPage(panels, (), view, chrome, "", data.store.release)
    return document("@@language@@ @@theme@@ @@title@@ @@page@@", page, selection)


def serve(config: Path, catalog: Catalog) -> list[Figure]:
    """Start servers of one and of two workers; ask them for pages, alone and at once."""
    starts = []
    for _ in range(STARTS):
        start = time.monotonic()
        with serving(config) as (address, _):
            _get(address + "/")
            starts.append(time.monotonic() - start)
    with serving(config) as (address, process):
        paths = _paths(catalog)
        for path in paths:
            _get(address + path)
        time.sleep(REST_SECONDS)
        before = cpu(process)
        for _ in range(TIMES):
            for path in paths:
                _get(address + path)
        kept = (cpu(process) - before) / TIMES / len(paths)
        worker = memory(process)
    return [
        Figure("start to the first page, least", min(starts), "s", 1),
        Figure("a kept page: server CPU, mean", kept, "ms", CACHED_MS),
        Figure("a worker that has drawn every page", worker, "MiB", WORKER),
        *_pair(config, paths),
    ]


def _pair(config: Path, paths: list[str]) -> list[Figure]:
    """Ask a new pair of workers, first with nothing stored, then with what an earlier pair drew."""
    data = read_config(config).data
    file = deploy(config.parent / "pair", data=str(data), server={"workers": PAIR})
    figures: list[Figure] = []
    shutil.rmtree(read_config(config).drawn_pages, ignore_errors=True)
    for kind, limit in (("nothing stored", None), ("pages stored", CROWD_MS)):
        with serving(file) as (address, process):
            with ThreadPoolExecutor(READERS) as readers:
                addresses = [address + paths[n % len(paths)] for n in range(READERS)]
                times = list(readers.map(_get, addresses))
            name = f"{READERS} readers of a new pair, {kind}"
            figures += percentiles(name, times, "ms", (None, limit))
            time.sleep(REST_SECONDS)
            size = sum(map(memory, workers_of(process)))
        figures.append(Figure(f"the two workers then, {kind}", size, "MiB"))
    with serving(file) as (address, process):
        time.sleep(REST_SECONDS)
        size = sum(map(memory, workers_of(process)))
    return [*figures, Figure("two fresh workers", size, "MiB", FRESH_PAIR)]


def _paths(catalog: Catalog) -> list[str]:
    zones = [f"/territori/{zone.territory}" for zone in catalog.zones]
    areas = [f"/ambiti/{node.id}" for node in catalog.areas]
    lists = ["/", "/territori", "/progetti", "/progetti/opere", "/dati", "/confronta", "/piano"]
    return [
        *lists,
        *areas,
        *zones,
        *(f"/indicatori/{name}" for name in list(catalog.indicators)[:9]),
    ]


def _get(address: str) -> float:
    """Get an address; return the milliseconds that it took."""
    start = time.monotonic()
    with urlopen(Request(address, headers={"Accept-Encoding": "br"}), timeout=60) as answer:
        answer.read()
    return 1000 * (time.monotonic() - start)
