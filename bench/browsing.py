"""Time and bytes of visits and changes in a real Chromium, beside an empty page of Dash."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.async_api import async_playwright

from bench.empty_page import serving_empty_page
from bench.figure import Figure, percentiles
from bench.processes import cpu
from bench.walks import COLD, INDICATOR, indicator_changes, period_changes, zone_changes
from tests.support.chromium import ARGUMENTS, program

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from playwright.async_api import Browser, BrowserContext, Page

    from warehouse.declarations.loader import Catalog

VISITS = 5
READERS, CROWDS, CROWD_CHANGES = 8, 3, 16  # browsers at once, how often, and what each changes
VISIT_MS, CHANGE_MS, CHANGE_CPU_MS = 1300, 130, 25
SETTLING_SECONDS, QUIET_MS, QUIET_SECONDS = 60, 20, 0.3
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1e6}
MEASURED = ("overview", "indicator")

# What a visit was: `drawn` when text, numbers, chart and outlines of the map were there, `answers`
# when the scripts had taken the page over.
WATCH = """
window.answered = new Promise((resolve) => {
  const note = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  document.addEventListener("dashboard:taken-over", note);
  new MutationObserver(() => document.querySelector("#empty") && note())
    .observe(document, { subtree: true, childList: true });
});
"""
VISIT = """async () => {
  const answers = await window.answered;
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime || 0;
  const files = performance.getEntriesByType("resource");
  const outlines = files.filter((file) => file.name.includes("/shapes/"));
  const [page] = performance.getEntriesByType("navigation");
  const first = Math.max(paint, ...outlines.slice(0, 1).map((file) => file.responseEnd));
  const drawn = document.querySelector("#empty") ? answers : first;
  const bytes = (until) => files.filter((file) => file.responseEnd <= until)
    .reduce((sum, file) => sum + file.transferSize, page.transferSize);
  return {
    drawn, answers, requests: files.length + 1,
    bytes_drawn: bytes(drawn), bytes: bytes(Infinity),
  };
}"""
CHANGE = """(address) => new Promise((resolve) => {
  const started = performance.now();
  const before = performance.getEntriesByType("resource").length;
  const note = () => {
    const files = performance.getEntriesByType("resource").slice(before);
    const bytes = files.reduce((sum, file) => sum + file.transferSize, 0);
    resolve([performance.now() - started, bytes / 1024]);
  };
  const wait = () => requestAnimationFrame(() => setTimeout(note));
  document.addEventListener("dashboard:arrived", wait, { once: true });
  window.dashboard.go(address);
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds and bytes of a visit."""

    drawn: float
    answers: float
    requests: float
    bytes_drawn: float
    bytes: float


def measure(catalog: Catalog, address: str, server: int) -> list[Figure]:
    """Measure visits and changes of the dashboard at `address`, whose process is `server`."""
    return asyncio.run(_measure(catalog, address, server))


async def _measure(catalog: Catalog, address: str, server: int) -> list[Figure]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program(), args=list(ARGUMENTS))
        await _settle(browser, address, server)
        with serving_empty_page() as empty:
            floor = await _median(browser, empty, slow=False)
            slow_floor = await _median(browser, empty, slow=True)
        figures = [
            Figure("empty page of Dash: drawn", floor.drawn, "ms"),
            Figure("empty page of Dash at 10 Mbit/s, 40 ms: drawn", slow_floor.drawn, "ms"),
            Figure("empty page of Dash: bytes", floor.bytes / 1024, "KiB"),
        ]
        for name in MEASURED:
            figures += await _visits(browser, name, address + COLD[name], floor, slow_floor)
        for name, walk in (
            ("indicator", indicator_changes(catalog)),
            ("zone", zone_changes(catalog)),
            ("period", period_changes()),
        ):
            figures += await _changes(browser, name, address, walk, server)
        figures += await _crowd(browser, address, indicator_changes(catalog)[:CROWD_CHANGES])
        await browser.close()
    return figures


async def _settle(browser: Browser, address: str, server: int) -> None:
    """Open each page once and wait until a new server has nothing left to compress or read."""
    for path in COLD.values():
        async with _context(browser) as context:
            await _open(await context.new_page(), address + path)
    spent = cpu(server)
    for _ in range(SETTLING_SECONDS):
        await asyncio.sleep(1)
        before, spent = spent, cpu(server)
        if spent - before < QUIET_MS:
            return


async def _visits(
    browser: Browser, name: str, url: str, floor: Visit, slow_floor: Visit
) -> list[Figure]:
    first, slow = await _median(browser, url, slow=False), await _median(browser, url, slow=True)
    second = await _median(browser, url, slow=False, again=True)
    return [
        Figure(f"{name}, first visit: drawn", first.drawn, "ms", VISIT_MS),
        Figure(f"{name}, first visit: answers", first.answers, "ms"),
        Figure(f"{name}: drawn, of an empty page's time", first.drawn / floor.drawn, "×", 1),
        Figure(f"{name} at 10 Mbit/s, 40 ms: drawn", slow.drawn, "ms"),
        Figure(f"{name}: the same, of an empty page's", slow.drawn / slow_floor.drawn, "×", 1),
        Figure(f"{name}: bytes until drawn", first.bytes_drawn / 1024, "KiB", 130),
        Figure(f"{name}: bytes until all answers", first.bytes / 1024, "KiB", 350),
        Figure(f"{name}, second visit: drawn", second.drawn, "ms"),
        Figure(f"{name}, second visit: bytes", second.bytes / 1024, "KiB", 50),
    ]


async def _median(browser: Browser, url: str, *, slow: bool, again: bool = False) -> Visit:
    visits = []
    for _ in range(VISITS):
        async with _context(browser) as context:
            if again:
                await _open(await context.new_page(), url)
            page = await context.new_page()
            if slow:
                protocol = await context.new_cdp_session(page)
                await protocol.send("Network.enable")
                await protocol.send("Network.emulateNetworkConditions", SLOW)
            visits.append(await _open(page, url))
    return Visit(*(median(values) for values in zip(*map(_values, visits), strict=True)))


def _values(visit: Visit) -> tuple[float, ...]:
    return visit.drawn, visit.answers, visit.requests, visit.bytes_drawn, visit.bytes


async def _changes(
    browser: Browser, name: str, address: str, walk: Sequence[str], server: int
) -> list[Figure]:
    figures: list[Figure] = []
    for kinds in (("not kept",), ("kept by the server", "kept by the browser")):
        figures += await _walks(browser, f"change of {name}", address, walk, server, kinds)
    return figures


async def _walks(  # all of one walk
    browser: Browser,
    name: str,
    address: str,
    walk: Sequence[str],
    server: int,
    kinds: Sequence[str],
) -> list[Figure]:
    """Measure a walk once for each kind, one after the other in one new profile."""
    figures: list[Figure] = []
    async with _context(browser) as context:
        page = await context.new_page()
        await _open(page, address + INDICATOR)
        for kind in kinds:
            before = cpu(server)
            pairs = [await page.evaluate(CHANGE, path) for path in walk]
            spent = (cpu(server) - before) / len(walk)
            label = f"{name}, {kind}"
            times = [milliseconds for milliseconds, _ in pairs]
            figures += percentiles(label, times, "ms", (CHANGE_MS, None))
            figures += [
                Figure(f"{label}: bytes, p50", median(kib for _, kib in pairs), "KiB", 25),
                Figure(f"{label}: server CPU, mean", spent, "ms", CHANGE_CPU_MS),
            ]
    return figures


async def _crowd(browser: Browser, address: str, walk: Sequence[str]) -> list[Figure]:
    """Eight profiles without a cache open the page of an indicator at once, then go on at once.

    They make the same changes, but none at the same time as another.
    """
    visits: list[float] = []
    changes: list[float] = []

    async def read(start: int) -> None:
        async with _context(browser) as context:
            page = await context.new_page()
            visits.append((await _open(page, address + INDICATOR)).drawn)
            await opened.wait()
            paths = (*walk[start:], *walk[:start])
            changes.extend([(await page.evaluate(CHANGE, path))[0] for path in paths])

    for _ in range(CROWDS):
        opened = asyncio.Barrier(READERS)
        steps = range(0, len(walk), len(walk) // READERS)
        await asyncio.gather(*(read(start) for start in steps[:READERS]))
    label = f"{READERS} browsers at once"
    return [
        *percentiles(f"{label}: drawn", visits, "ms"),
        *percentiles(f"{label}: change of indicator", changes, "ms"),
    ]


@asynccontextmanager
async def _context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(locale="it-IT", viewport={"width": 1440, "height": 900})
    await context.add_init_script(WATCH)
    yield context
    await context.close()


async def _open(page: Page, url: str) -> Visit:
    """Open `url` and wait until the scripts have taken it over."""
    started = time.monotonic()
    await page.goto(url)
    await page.evaluate("window.answered")
    await asyncio.sleep(QUIET_SECONDS)  # for what is fetched last
    values: dict[str, Any] = await page.evaluate(VISIT)
    if time.monotonic() - started > SETTLING_SECONDS:
        raise RuntimeError(f"{url} took longer than {SETTLING_SECONDS} seconds")
    return Visit(**values)
