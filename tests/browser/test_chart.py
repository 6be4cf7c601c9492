"""The trend of an indicator, read with the keyboard, without Plotly until a reader zooms."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

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
