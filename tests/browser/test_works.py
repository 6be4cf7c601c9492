"""The table of funded works: sorted, paged and filtered by links and a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = ".works-table tbody tr"


def test_the_table_sorts_and_pages_in_the_address(page: Page) -> None:
    page.goto("/progetti/opere")
    expect(page.locator(ROWS)).to_have_count(100)
    expect(page.locator(".works-table [aria-sort=descending]")).to_contain_text("finanziato")
    page.locator('[data-key="sort-title"]').click()
    expect(page).to_have_url(re.compile(r"\?sort=title$"))
    expect(page.locator(".works-table [aria-sort=ascending]")).to_contain_text("Progetto")
    expect(page.locator('[data-key="sort-title"]')).to_be_focused()
    first = page.locator(f"{ROWS} a").first.inner_text()
    page.locator('.pager [rel="next"]').last.click()
    expect(page).to_have_url(re.compile(r"\?sort=title&page=2$"))
    expect(page.locator(".pager").first).to_contain_text("101–200")
    expect(page.locator(".pager").first).to_be_in_viewport()  # the table is read from its top
    expect(page.locator(f"{ROWS} a").first).not_to_have_text(first)
    page.go_back()
    expect(page.locator(f"{ROWS} a").first).to_have_text(first)


def test_columns_are_filtered_by_a_form_and_cleared_by_a_link(page: Page) -> None:
    page.goto("/progetti/opere?page=3")
    page.locator(".column-filters summary").click()
    page.get_by_label("Soggetto attuatore").fill("Politecnico")
    page.locator("#works-funding_from").fill("0,5")
    page.get_by_role("button", name="Filtra").click()
    expect(page).to_have_url(re.compile(r"\?body=Politecnico&funding_from=0%2C5$"))
    expect(page).not_to_have_url(re.compile("page="))
    expect(page.locator(f"{ROWS} td:nth-child(2)").first).to_contain_text(
        re.compile("politecnico", re.IGNORECASE)
    )
    expect(page.locator(".column-filters summary")).to_contain_text("(2)")
    page.locator(".panel-works-find .clear").click()
    expect(page).to_have_url(re.compile(r"/progetti/opere$"))
    expect(page.get_by_label("Soggetto attuatore")).to_have_value("")


def test_a_phone_has_stacked_rows_and_a_menu_to_sort(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/progetti/opere?lang=en&theme=dark")
    menu = page.locator(".sort-menu")
    expect(menu).to_contain_text("Sort by")
    menu.locator("summary").click()
    menu.get_by_role("link", name="paid %").click()
    expect(page).to_have_url(re.compile("sort=-share"))
    share = page.locator(ROWS).first.locator('[data-label="paid %"]')
    expect(share).to_contain_text(re.compile(r"^1\d\d\s%$"))  # the largest first: over 100 %
