"""The trend of an indicator, read with the keyboard, without Plotly until a reader zooms."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.theme import THEMES

INDICATOR = "/indicatori/separate_waste_collection"


def test_the_trend_is_drawn_without_plotly_until_a_reader_zooms(page: Page) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(INDICATOR)
    expect(page.locator(".line-chart")).to_be_visible()
    assert not [address for address in addresses if "plotly" in address]
    page.locator('[data-key="chart-kind"]').click()
    expect(page.locator("#zoom .js-plotly-plot")).to_be_visible()
    expect(page).to_have_url(re.compile("chart=zoom"))
    page.locator('[data-key="chart-kind"]').click()
    expect(page.locator(".line-chart")).to_be_visible()


def test_the_zoomed_chart_of_a_phone_leaves_the_names_to_the_list_below(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{INDICATOR}?chart=zoom")
    plot, names = page.locator("#zoom .nsewdrag"), page.locator("#zoom .textpoint")
    expect(plot).to_be_visible()
    expect(names).to_have_count(0)
    names_below = (
        page.locator("#trend-foot")
        .get_by_role("list")
        .filter(has_text=re.compile(r"Nord Milano\s*67,7"))
    )
    expect(names_below).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(names).not_to_have_count(0)
    for name in names.all():
        expect(name).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(names).to_have_count(0)
    box, drawing = plot.bounding_box(), page.locator("#zoom").bounding_box()
    assert box
    assert drawing
    assert box["width"] > 0.7 * drawing["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_zoomed_chart_has_the_colours_of_the_theme_that_the_page_has(
    page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{INDICATOR}?chart=zoom")
    names = page.locator("#zoom .textpoint text")
    expect(names.first).to_be_visible()
    colours = {THEMES[scheme]["ink"], THEMES[scheme]["ink2"]}
    for name in names.all():
        expect(name).to_have_css("fill", re.compile("|".join(map(_rgb, colours))))
    other: Literal["light", "dark"] = "dark" if scheme == "light" else "light"
    page.emulate_media(color_scheme=other)
    expect(names.first).to_have_css("fill", re.compile(_rgb(THEMES[other]["ink2"])))


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return re.escape(f"rgb({red}, {green}, {blue})")


def test_a_chart_to_zoom_into_whose_script_does_not_arrive_says_what_to_do(
    browser: Browser, server: str
) -> None:
    page = browser.new_page(base_url=server, locale="it-IT")
    page.route("**/bundle/plotly-*.js", lambda route: route.abort())
    page.goto(f"{INDICATOR}?chart=zoom")
    expect(page.get_by_role("alert").filter(has_text="torna al disegno")).to_be_visible()
    page.unroute("**/bundle/plotly-*.js")
    page.locator('[data-key="chart-kind"]').click()
    expect(page.locator(".line-chart")).to_be_visible()
    page.locator('[data-key="chart-kind"]').click()
    expect(page.locator("#zoom .js-plotly-plot")).to_be_visible()
    page.close()


def test_arrows_read_the_points_of_the_trend_and_enter_highlights_a_line(page: Page) -> None:
    page.goto(INDICATOR)
    chart, readout = page.locator(".line-chart"), page.locator(".readout")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(readout).to_have_text("Area metropolitana · 2024: 69,0")
    page.keyboard.press("ArrowLeft")
    expect(readout).to_have_text("Area metropolitana · 2023: 68,7")
    page.keyboard.press("ArrowUp")
    expect(readout).to_have_text("Nord Milano · 2023: 69,2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("territory=nord-milano"))
    expect(chart).to_be_focused()


def test_the_point_near_the_pointer_says_its_value(page: Page) -> None:
    page.goto(INDICATOR)
    page.locator('.line-chart circle[data-text="Milano · 2024: 63,3"]').hover(force=True)
    expect(page.locator(".readout")).to_have_text("Milano · 2024: 63,3")
    page.mouse.move(2, 2)
    expect(page.locator(".readout")).to_be_hidden()


def test_the_menu_says_whether_the_chart_can_be_embedded(page: Page) -> None:
    page.goto(INDICATOR)
    page.locator('[data-key="chart-menu-ranking"]').click()
    page.locator('[data-key="chart-embed-ranking"]').click()
    dialog = page.locator("#embed-code")
    expect(dialog).to_contain_text("non permette di mostrarlo dentro altre pagine")
    dialog.get_by_role("button", name="Chiudi").click()
    expect(dialog).to_be_hidden()
    expect(page.locator('[data-key="chart-menu-ranking"]')).to_be_focused()
