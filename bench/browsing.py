"""Time and bytes of first visits and changes in a real Chromium."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.figure import Figure, percentiles
from bench.walks import COLD, INDICATOR, indicator_changes, zone_changes
from tests.support.chromium import launch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, CDPSession, Page

    from warehouse.declarations.loader import Catalog

VISITS = 5
SETTLING_SECONDS, QUIET_MS = 60, 20
VISIT_MS, VISIT_KB = 1300, 700
CHANGE_MS, CHANGE_KB, CHANGE_CPU_MS = 130, 25, 25

# `drawn` is the frame after the last change of a page whose #main is filled, in ms since the
# navigation started.
WATCH = """
window.drawn = 0;
new MutationObserver(() => {
  if (document.getElementById("main")?.textContent) {
    requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now(); }));
  }
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""
STILL = (
    "window.drawn && performance.now() - window.drawn > 150 && document.fonts.status == 'loaded'"
)
CHANGE = """(address) => {
  window.drawn = 0;
  window.started = performance.now();
  history.pushState({}, "", address);
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
}"""


class _Wire:
    """Network of a page: bytes since the last reading, and pending requests."""

    def __init__(self, protocol: CDPSession) -> None:
        self._received = 0.0
        self._pending: set[str] = set()
        protocol.on("Network.requestWillBeSent", self._started)
        protocol.on("Network.loadingFailed", lambda e: self._pending.discard(e["requestId"]))
        protocol.on("Network.loadingFinished", self._finished)
        protocol.send("Network.enable")

    def _started(self, event: dict[str, Any]) -> None:
        if "worker" not in event["request"]["url"]:  # only the worker sees its end
            self._pending.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        self._pending.discard(event["requestId"])
        self._received += event["encodedDataLength"]

    @property
    def busy(self) -> bool:
        return bool(self._pending)

    def kilobytes(self) -> float:
        received, self._received = self._received, 0
        return received / 1000


def measure(catalog: Catalog, address: str, server: int) -> list[Figure]:
    """Measure first visits and changes of the dashboard at `address`, whose process is `server`."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        _settle(browser, address, server)
        figures = [f for name, path in COLD.items() for f in _visit(browser, name, address + path)]
        for name, walk in (
            ("change of indicator", indicator_changes(catalog)),
            ("change of zone", zone_changes(catalog)),
        ):
            figures += _change(browser, name, address, walk, server)
        browser.close()
    return figures


def _settle(browser: Browser, address: str, server: int) -> None:
    """Open each page once and wait until a new server has nothing left to compress or read."""
    for path in COLD.values():
        with _watched(browser) as (page, wire):
            _open(page, wire, address + path)
    spent = _cpu(server)
    for _ in range(SETTLING_SECONDS):
        time.sleep(1)
        before, spent = spent, _cpu(server)
        if spent - before < QUIET_MS:
            return


def _visit(browser: Browser, name: str, url: str) -> list[Figure]:
    milliseconds, kilobytes = [], []
    for _ in range(VISITS):
        with _watched(browser) as (page, wire):
            milliseconds.append(_open(page, wire, url))
            kilobytes.append(wire.kilobytes())
    limited = name == "overview"
    return [
        Figure(
            f"first visit, {name}: drawn", median(milliseconds), "ms", VISIT_MS if limited else None
        ),
        Figure(
            f"first visit, {name}: wire", median(kilobytes), "kB", VISIT_KB if limited else None
        ),
    ]


def _change(
    browser: Browser, name: str, address: str, walk: Sequence[str], server: int
) -> list[Figure]:
    milliseconds, kilobytes = [], []
    with _watched(browser) as (page, wire):
        _open(page, wire, address + INDICATOR)
        wire.kilobytes()
        before = _cpu(server)
        for path in walk:
            page.evaluate(CHANGE, path)
            page.wait_for_function(STILL, polling=20)
            milliseconds.append(page.evaluate("window.drawn - window.started"))
            kilobytes.append(wire.kilobytes())
        spent = (_cpu(server) - before) / len(walk)
    return [
        *percentiles(name, milliseconds, "ms", CHANGE_MS),
        Figure(f"{name}: wire, p50", median(kilobytes), "kB", CHANGE_KB),
        Figure(f"{name}: server CPU, mean", spent, "ms", CHANGE_CPU_MS),
    ]


@contextmanager
def _watched(browser: Browser) -> Iterator[tuple[Page, _Wire]]:
    context = browser.new_context(locale="it-IT", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page, _Wire(context.new_cdp_session(page))
    context.close()


def _open(page: Page, wire: _Wire, url: str) -> float:
    """Open `url` and return the milliseconds until it was drawn and at rest."""
    page.goto(url)
    page.wait_for_function(STILL)
    while wire.busy:
        page.wait_for_timeout(200)
        page.wait_for_function(STILL)
    return float(page.evaluate("window.drawn"))


def _cpu(process: int) -> float:
    """Return the milliseconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) * 1000 / os.sysconf("SC_CLK_TCK")
