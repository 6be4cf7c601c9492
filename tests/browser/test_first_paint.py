"""A page is on the screen before a script is asked for; the scripts come once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

FROM_PAINT_TO_SCRIPT = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const { src } = document.querySelector("body > script[src]");
  return performance.getEntriesByName(src)[0].startTime - paint.startTime;
}"""
SCRIPTS = "document.querySelectorAll('body > script[src]').length"


@pytest.mark.parametrize("path", ["/", "/indicatori/mean_taxable_income", "/progetti"])
def test_no_script_is_asked_for_before_the_page_is_on_the_screen(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate(FROM_PAINT_TO_SCRIPT) >= 0
    count = page.evaluate(SCRIPTS)
    assert count > 2
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # the tab is left
    assert page.evaluate(SCRIPTS) == count


@pytest.mark.parametrize(
    "browser_without",
    [
        "delete window.PerformanceObserver",
        "PerformanceObserver.prototype.observe = () => {}",  # private windows of some browsers
    ],
)
def test_the_scripts_come_where_the_browser_never_says_that_it_painted(
    page: Page, browser_without: str
) -> None:
    page.add_init_script(f"performance.getEntriesByType = () => []; {browser_without}")
    page.goto("/")
    assert page.evaluate(SCRIPTS) > 2
