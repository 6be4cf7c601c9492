"""An executive compares territories, and asks what explains a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from warehouse.query.store import Store

WASTE = "separate_waste_collection"


def _printed(store: Store, territory: str, period: str) -> str:
    rows = store.rows("series", indicators=[WASTE], territories=[territory])
    (value,) = (row["value"] for row in rows if row["period"] == period)
    return f"{value:.1f}".replace(".", ",")


def test_from_an_indicator_to_the_comparison_with_one_more_territory(
    page: Page, release: Store
) -> None:
    page.goto(f"/indicatori/{WASTE}?territory=nord-milano")
    page.locator('[data-key="compare"]').click()
    expect(page).to_have_url(re.compile(rf"/confronta\?territory=nord-milano&indicators={WASTE}$"))
    page.locator("#add-territory").select_option("sud-ovest")
    page.locator('button[data-key="add-territory"]').click()
    expect(page.locator(".picks .chip")).to_have_count(3)  # two territories and an indicator
    row = page.locator(".panel-compare-table tbody tr").first
    for territory in ("nord-milano", "sud-ovest", "cm-milano"):
        expect(row).to_contain_text(_printed(release, territory, "2024"))
    expect(page.locator("h1")).to_contain_text(_printed(release, "sud-ovest", "2024"))
    page.locator('[data-key="values-index"]').click()
    expect(page).to_have_url(re.compile("values=index"))
    expect(page.locator(".panel-compare-over-time .head")).to_contain_text("2022 = 100")
    page.go_back()
    page.locator('[data-key="place-nord-milano"]').click()
    expect(page.locator(".picks .chip")).to_have_count(2)
    page.locator('[data-key="criterion-income"]').click()
    expect(page).to_have_url(re.compile("criteria=size,density,age,containment"))


def test_the_parts_of_a_change_are_beside_the_values_of_the_store(
    page: Page, release: Store
) -> None:
    page.goto(f"/indicatori/{WASTE}?territory=nord-milano")
    panel = page.locator(".panel-drivers")
    foot = panel.locator("tfoot")
    before, after = (_printed(release, "nord-milano", year) for year in ("2023", "2024"))
    expect(foot).to_contain_text(f"{before} → {after}")
    panel.locator('[data-key="menu-since"]').click()
    panel.get_by_role("link", name="2022").click()
    expect(page).to_have_url(re.compile("since=2022"))
    expect(foot).to_contain_text(f"{_printed(release, 'nord-milano', '2022')} → {after}")


def test_events_are_hidden_by_a_link_and_the_next_indicator_is_one_click_away(page: Page) -> None:
    page.goto(f"/indicatori/{WASTE}")
    expect(page.locator(".events span").first).to_contain_text("D.M. 26 maggio 2016")
    page.locator('[data-key="events"]').click()
    expect(page.locator(".events")).to_have_count(0)
    expect(page).to_have_url(re.compile("events=off"))
    near = page.locator(".near a").last
    title = near.inner_text()[:-2]
    near.click()
    expect(page).not_to_have_url(re.compile(WASTE))
    expect(page.locator(".near a").first).not_to_have_text(title)
