"""The map is one stop of the keyboard, and says its values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

INDICATOR = "/indicatori/mean_taxable_income"
FOCUSED = "() => document.activeElement.dataset.key"


@pytest.mark.parametrize("address", [INDICATOR, "/progetti/opere"])
def test_arrows_go_from_place_to_place_and_one_is_a_stop(page: Page, address: str) -> None:
    page.goto(address)
    places, readout = page.locator(".map .places a"), page.locator(".map-readout")
    expect(page.locator(".map .places [tabindex='0']")).to_have_count(1)
    places.first.focus()
    first = readout.inner_text()
    assert first
    keys = {page.evaluate(FOCUSED)}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "End"):
        page.keyboard.press(key)
        keys.add(page.evaluate(FOCUSED))
        expect(page.locator(".map .places [tabindex='0']")).to_be_focused()
        expect(readout).to_have_text(page.evaluate("() => document.activeElement.textContent"))
    assert len(keys) >= 4
    page.keyboard.press("Home")
    expect(readout).to_have_text(first)


def test_a_place_chosen_by_keyboard_keeps_the_focus(page: Page) -> None:
    page.goto(INDICATOR)
    page.locator(".map .places a").first.focus()
    page.keyboard.press("ArrowRight")
    key = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("territory="))
    expect(page.locator(".map .chosen path")).not_to_have_count(0)
    assert page.evaluate(FOCUSED) == key


def test_the_pointer_reads_the_value_below_the_map(page: Page) -> None:
    page.goto(INDICATOR + "?map=zone")
    place = page.locator(".map .places a").nth(3)
    place.hover(force=True)
    expect(page.locator(".map-readout")).to_have_text(re.compile(r"^.+: [\d.]+ €"))
