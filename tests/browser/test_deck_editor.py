"""The editor of a deck: pages set aside, order by keys, texts that are never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from pathlib import Path

EDITOR = "/presentazioni/mia"
SLIDES = ".deck-strip li button"
FILE = "title: Dal file\npages:\n  - address: /piano\n  - address: /progetti\n"


def test_a_deck_is_made_of_pages_set_aside_and_ordered_by_keys(page: Page) -> None:
    for address in ("/piano", "/indicatori/separate_waste_collection?territory=nord-milano"):
        page.goto(address)
        page.locator(".actions [data-shelve]").click()
        expect(page.locator(".actions [data-shelve]")).to_contain_text("Messa da parte")
    page.goto(EDITOR)
    expect(page.locator("[data-shelf] li")).to_have_count(3)  # two pages, and the button for none
    expect(page.locator("[data-shelf-empty]")).to_be_hidden()
    for count in (1, 2):
        page.locator(f"[data-key=deck-shelf-{count - 1}]").click()
        expect(page.locator(SLIDES)).to_have_count(count)
    page.locator("#deck-title").fill("Giunta")
    page.locator("#deck-notes").fill("Prima nota")
    page.locator("[data-key=deck-up]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(SLIDES).first).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-key=deck-up]")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Giunta")
    expect(page.locator("#deck-notes")).to_have_value("Prima nota")
    address = page.url
    page.reload()
    expect(page).to_have_url(address)
    expect(page.locator(SLIDES)).to_have_count(2)
    page.locator(".actions .button.solid").click()
    expect(page.locator(".slide")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(SLIDES)).to_have_count(2)


def test_a_file_is_opened_and_a_wrong_one_changes_nothing(page: Page, tmp_path: Path) -> None:
    good, wrong = tmp_path / "good.yaml", tmp_path / "wrong.yaml"
    good.write_text(FILE, encoding="utf-8")
    wrong.write_text(FILE.replace("address", "adress"), encoding="utf-8")
    page.goto(EDITOR)
    page.locator("[data-deck-open]").set_input_files(good)
    expect(page.locator("h1")).to_have_text("Dal file")
    page.locator("#deck-notes").fill("Da non perdere")
    page.locator("[data-deck-open]").set_input_files(wrong)
    expect(page.locator("[data-deck-fault]")).to_contain_text("YAML:3")
    expect(page.locator(SLIDES)).to_have_count(2)
    expect(page.locator("#deck-notes")).to_have_value("Da non perdere")
