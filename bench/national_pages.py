"""Pages, memory and map of the invented country, served by a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from bench.figure import Figure, percentiles
from bench.processes import cpu
from tests.support.chromium import launch
from tests.support.deployment import free_port, memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.country import Country

START_SECONDS, QUIET_SECONDS = 300, 5
QUIET_CPU_MS = 50  # of a server that has read ahead, in that time
PAGE_MS, WORKER_MIB, MAP_MS = 300, 1_430, 500
VISITS = 5
INDICATOR = "/indicatori/i001"
KINDS = (
    "/", "/ambiti/economy", "/territori", "/confronta", "/segni", "/piano", "/dati", "/novita",
    "/glossario", "/metodo", "/presentazioni",
)  # fmt: skip
# Runs before the page: notes when two frames have been drawn with the whole map, which is there
# when what follows it is.
WHEN_DRAWN = """new MutationObserver((_, observer) => {
  if (!document.querySelector("svg.map ~ output")) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.mapDrawn = performance.now();
  }));
}).observe(document, { childList: true, subtree: true })"""


def measure(country: Country, folder: Path) -> list[Figure]:
    """Ask for pages of every kind, and look at the map."""
    with serving(country, folder) as (address, process):
        _settle(process)
        times = [_get(address + path) for path in _paths(country)]
        worker = memory(process)
        maps = _maps(address + INDICATOR)
    return [
        *percentiles("a page of the country", times, "ms", (None, PAGE_MS)),
        Figure("the worker then", worker, "MiB", WORKER_MIB),
        Figure(f"map of {country.municipalities:,} outlines drawn", min(maps), "ms", MAP_MS),
    ]


def _paths(country: Country) -> list[str]:
    """Return addresses of every kind, each once: what differs only in its address, often."""
    indicators = [f"/indicatori/i{n:03}" for n in range(1, country.indicators + 1)]
    zones = [f"/territori/p{n:03}" for n in range(0, country.provinces, 5)]
    places = [f"/territori/{n:06}" for n in range(0, country.municipalities, 400)]
    subjects = [f"/confronta?subject=i{n:03}" for n in range(2, country.indicators, 9)]
    return [*KINDS, *indicators, *zones, *places, *subjects]


@contextmanager
def serving(country: Country, folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the country whose release is in `folder`; gives the address and the process."""
    port = free_port()
    words = ["bench.country_server", str(folder), json.dumps(asdict(country)), str(port)]
    with subprocess.Popen([sys.executable, "-m", *words]) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address + "/segni")
            yield address, process.pid
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(START_SECONDS):
        try:
            _get(address)
        except URLError:
            time.sleep(1)
        else:
            return
    raise RuntimeError(f"{address} did not answer within {START_SECONDS} s")


def _settle(process: int) -> None:
    """Wait until the server has read ahead."""
    for _ in range(START_SECONDS // QUIET_SECONDS):
        before = cpu(process)
        time.sleep(QUIET_SECONDS)
        if cpu(process) - before < QUIET_CPU_MS:
            return


def _get(address: str) -> float:
    """Get an address; return the milliseconds that it took."""
    start = time.monotonic()
    with urlopen(Request(address, headers={"Accept-Encoding": "br"}), timeout=120) as answer:
        answer.read()
    return 1000 * (time.monotonic() - start)


def _maps(address: str) -> list[float]:
    """Return how long it took from a visit until the map was drawn."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        times = []
        for _ in range(VISITS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(WHEN_DRAWN)
            page.goto(address)
            times.append(float(page.wait_for_function("window.mapDrawn").json_value()))
            page.close()
        browser.close()
    return times
