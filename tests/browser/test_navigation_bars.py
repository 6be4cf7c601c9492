"""Navigation of a laptop and of a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_the_rail_of_a_laptop_has_icons_whose_names_come_with_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/")
    area = page.locator('.rail a[href="/ambiti/environment"]')
    name = area.get_by_text("Sostenibilità ambientale e Parchi")
    expect(name).not_to_be_in_viewport()
    area.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(name).to_be_in_viewport()


def test_a_phone_has_at_most_five_items_and_the_others_under_more(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    items = page.locator(".bottom > a, .bottom > details")
    expect(items.last).to_have_text("Altro", use_inner_text=True)
    assert items.count() <= 5
    items.last.click()
    page.locator(".bottom").get_by_role("link", name="Piano e processo").click()
    expect(page).to_have_url("/piano")
    expect(page.locator(".bottom summary")).to_have_class("on")
