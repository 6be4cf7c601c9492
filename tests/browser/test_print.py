"""Pages on paper: everything that a reader sees on screen, in light colours, with its address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PAGES = ["/", "/ambiti/environment", "/indicatori/separate_waste_collection", "/progetti"]


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_is_light_and_fits_the_paper(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1039, "height": 680})  # A4 landscape within its margins
    page.goto(path + "?theme=dark")
    expect(page.locator("h1")).to_be_visible()
    page.emulate_media(media="print")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
    assert page.evaluate(ink) == "#1A1A1A"
    for hidden in (".bar", ".rail", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1039


def test_closed_lists_are_open_on_paper_and_menus_are_not_there(page: Page) -> None:
    page.goto("/progetti")
    expect(page.locator(".panel-portfolio")).to_be_visible()
    page.emulate_media(media="print")
    for menu in page.locator("main .drop").all():
        expect(menu).to_be_hidden()
    page.goto("/indicatori/separate_waste_collection")
    expect(page.locator(".panel-table tbody tr").first).to_be_visible()


def test_the_margins_of_the_paper_have_name_release_and_address(page: Page) -> None:
    page.goto("/territori/nord-milano")
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    margin = "document.documentElement.style.getPropertyValue('--print-{}')"
    assert "Nord Milano" in page.evaluate(margin.format("name"))
    assert re.search(r"\d{4} · stampato il ", page.evaluate(margin.format("day")))
    assert "/territori/nord-milano" in page.evaluate(margin.format("address"))
