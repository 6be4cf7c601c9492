"""Pages on paper: everything that a reader sees on screen, in light colours, with its address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PAGES = [
    "/", "/ambiti/environment", "/indicatori/separate_waste_collection", "/progetti",
    "/progetti/remix", "/progetti/opere", "/territori/nord-milano", "/segni", "/dati",
    "/confronta?territory=nord-milano,sud-ovest&indicators=separate_waste_collection",
]  # fmt: skip
CUT = """() => {
  const right = document.documentElement.clientWidth + 1;
  const cuts = new Set();
  for (const element of document.querySelectorAll("main *")) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const name = `${element.tagName}.${element.getAttribute("class")}`;
    if (!element.ownerSVGElement && box.right > right) cuts.add(`${name}: beyond the paper`);
    const style = getComputedStyle(element);
    const hides = (way) => style[`overflow${way}`] !== "visible";
    const isWide = element.scrollWidth > element.clientWidth + 2 && hides("X");
    const isHigh = element.scrollHeight > element.clientHeight + 2 && hides("Y");
    if (isWide || isHigh) cuts.add(`${name}: scrolls`);
  }
  return [...cuts];
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_is_light_and_fits_the_paper(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1039, "height": 680})  # A4 landscape within its margins
    page.goto(path + ("&" if "?" in path else "?") + "theme=dark")
    expect(page.locator("h1")).to_be_visible()
    page.emulate_media(media="print")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
    assert page.evaluate(ink) == "#1A1A1A"
    for hidden in (".bar", ".rail", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1039
    assert page.evaluate(CUT) == []


def test_closed_lists_are_open_on_paper_and_menus_are_not_there(page: Page) -> None:
    page.goto("/progetti")
    expect(page.locator(".panel-portfolio")).to_be_visible()
    page.emulate_media(media="print")
    for menu in page.locator("main .drop").all():
        expect(menu).to_be_hidden()
    page.goto("/indicatori/separate_waste_collection")
    expect(page.locator(".panel-table tbody tr").first).to_be_visible()


def test_a_map_and_its_dots_are_on_one_sheet_and_a_total_is_printed_once(page: Page) -> None:
    page.set_viewport_size({"width": 880, "height": 680})  # one column, as a printer has it
    page.goto("/indicatori/mean_taxable_income?territory=nord-milano")
    expect(page.locator(".dot-row").first).to_be_visible()
    page.emulate_media(media="print")
    panel = page.locator(".panel-map").bounding_box()
    assert panel is not None
    assert panel["height"] <= 680
    total = "getComputedStyle(document.querySelector('.panel-drivers tfoot')).display"
    assert page.evaluate(total) == "table-row-group"  # a footer is repeated on every sheet
    for switch in page.locator(".panel-trend .head a").all():
        expect(switch).to_be_hidden()


def test_what_a_point_says_under_the_pointer_is_not_on_paper(page: Page) -> None:
    page.goto("/indicatori/mean_taxable_income")
    page.locator("#trend .line-chart").focus()
    page.keyboard.press("ArrowLeft")
    readouts = page.locator(".readout, .map-readout")
    expect(readouts.first).to_be_visible()
    page.emulate_media(media="print")
    for readout in readouts.all():
        expect(readout).to_be_hidden()


def test_paper_names_what_is_compared_and_has_every_report(page: Page) -> None:
    page.goto(PAGES[-1])
    expect(page.locator("h1")).to_be_visible()
    page.emulate_media(media="print")
    for place in ("Nord Milano", "Sud Ovest"):
        expect(page.locator(".pick", has_text=place).first).to_be_visible()
    page.goto("/progetti/remix")
    reports = page.locator(".reported li")
    bottom = page.locator(".reported").bounding_box()
    last = reports.last.bounding_box()
    assert bottom
    assert last
    assert last["y"] + last["height"] <= bottom["y"] + bottom["height"] + 1


def test_the_margins_of_the_paper_have_name_release_and_address(page: Page) -> None:
    page.goto("/territori/nord-milano")
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    margin = "document.documentElement.style.getPropertyValue('--print-{}')"
    assert "Nord Milano" in page.evaluate(margin.format("name"))
    assert re.search(r"\d{4} · stampato il ", page.evaluate(margin.format("day")))
    assert "/territori/nord-milano" in page.evaluate(margin.format("address"))
