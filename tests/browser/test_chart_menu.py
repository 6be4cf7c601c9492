"""The menu of a panel: its table is sorted, its address copied, its chart stands alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

INDICATOR = "/indicatori/mean_taxable_income"
ROWS = "dialog.values tbody tr"


def _open(page: Page, panel: str) -> Locator:
    """Open the menu of a panel by keyboard."""
    menu = page.locator(f"{panel} .chart-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("ul")).to_be_visible()
    return menu


def _values(page: Page, column: int) -> list[str]:
    return page.locator(f"{ROWS} > :nth-child({column + 1})").all_inner_texts()


@pytest.mark.parametrize(("lang", "sign"), [("it", "."), ("en", ",")])
def test_the_table_of_a_chart_is_sorted_by_keyboard(page: Page, lang: str, sign: str) -> None:
    page.goto(f"{INDICATOR}?lang={lang}&map=zone")
    _open(page, ".panel-map").locator("[data-values]").press("Enter")
    dialog = page.locator("dialog.values")
    expect(dialog).to_be_visible()
    head = dialog.locator("th.num")
    expect(head).not_to_have_attribute("aria-sort", re.compile("."))
    for order, is_reversed in (("descending", True), ("ascending", False)):
        head.locator("button").focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", order)
        numbers = [float(text.replace(sign, "")) for text in _values(page, 1)]
        assert len(numbers) == 8
        assert numbers == sorted(numbers, reverse=is_reversed)
    dialog.locator("thead button").first.press("Enter")
    names = _values(page, 0)
    assert names == sorted(names)
    assert dialog.locator("[aria-sort]").count() == 1
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(".panel-map .chart-menu summary")).to_be_focused()


def test_the_link_of_a_panel_leads_to_it(page: Page) -> None:
    page.goto("/progetti")
    page.evaluate("() => { navigator.clipboard.writeText = async (t) => { window.copied = t; }; }")
    _open(page, "#panel-money").locator("[data-copy]").click()
    page.wait_for_function("() => window.copied")
    assert re.search(r"/progetti\?release=[\w-]+#panel-money$", page.evaluate("window.copied"))


def test_a_panel_is_put_aside_for_the_deck_and_shown_on_the_whole_screen(page: Page) -> None:
    page.goto("/progetti/rischi")
    menu = _open(page, "#panel-risk-unfunded")
    menu.locator("[data-shelve]").click()
    expect(menu.locator("[data-shelve]")).to_contain_text("Messa da parte")
    menu.locator("[data-enlarge]").click()
    page.wait_for_function("() => document.fullscreenElement?.id === 'panel-risk-unfunded'")
    page.evaluate("document.exitFullscreen()")
    page.goto("/presentazioni/mia")
    expect(page.locator("#panel-deck-sources")).to_contain_text("Fondi da reperire")


@pytest.mark.parametrize(
    ("panel", "text"), [("map", r"^[A-Z][\w' ]+: [\d.]+ €"), ("trend", r"· 20\d\d: [\d.]+")]
)
def test_a_chart_alone_says_its_values_by_pointer_and_by_keyboard(
    page: Page, server: str, panel: str, text: str
) -> None:
    alone = page.context.new_page()  # without the scripts of the dashboard
    alone.goto(f"{server}/api/charts/{panel}{INDICATOR}.html")
    output = alone.locator("output")
    expect(output).to_contain_text("frecce")
    alone.locator("figure > svg").focus()
    alone.keyboard.press("ArrowRight")
    first = output.inner_text()
    assert re.search(text, first)
    alone.keyboard.press("End")
    expect(output).not_to_have_text(first)
    alone.keyboard.press("Home")
    expect(output).to_have_text(first)
    alone.locator("figure [data-text]").nth(3).hover(force=True)
    expect(output).not_to_have_text(first)
    alone.locator("#values thead button").last.click()
    expect(alone.locator("#values th[aria-sort]")).to_have_count(1)


def test_the_municipalities_of_a_number_open_and_the_focus_returns_to_their_link(
    page: Page,
) -> None:
    page.goto(INDICATOR)
    link = page.locator(".panel-source-of .source [data-values]")
    link.press("Enter")
    expect(page.locator("dialog.values")).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_table_of_places_is_sorted_in_place_and_its_total_stays_last(page: Page) -> None:
    page.goto("/territori/nord-milano")
    table = page.locator(".places-table")
    sort = table.get_by_role("button", name=re.compile("^Ordina per Popolazione residente"))
    values = table.locator("tbody tr > :nth-child(2)")
    for is_reversed in (True, False):
        sort.focus()
        page.keyboard.press("Enter")
        numbers = [int(text.replace(".", "")) for text in values.all_inner_texts()]
        assert numbers == sorted(numbers, reverse=is_reversed)
    expect(table.locator("tr").last).to_contain_text("Nord Milano")


def test_the_compared_municipality_stays_first_while_the_others_are_sorted(page: Page) -> None:
    page.goto("/confronta?territory=milano")
    table = page.locator(".panel-compare-similar table")
    first = table.locator("tr.on th").inner_text()
    table.locator("thead button").first.click()
    assert table.locator("tbody tr").first.locator("th").inner_text() == first
    names = table.locator("tbody").last.locator("th a").all_inner_texts()
    assert names == sorted(names)


def test_a_panel_is_shown_in_the_room_from_the_deck_that_its_menu_fills(page: Page) -> None:
    page.goto(f"{INDICATOR}?territory=milano")
    title = page.locator("h1").inner_text()
    _open(page, ".panel-ranking").locator("[data-shelve]").press("Enter")
    page.goto("/presentazioni/mia")
    page.locator("[data-shelf] button").first.click()
    expect(page).to_have_url(re.compile("deck="))
    page.locator('a[href^="/presenta/presentazioni/mia?deck="]').last.click()
    expect(page).to_have_url(re.compile("/presenta/"))
    slide = page.locator(".slide:not([hidden])")
    expect(slide.locator("h2")).to_have_text(title)
    expect(slide.locator(".slide-figure svg").first).to_be_visible()
    expect(slide).to_have_attribute("data-address", re.compile("territory=milano&panel=ranking$"))
