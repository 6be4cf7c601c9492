"""The map of a country: very many places are a few paths, and one link that becomes any of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from lxml import html
from playwright.sync_api import expect

from bench import building
from bench.country import Country
from bench.national_pages import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

COUNTRY = Country(municipalities=1_225, provinces=49, indicators=2, years=21)
INDICATOR = "/indicatori/i001"
CLASSES = {"c1", "c2", "c3", "c4", "c5", "nodata"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A country of its own instead of the shipped figures."""
    folder: Path = tmp_path_factory.mktemp("country")
    COUNTRY.write_figures(folder)
    building.run(COUNTRY, folder)
    with serving(COUNTRY, folder) as (address, _):
        yield address


def test_without_scripts_the_document_has_one_path_for_each_class(server: str) -> None:
    with urlopen(server + INDICATOR) as answer:
        page = html.fromstring(answer.read())
    paths = page.xpath("//svg[@class='map']/g[@class='places']/*")
    assert {path.get("class") for path in paths} == CLASSES
    assert sum(path.get("d").count("z") for path in paths) == COUNTRY.municipalities
    assert not page.xpath("//svg[@class='map']//use[contains(@href, '/shapes/')]")


def test_the_scripts_fetch_what_the_places_say_when_a_reader_reaches_for_them(server: str) -> None:
    with urlopen(f"{server}/_page/-{INDICATOR}") as answer:
        tree = answer.read().decode()
    with urlopen(f"{server}/_places/-{INDICATOR}") as answer:
        cells = json.load(answer)
    assert len(cells) == COUNTRY.municipalities
    assert all(text.startswith(f"{code}: ") for code, (_, text) in cells.items())
    steps = re.search(r'"steps":"(\d+)"', tree)
    assert steps
    assert steps[1] == "".join(str(step or 0) for step, _ in cells.values())
    spoken = [code for code in cells if f"{code}: " in tree]
    assert spoken == [min(cells)]


def test_one_link_becomes_the_place_under_the_pointer_or_in_focus(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(INDICATOR)
    drawing, readout = page.locator("svg.map"), page.locator(".map-readout")
    link = drawing.locator(".places a")
    expect(link).to_have_count(1)
    assert not [address for address in fetched if "/shapes/" in address or "/_places/" in address]
    drawing.hover()
    expect(readout).to_have_text(re.compile(r"^\d{6}: "))
    pointed = readout.inner_text()
    expect(link.locator("title")).to_have_text(pointed)
    page.mouse.move(*_inside(page, 0.2))
    expect(readout).not_to_have_text(pointed)
    link.focus()
    texts = set()
    for key in ("Home", "ArrowRight", "ArrowUp", "End"):
        page.keyboard.press(key)
        expect(readout).to_have_text(link.locator("title").text_content() or "")
        expect(link).to_be_focused()
        texts.add(readout.inner_text())
    assert len(texts) == 4
    page.keyboard.press("Home")
    expect(readout).to_have_text(re.compile("^000000: "))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"territory=p000$"))
    expect(drawing.locator(".chosen path")).to_have_count(1)


def test_another_indicator_recolours_the_places_and_a_touch_follows_one(page: Page) -> None:
    page.goto(INDICATOR)
    first = page.locator("svg.map .places .c1")
    before = first.get_attribute("d")
    page.evaluate("window.dashboard.go('/indicatori/i002')")
    expect(page).to_have_url(re.compile("i002$"))
    expect(first).not_to_have_attribute("d", before or "")
    assert page.locator("svg.map .places > path").count() == len(CLASSES)
    page.locator("svg.map").dispatch_event("click", {"clientX": 0, "clientY": 0})
    expect(page).to_have_url(re.compile("i002$"))  # that point is beside the map
    across, down = _inside(page, 0.5)
    first.dispatch_event("click", {"clientX": across, "clientY": down})
    expect(page).to_have_url(re.compile(r"i002\?territory=p\d{3}$"))


def _inside(page: Page, share: float) -> tuple[float, float]:
    """Return a point of the map, `share` of its size from its left and upper edge."""
    box = page.locator("svg.map .places").bounding_box()
    assert box
    return box["x"] + share * box["width"], box["y"] + share * box["height"]


def test_a_reader_of_very_many_lines_gets_the_text_of_each_point(page: Page) -> None:
    page.goto(INDICATOR)
    circles = page.locator("#trend .points circle")
    expect(page.locator("#trend [data-points]")).to_have_count(COUNTRY.provinces)
    expect(circles).to_have_count(COUNTRY.years)  # of the country's own line
    page.locator("#trend .line-chart").focus()
    page.keyboard.press("ArrowLeft")
    expect(circles).to_have_count(COUNTRY.years * (COUNTRY.provinces + 1))
    readout = page.locator("#trend output, .panel-trend output").first
    page.keyboard.press("End")
    expect(readout).to_contain_text(f"{COUNTRY.first + COUNTRY.years - 1}: ")
    page.keyboard.press("ArrowUp")
    above = readout.inner_text()
    page.keyboard.press("ArrowUp")
    expect(readout).not_to_have_text(above)
