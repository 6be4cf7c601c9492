"""Help on keys: `?` opens it on every page and in a meeting; single keys can be turned off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

HELP = "dialog.keys-help"
INDICATOR = "/indicatori/mean_taxable_income"  # has dialogs of its own


@pytest.mark.parametrize("address", ["/novita", INDICATOR, "/presenta/presentazioni/piano?lang=en"])
def test_a_question_mark_opens_the_same_help_and_escape_closes_it(page: Page, address: str) -> None:
    page.goto(address)
    help_ = page.locator(HELP)
    expect(help_).to_be_hidden()
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    assert page.evaluate(f"document.querySelector('{HELP}').contains(document.activeElement)")
    expect(help_.get_by_text("PgDn")).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()


def test_keys_of_one_character_are_turned_off_and_the_button_still_opens_the_help(
    page: Page,
) -> None:
    page.goto("/novita")
    box = page.get_by_role("combobox", name="Cerca un indicatore")
    box.fill("?")
    expect(page.locator(HELP)).to_be_hidden()
    box.fill("")
    box.blur()
    page.locator("[data-keys-help]").click()
    page.get_by_label("un solo carattere").uncheck()
    page.locator(HELP).get_by_role("button").click()
    for key in ("?", "/"):
        page.keyboard.press(key)
        expect(page.locator(HELP)).to_be_hidden()
        expect(box).not_to_be_focused()
    page.reload()
    page.locator("[data-keys-help]").click()
    expect(page.get_by_label("un solo carattere")).not_to_be_checked()
