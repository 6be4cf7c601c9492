"""The page of a link is drawn by the server while the reader points at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETTLED = 400  # ms, longer than a pointer rests


def test_a_link_is_asked_for_once_and_a_link_elsewhere_never(page: Page) -> None:
    heads: list[str] = []
    page.on("request", lambda r: heads.append(r.url) if r.method == "HEAD" else None)
    page.goto("/")
    expect(page.locator("#drawn")).to_have_count(0)
    link = page.locator("main a[href^='/indicatori/']").first
    address = link.get_attribute("href") or ""
    for target in (link, page.locator("h1"), link):
        target.hover()
        page.wait_for_timeout(SETTLED)
    page.locator("a[href^='#']").first.focus()
    page.wait_for_timeout(SETTLED)
    assert [url for url in heads if url.endswith(address)] == heads[:1]
    assert not any("#" in url for url in heads)
    link.click()
    expect(page).to_have_url(page.url.partition("/indicatori")[0].rstrip("/") + address)
