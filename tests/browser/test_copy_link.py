"""The button "Collegamento": it copies the address with its release, or says that it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADDRESS = "/indicatori/mean_taxable_income?territory=nord-milano&lang={lang}"
WITHOUT_CLIPBOARD = (
    "Object.defineProperty(Navigator.prototype, 'clipboard', {get: () => undefined})"
)
WITHOUT_COMMAND = "document.execCommand = () => false"
WORDS = {
    "it": ("Collegamento", "Copiato", "Questo browser non copia"),
    "en": ("Link", "Copied", "This browser does not copy"),
}


def press(page: Page, lang: str) -> str:
    """Press the button and return the address that it should copy."""
    page.goto(ADDRESS.format(lang=lang))
    button = page.get_by_role("button", name=WORDS[lang][0], exact=True)
    release = button.get_attribute("data-release")
    assert release
    button.click()
    return f"{page.url}&release={release}"


def pasted(page: Page) -> str:
    """Paste into the search box and return what comes."""
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.press("Control+v")
    return box.input_value()


def assert_told(page: Page, lang: str) -> None:
    copied = WORDS[lang][1]
    expect(page.get_by_role("status").and_(page.locator("#copied"))).to_have_text(copied)
    expect(page.get_by_role("button", name=copied, exact=True)).to_be_focused()
    expect(page.locator(".not-copied")).to_be_hidden()


@pytest.mark.parametrize("lang", WORDS)
def test_it_copies_by_the_clipboard(page: Page, lang: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = press(page, lang)
    assert_told(page, lang)
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_it_copies_over_plain_http(page: Page) -> None:
    page.add_init_script(WITHOUT_CLIPBOARD)
    address = press(page, "it")
    assert page.evaluate("navigator.clipboard") is None
    assert_told(page, "it")
    assert pasted(page) == address
    page.goto(address)
    expect(page.locator("#main h1")).to_be_visible()
    assert page.locator(".notice").count() == 0  # the release is there


@pytest.mark.parametrize("lang", WORDS)
def test_where_nothing_copies_it_says_so_and_offers_the_address(page: Page, lang: str) -> None:
    page.add_init_script(WITHOUT_CLIPBOARD)
    page.add_init_script(WITHOUT_COMMAND)
    address = press(page, lang)
    label, copied, refused = WORDS[lang]
    field = page.get_by_role("textbox", name=re.compile(refused))
    expect(field).to_be_focused()  # a screen reader reads its label
    expect(field).to_have_value(address)
    assert page.evaluate("getSelection().toString()") == address
    expect(page.locator("#copied")).to_have_text("")
    expect(page.get_by_role("button", name=label, exact=True)).to_be_visible()
    assert page.get_by_role("button", name=copied, exact=True).count() == 0
