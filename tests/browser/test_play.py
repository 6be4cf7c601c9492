"""Play over time on the page of an indicator: it moves when asked, stops, and stays quiet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADDRESS = "/indicatori/separate_waste_collection"
SLIDER = "input[data-addresses]"


def test_periods_pass_until_the_last_and_one_step_back_leads_to_the_start(page: Page) -> None:
    page.goto(ADDRESS)
    slider = page.locator(SLIDER)
    last = int(slider.get_attribute("max") or "")
    addresses = (slider.get_attribute("data-addresses") or "").split()
    start = addresses[last - 2]
    page.goto(start)
    button = page.get_by_role("button", name="Scorri i periodi")
    button.focus()
    page.keyboard.press("Enter")
    main = page.locator("#main")
    expect(page.get_by_role("button", name="Ferma")).to_be_focused()
    expect(main).to_have_attribute("aria-busy", "true")
    expect(page.locator(".slider output")).to_have_attribute("aria-live", "off")
    expect(slider).to_have_value(str(last))
    expect(button).to_be_visible()
    expect(main).not_to_have_attribute("aria-busy", "true")
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(start) + "$"))


def test_it_stops_at_once_and_starts_again_from_the_first(page: Page) -> None:
    page.goto(ADDRESS)
    slider = page.locator(SLIDER)
    page.get_by_role("button", name="Scorri i periodi").click()
    expect(slider).to_have_value("0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Scorri i periodi")).to_be_visible()
    value = slider.input_value()
    page.wait_for_timeout(1500)  # longer than a period stays
    expect(slider).to_have_value(value)


def test_with_reduced_motion_each_press_is_one_step(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(ADDRESS)
    slider = page.locator(SLIDER)
    button = page.get_by_role("button", name="Periodo seguente")
    for value in ("0", "1"):
        button.click()
        expect(slider).to_have_value(value)
    page.wait_for_timeout(1500)  # longer than a period stays
    expect(slider).to_have_value("1")
