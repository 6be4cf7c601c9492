"""The search box by keyboard and by mouse, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

OPTION = "#search-results [role=option]"


def test_slash_arrows_and_enter_open_a_result(page: Page) -> None:
    page.goto("/?theme=dark")
    expect(page.locator("#main h1")).to_be_visible()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Cerca un indicatore")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("milano")
    expect(page.locator("#search-status")).to_have_text(re.compile(r"^\d+ risultati$"))
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(OPTION).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    expect(page.locator(OPTION).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/territori/[\w-]+\?theme=dark$"))
    expect(box).to_have_value("")
    expect(page.locator(".search-results")).to_be_hidden()


def test_enter_opens_the_first_result_even_before_it_is_shown(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.fill("medio imponibile")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/indicatori/mean_taxable_income$"))
    expect(page.locator("#main h1")).to_be_focused()


def test_escape_closes_then_clears_and_tab_leaves(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.fill("rho")
    expect(page.locator(OPTION).first).to_contain_text("Rho")
    box.press("Escape")
    expect(page.locator(".search-results")).to_be_hidden()
    expect(box).to_have_value("rho")
    box.press("ArrowDown")
    expect(page.locator(OPTION).first).to_be_visible()
    box.press("Tab")
    expect(page.locator(".search-results")).to_be_hidden()
    expect(box).not_to_be_focused()
    box.focus()
    box.press("Escape")
    expect(box).to_have_value("")


def test_a_click_opens_a_result_and_an_empty_answer_has_a_message(page: Page) -> None:
    page.goto("/?lang=en")
    box = page.get_by_role("combobox", name="Find an indicator")
    box.fill("qwxz")
    expect(page.locator(".search-results .nothing")).to_have_text("Nothing found")
    box.fill("house prices")
    option = page.get_by_role("option", name="Mean house price")
    option.click()
    expect(page).to_have_url(re.compile(r"/indicatori/mean_house_price\?lang=en$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))


def test_typing_asks_the_server_one_question_at_a_time(page: Page) -> None:
    open_questions: set[str] = set()
    most = 0

    def begin(request: Request) -> None:
        nonlocal most
        if "/api/search" in request.url:
            open_questions.add(request.url)
            most = max(most, len(open_questions))

    page.on("request", begin)
    page.on("requestfinished", lambda request: open_questions.discard(request.url))
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("raccolta differenziata", delay=20)
    expect(page.locator(OPTION).first).to_contain_text("Raccolta differenziata")
    assert most == 1


def test_recent_choices_are_offered_bounded_kept_in_this_browser_and_forgotten(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.focus()
    expect(page.locator(".search-results")).to_be_hidden()  # nothing was chosen yet
    for place in ("rho", "segrate", "legnano", "cinisello balsamo", "rozzano", "melzo", "opera"):
        box.fill(place)
        box.press("Enter")
        expect(box).to_have_value("")
    page.goto("/?lang=en&theme=dark")
    page.keyboard.press("/")
    expect(page.get_by_role("group", name="Recent choices")).to_be_visible()
    offered = page.locator(OPTION)
    expect(offered).to_have_count(7)  # six, and the one that forgets them
    newest, oldest = offered.first, offered.nth(5)
    expect(newest).to_contain_text("Opera")
    expect(oldest).not_to_contain_text("Rho")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/territori/\d{6}\?lang=en&theme=dark$"))
    box.focus()
    page.get_by_role("option", name="Forget the recent choices").click()
    expect(page).to_have_url(re.compile(r"/territori/\d{6}\?lang=en&theme=dark$"))
    box.focus()
    expect(page.locator(".search-results")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('search-recent')") is None


def test_what_another_hand_wrote_among_the_recent_choices_is_not_offered(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        """localStorage.setItem('search-recent', JSON.stringify([
        {address: 'javascript:alert(1)', label: 'x', note: ''},
        {address: '//elsewhere.example/', label: 'x', note: ''}, 7,
        {address: '/territori/nord-milano', label: 'Nord Milano', note: ''}]))"""
    )
    page.get_by_role("combobox").focus()
    expect(page.locator(OPTION)).to_have_count(2)
    expect(page.locator(OPTION).first).to_have_attribute("href", "/territori/nord-milano")


def test_typing_errors_pages_and_the_glossary_are_found(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    for question, address in (
        ("racolta diferenziata", "/indicatori/separate_waste_collection"),
        ("affidabilita", "/glossario#term-reliability"),
        ("confrnta", "/confronta"),
    ):
        box.fill(question)
        option = page.locator(OPTION).filter(has=page.locator("span")).first
        expect(option).to_have_attribute("href", re.compile(f"^{address}"))
