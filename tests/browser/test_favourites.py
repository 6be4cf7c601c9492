"""The reader's own territories: starred, first in lists, and never sent to the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CARDS = "[data-territory].place-card h2 a"


def test_a_starred_territory_comes_first_and_can_be_removed(page: Page) -> None:
    page.goto("/territori")
    cards = page.locator(CARDS)
    names = cards.all_inner_texts()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    star = page.get_by_role("button", name=f"{names[-1]} fra i miei territori")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    expect(cards).to_have_text([names[-1], *names[:-1]])
    mine = page.get_by_role("navigation", name="I miei territori")
    expect(mine.get_by_role("link")).to_have_text([names[-1]])
    star.click()
    expect(cards).to_have_text(names)
    expect(mine).to_be_hidden()
    assert requests == []


def test_a_page_makes_its_territory_mine_and_the_overview_starts_with_it(page: Page) -> None:
    page.goto("/territori/sud-ovest?lang=en")
    button = page.get_by_role("button", name="My territory")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/?lang=en")
    head = page.locator(".matrix thead th")
    expect(head.first).to_have_text("Sud Ovest")
    cell = page.locator(".matrix tbody td").first.get_by_role("link")
    assert "territory=sud-ovest" in (cell.get_attribute("href") or "")
    page.get_by_role("navigation", name="My territories").get_by_role("link").click()
    expect(page).to_have_url("/territori/sud-ovest?lang=en")
    expect(page.get_by_role("button", name="My territory")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_without_scripts_no_star_is_offered(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/territori")
    expect(page.locator(CARDS).first).to_be_visible()
    assert page.locator("[data-favourite]").count()
    expect(page.locator("[data-favourite]:visible")).to_have_count(0)
    context.close()


def test_what_another_hand_wrote_among_my_territories_is_not_a_link(page: Page) -> None:
    page.goto("/territori")
    page.evaluate(
        """localStorage.setItem('my-territories', JSON.stringify([
            {code: 'a', name: 'A', address: 'javascript:alert(1)'},
            {code: 'b', name: 'B', address: '//example.org/territori/015146'},
            {code: 'c', address: '/territori/015146'}, 'd', null]))"""
    )
    page.reload()
    expect(page.locator(CARDS).first).to_be_visible()
    expect(page.locator("[data-favourites]")).to_be_hidden()


def test_municipalities_have_a_star_in_lists_and_come_first_in_the_picker(page: Page) -> None:
    page.goto("/territori")
    page.locator(".all-places").get_by_role("button", name="Bresso fra i miei territori").click()
    page.goto("/territori/nord-milano")
    row = page.locator(".places-table tr", has_text="Bresso")
    expect(row.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    page.locator(".places-table tr", has_text="Cormano").get_by_role("button").click()
    page.goto("/confronta?territory=015086")
    group = page.locator("#add-territory [data-favourite-options]")
    expect(group).to_be_attached()
    assert group.locator("option").all_inner_texts() == ["Bresso"]
    chosen = page.locator(".pick", has_text="Cormano").get_by_role("button")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    page.locator("#add-territory").select_option("Bresso")
    page.locator("form.add button[data-key='add-territory']").click()
    expect(page.locator(".pick", has_text="Bresso")).to_be_visible()
    expect(group.locator("option")).to_have_count(0)


def test_the_star_of_an_only_municipality_is_that_of_its_zone(page: Page) -> None:
    page.goto("/territori")
    page.evaluate(
        """localStorage.setItem('my-territories', JSON.stringify([
            {code: '015146', name: 'Milano', address: '/territori/015146'}]))"""
    )
    page.reload()
    star = page.get_by_role("button", name="Milano fra i miei territori", exact=True)
    expect(star).to_have_attribute("aria-pressed", "true")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("localStorage.getItem('my-territories')") is None
