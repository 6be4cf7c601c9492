"""What a reader waits for, in a real Chromium: first visits and changes, with their bytes."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.figure import Figure, percentiles
from bench.walks import COLD, INDICATOR, indicator_changes, zone_changes
from tests.chromium import launch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from warehouse.catalog import Catalog

VISITS = 5
VISIT_MS, VISIT_KB = 1300, 700
CHANGE_MS, CHANGE_KB, CHANGE_CPU_MS = 130, 25, 25

# `drawn` is the frame after the last change inside #main, in ms since the navigation started.
WATCH = """
window.drawn = 0;
new MutationObserver((changes) => {
  if (changes.some((c) => c.target.closest?.("#main") && c.target.closest("#main").textContent)) {
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


@dataclass
class _Wire:
    """Bytes that came over the wire since the last reading."""

    received: float = 0

    def count(self, event: dict[str, Any]) -> None:
        self.received += event["encodedDataLength"]

    def kilobytes(self) -> float:
        received, self.received = self.received, 0
        return received / 1000


def measure(catalog: Catalog, address: str, server: int) -> list[Figure]:
    """Measure first visits and changes of the dashboard at `address`, whose process is `server`."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        figures = [f for name, path in COLD.items() for f in _visit(browser, name, address + path)]
        for name, walk in (
            ("change of indicator", indicator_changes(catalog)),
            ("change of zone", zone_changes(catalog)),
        ):
            figures += _change(browser, name, address, walk, server)
        browser.close()
    return figures


def _visit(browser: Browser, name: str, url: str) -> list[Figure]:
    milliseconds, kilobytes = [], []
    for _ in range(VISITS):
        with _watched(browser) as (page, wire):
            milliseconds.append(_open(page, url))
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
        _open(page, address + INDICATOR)
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
    page, wire = context.new_page(), _Wire()
    page.add_init_script(WATCH)
    protocol = context.new_cdp_session(page)
    protocol.on("Network.loadingFinished", wire.count)
    protocol.send("Network.enable")
    yield page, wire
    context.close()


def _open(page: Page, url: str) -> float:
    """Open `url` and return the milliseconds until it was drawn and at rest."""
    page.goto(url)
    page.wait_for_function(STILL)
    page.wait_for_load_state("networkidle")
    return float(page.evaluate("window.drawn"))


def _cpu(process: int) -> float:
    """Return the milliseconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) * 1000 / os.sysconf("SC_CLK_TCK")
