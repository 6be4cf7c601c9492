"""A change of what a page shows: the page stays where it is, and is drawn once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

INDICATOR = "/indicatori/mean_taxable_income"
CHANGES = 20
MOUNTED = "['#trend', 'svg.map'].map((name) => document.querySelector(name))"


def test_over_twenty_changes_the_chart_and_the_map_are_mounted_once(page: Page) -> None:
    page.goto(f"{INDICATOR}?territory=nord-milano")
    expect(page.locator("#drawn")).to_have_count(0)
    page.evaluate(f"{MOUNTED}.forEach((element) => {{ element.mark = 1 }})")
    for number in range(1, CHANGES + 1):
        period = f"&period={2012 + number // 2}" if number % 2 else ""
        address = f"{INDICATOR}?territory=nord-milano{period}"
        page.evaluate("(address) => window.dashboard.go(address)", address)
        expect(page).to_have_url(re.compile(re.escape(address) + "$"))
        page.wait_for_function("(count) => history.state.position === count", arg=number)
    assert page.evaluate(f"{MOUNTED}.map((element) => element.mark)") == [1, 1]


def test_only_the_page_that_was_asked_for_last_is_shown(page: Page) -> None:
    page.goto("/territori")
    expect(page.locator("#drawn")).to_have_count(0)
    page.evaluate("['/progetti', '/piano', '/dati'].forEach((to) => window.dashboard.go(to))")
    expect(page.locator("#main")).to_have_class(re.compile("view-data"))
    expect(page).to_have_url(re.compile("/dati$"))
    page.go_back()
    expect(page.locator("#main")).to_have_class(re.compile("view-territories"))


def test_where_a_proxy_answers_instead_of_the_server_the_browser_opens_the_address(
    page: Page,
) -> None:
    def sign_in(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<title>Sign in</title>")

    page.goto("/territori")
    expect(page.locator("#drawn")).to_have_count(0)
    page.route(re.compile("/_page/.*/dati"), sign_in)
    page.locator(".rail").get_by_role("link", name="Dati").click()
    expect(page.locator("#main").first).to_have_class(re.compile("view-data"))
    expect(page).to_have_url(re.compile("/dati$"))
