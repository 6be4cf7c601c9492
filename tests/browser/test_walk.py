"""A reader walks through the pages; the address keeps what was chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.theme import DARK, LIGHT
from dashboard.views import VIEWS

if TYPE_CHECKING:
    from playwright.sync_api import Page

INDICATOR = "/indicatori/mean_taxable_income"
TITLE = '#main h1[data-key="title"]'
PLACES = {
    "/ambiti/{area}": ["/ambiti/economy", "/ambiti/mobility"],
    "/indicatori/{indicator}": [INDICATOR, INDICATOR + "?lang=en&theme=dark&period=2018"],
    "/territori/{territory}": ["/territori/nord-milano", "/territori/015209"],
    "/attori/{actor}": ["/attori/citta-metropolitana-di-milano"],
    "/presentazioni/{deck}": ["/presentazioni/piano"],
    "/progetti/{project}": [],  # reached by the walk: its id is the plan's affair
}
ADDRESSES = [a for view in VIEWS for a in PLACES.get(view.path, [view.path])]
CHOICES = [a for a in ADDRESSES if "?" in a]


def expect_page(page: Page, address: str, words: str = "") -> None:
    """Expect `address` to be drawn: its title, its content, and no panel that failed."""
    expect(page).to_have_url(re.compile(re.escape(address) + r"(\?.*)?$"))
    expect(page.locator(TITLE)).to_contain_text(words)
    expect(page.locator("#main")).not_to_be_empty()
    expect(page.locator("#main .failed")).to_have_count(0)


@pytest.mark.parametrize("address", CHOICES)
def test_a_page_of_which_more_is_chosen_is_drawn(page: Page, address: str) -> None:
    """Every other address is opened by `test_every_width.py`."""
    page.goto(address)
    expect_page(page, address.partition("?")[0])


def test_overview_to_area_to_indicator_to_zone_to_municipality(page: Page) -> None:
    page.goto("/")
    page.locator('#main a[href="/ambiti/economy"]').first.click()
    expect_page(page, "/ambiti/economy")
    page.locator(f'#main a[href="{INDICATOR}"]').first.click()
    expect_page(page, INDICATOR)
    page.locator('[data-key="rank-nord-milano"]').click()
    expect(page).to_have_url(re.compile("territory=nord-milano"))
    page.locator('nav.rail a[href^="/territori"]').click()
    page.locator('#main a[href^="/territori/nord-milano"]:visible').first.click()
    expect_page(page, "/territori/nord-milano", "Nord Milano")
    page.locator('#main a[href^="/territori/015"]:visible').first.click()
    expect(page).to_have_url(re.compile(r"/territori/015\d{3}$"))
    expect(page.locator(TITLE)).not_to_be_empty()


def test_overview_to_projects_to_one_project(page: Page) -> None:
    page.goto("/")
    page.locator('nav.rail a[href="/progetti"]').click()
    expect_page(page, "/progetti")
    page.locator('#main a[href^="/progetti/"]:not([href^="/progetti/opere"])').first.click()
    expect(page).to_have_url(re.compile(r"/progetti/[\w-]+$"))
    expect(page.locator(TITLE)).not_to_be_empty()


def test_the_back_button_and_a_reload_keep_what_was_chosen(page: Page) -> None:
    page.goto(INDICATOR)
    page.locator('[data-key="rank-nord-milano"]').click()
    expect(page).to_have_url(re.compile("territory=nord-milano"))
    page.reload()
    expect(page.locator(".ranking")).to_be_visible()
    expect(page).to_have_url(re.compile("territory=nord-milano"))
    page.locator('nav.rail a[href^="/progetti"]').click()
    expect_page(page, "/progetti")
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(INDICATOR) + r"\?territory=nord-milano"))
    expect(page.locator(".ranking")).to_be_visible()


def test_language_and_theme_are_in_the_address_and_follow_the_reader(page: Page) -> None:
    page.goto("/")
    page.locator('[data-key="lang-en"]').click()
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.locator("nav.rail")).to_contain_text("Overview")
    page.locator('[data-key="theme"]').click()
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    link = page.locator('nav.rail a[href^="/progetti"]')
    expect(link).to_have_attribute("href", re.compile("theme=dark"))
    link.click()
    expect(page).to_have_url(re.compile("/progetti.*lang=en.*theme=dark"))


def test_the_theme_follows_the_system_until_a_reader_chooses_one_for_good(page: Page) -> None:
    background = "getComputedStyle(document.documentElement).getPropertyValue('--bg')"
    page.emulate_media(color_scheme="dark")
    page.goto("/glossario")
    expect(page.locator("html")).to_have_attribute("data-theme", "system")
    assert page.evaluate(background) == DARK["bg"]
    page.locator('[data-key="theme"]').click()
    page.get_by_role("link", name="Chiaro").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.goto("/metodo")  # an address without a theme
    assert page.evaluate(background) == LIGHT["bg"]
    page.locator('[data-key="theme"]').click()
    expect(page.get_by_role("link", name="Chiaro")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Come il sistema").click()
    page.goto("/glossario")
    assert page.evaluate(background) == DARK["bg"]


def test_the_whole_drill_down_from_the_plan_to_a_milestone_and_its_money(page: Page) -> None:
    page.goto("/piano")
    page.get_by_role("link", name="2016-2018").click()
    expect(page).to_have_url(re.compile("cycle=2016-2018"))
    expect(page.locator("#panel-acts")).to_contain_text("27/2016")
    page.get_by_role("link", name="2019-2021", exact=True).click()
    page.locator("#panel-framework").get_by_role("link", name="Smart Land").click()
    expect_page(page, "/progetti/smart-land")
    page.locator("#panel-children").get_by_role("link", name="DECI.METRO").click()
    expect_page(page, "/progetti/op-deci-metro")
    expect(page.locator("#panel-milestones")).to_contain_text("A regime")
    expect(page.locator("#panel-funding")).to_contain_text("PON Metro")
    page.locator("#panel-reports a").last.click()  # as of the first report
    expect(page).to_have_url(re.compile(r"at=20\d\d-"))
    expect(page.locator("#panel-milestones")).to_be_visible()
    page.locator("#panel-actors").get_by_role("link").first.click()
    expect_page(page, "/attori/citta-metropolitana-di-milano")
    page.goto("/progetti?state=late")
    expect(page.locator(".portfolio tbody tr")).to_have_count(4)
    menu = page.locator("details.menu", has=page.locator('[data-key="menu-area"]'))
    menu.locator("summary").click()
    menu.get_by_role("link", name="Sviluppo, formazione e lavoro").click()
    expect(page).to_have_url(re.compile("area=economy.*state=late|state=late.*area=economy"))
