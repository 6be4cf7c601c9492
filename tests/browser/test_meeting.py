"""Meeting mode in a room: keys, address, black screen, presenter's window, lost server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

INDICATOR = "/indicatori/separate_waste_collection?territory=nord-milano"
DECK = "/presenta/presentazioni/piano"
CURRENT = ".slide.current h2"


def test_present_shows_this_page_and_escape_goes_back_to_it(page: Page) -> None:
    page.goto(INDICATOR)
    title = page.locator("h1").inner_text()
    page.locator(".actions .button.solid").click()
    expect(page.locator(CURRENT)).to_have_text(title)
    page.keyboard.press("Escape")
    expect(page).to_have_url(INDICATOR)


def test_keys_of_the_clicker_move_and_the_address_follows(page: Page) -> None:
    page.goto(DECK)
    slides = page.locator(".slide")
    expect(page.locator(CURRENT)).to_be_visible()
    for key, number in (("PageDown", 2), (" ", 3), ("ArrowLeft", 2), ("End", slides.count())):
        page.keyboard.press(key)
        expect(slides.nth(number - 1)).to_have_class(re.compile("current"))
        expect(page).to_have_url(f"{DECK}?slide={number}")
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{DECK}?slide={slides.count()}")
    page.keyboard.press("Home")
    expect(page).to_have_url(DECK)
    page.keyboard.press("b")
    expect(page.locator(CURRENT)).to_be_hidden()
    page.keyboard.press("b")
    expect(page.locator(CURRENT)).to_be_visible()


def test_a_slide_is_opened_by_its_address(page: Page) -> None:
    page.goto(f"{DECK}?slide=3")
    expect(page.locator(".slide").nth(2)).to_have_class(re.compile("current"))


def test_behind_a_slide_nothing_has_the_focus(page: Page) -> None:
    page.goto(DECK)
    expect(page.locator(CURRENT)).to_be_visible()
    expect(page.locator("#chrome")).to_have_attribute("inert", "")
    page.keyboard.press("Escape")
    expect(page.locator(".rail")).to_be_visible()
    expect(page.locator("#chrome")).not_to_have_attribute("inert", "")


def test_slides_need_no_network_once_they_are_loaded(page: Page) -> None:
    page.goto(DECK)
    expect(page.locator(CURRENT)).to_be_visible()
    page.evaluate("document.fonts.ready")
    page.context.set_offline(True)
    for number in range(2, page.locator(".slide").count() + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".slide").nth(number - 1)).to_be_visible()
    page.context.set_offline(False)


def test_the_presenter_is_in_step_with_the_projector(page: Page) -> None:
    page.goto(DECK)
    expect(page.locator(CURRENT)).to_be_visible()
    with page.expect_popup() as popup:
        page.keyboard.press("w")
    presenter = popup.value
    expect(presenter.locator(".slide.coming h2")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(presenter.locator(".slide").nth(1)).to_have_class(re.compile("current"))
    expect(presenter.locator("[data-notes] p").first).to_be_visible()
    presenter.keyboard.press("ArrowRight")
    expect(page.locator(".slide").nth(2)).to_have_class(re.compile("current"))


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
def test_a_slide_is_readable_from_the_last_row(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(DECK)
    expect(page.locator(CURRENT)).to_be_visible()
    smallest = """slide => Math.min(...[...slide.querySelectorAll('*')]
        .filter(e => e.offsetParent && [...e.childNodes].some(n => n.data?.trim()))
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    for number in range(1, page.locator(".slide").count() + 1):
        slide = page.locator(".slide").nth(number - 1)
        expect(slide).to_be_visible()
        # Titles and rows scale with the slide, which leaves a bar of buttons at the foot.
        assert slide.evaluate(smallest) >= slide.evaluate("s => s.clientHeight") / 45
        assert slide.evaluate("s => s.scrollHeight - s.clientHeight") <= 1
        number_size = "s => parseFloat(getComputedStyle(s.querySelector('.big b')).fontSize)"
        if slide.locator(".big b").count():
            assert slide.evaluate(number_size) >= height / 12
        page.keyboard.press("ArrowRight")
