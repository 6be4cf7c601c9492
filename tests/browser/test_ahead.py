"""The page of a link comes while the reader points at it; the click asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETTLED = 400  # ms, longer than a pointer rests
SENT = """(end) => performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/_page/") && name.endsWith(end))
  .map(({ transferSize }) => transferSize > 0)"""


def test_a_link_is_asked_for_once_and_a_link_elsewhere_never(page: Page) -> None:
    ahead: list[str] = []
    page.on("request", lambda r: ahead.append(r.url) if "/_page/" in r.url else None)
    page.goto("/")
    expect(page.locator("#drawn")).to_have_count(0)
    link = page.locator("main a[href^='/indicatori/']").first
    address = link.get_attribute("href") or ""
    for target in (link, page.locator("h1"), link):
        target.hover()
        page.wait_for_timeout(SETTLED)
    page.locator("a[href^='#']").first.focus()
    page.wait_for_timeout(SETTLED)
    assert [url for url in ahead if url.endswith(address)] == ahead[:1]
    assert not any("#" in url for url in ahead)
    link.click()
    expect(page).to_have_url(page.url.partition("/indicatori")[0].rstrip("/") + address)
    assert page.evaluate(SENT, address) == [True, False]  # the click found what pointing brought
