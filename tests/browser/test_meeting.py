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


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/segni?sign=worse",
        "/progetti?level=operational&area=mobility",
        "/ambiti/environment?lang=en",
        "/territori/nord-milano?theme=dark",
        "/territori/015209",
        "/progetti/remix?at=2023-06-30",
        "/confronta?territory=nord-milano,sud-ovest&indicators=separate_waste_collection",
    ],
)
def test_escape_returns_to_the_exact_address_of_any_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(':is(header, .actions) a[href^="/presenta/"]').last.click()
    expect(page.locator(CURRENT)).to_be_visible()
    expect(page).to_have_url(re.compile("/presenta/"))
    page.keyboard.press("Escape")
    expect(page.locator(".view-meeting")).to_have_count(0)
    expect(page).to_have_url(address)


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


SIZES = [(1920, 1080), (1280, 720), (1024, 768)]
READ_DECKS = """async (addresses) => {
  const deck = document.querySelector(".deck");
  const known = new Set([...deck.children].map((slide) => slide.dataset.address));
  const read = async (address) => (await fetch(address)).text();
  for (const text of await Promise.all(addresses.map(read))) {
    const slides = new DOMParser().parseFromString(text, "text/html").querySelectorAll(".slide");
    for (const slide of slides) {
      if (!known.has(slide.dataset.address)) deck.append(slide);
      known.add(slide.dataset.address);
    }
  }
  return deck.children.length;
}"""
FAULTS = """(screen) => {
  const slides = [...document.querySelectorAll(".slide")];
  const faults = [];
  const style = (element) => getComputedStyle(element);
  const hasText = (node) => node.nodeType === 3 && node.data.trim();
  for (const slide of slides) {
    for (const other of slides) other.hidden = other !== slide;
    const box = slide.getBoundingClientRect();
    const foot = slide.querySelector("footer").getBoundingClientRect();
    const say = (text) => faults.push(`${slide.dataset.address}: ${text}`);
    for (const element of slide.querySelectorAll("*")) {
      const place = element.getBoundingClientRect();
      const isText = place.width && [...element.childNodes].some(hasText);
      if (!isText) continue;
      const text = element.textContent.trim().slice(0, 40);
      if (parseFloat(style(element).fontSize) < box.height / 45) say(`small: ${text}`);
      if (place.left < box.left - 1 || place.right > box.right + 1) say(`cut: ${text}`);
      if (!element.closest("footer") && place.bottom > foot.top + 1) say(`on the foot: ${text}`);
    }
    if (slide.scrollHeight - slide.clientHeight > 1) say("higher than the screen");
    for (const number of slide.querySelectorAll(".big b")) {
      if (parseFloat(style(number).fontSize) < screen / 12) say("small number");
    }
    for (const line of slide.querySelectorAll(".slide-bars line, .bullet line")) {
      if (parseFloat(style(line).strokeWidth) < (4 * box.height) / 1080) say("thin line");
    }
  }
  return faults;
}"""


@pytest.mark.parametrize(
    ("language", "theme"), [("it", "light"), ("en", "dark"), ("it", "contrast")]
)
def test_every_ready_deck_is_readable_from_the_last_row(
    page: Page, language: str, theme: str
) -> None:
    page.goto(f"/presentazioni?lang={language}&theme={theme}")
    links = page.locator("a[href^='/presenta/presentazioni/']").evaluate_all(
        "links => links.map((link) => link.href)"
    )
    page.goto(f"{DECK}?lang={language}&theme={theme}")
    expect(page.locator(CURRENT)).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate(READ_DECKS, links) > len(links) > len(SIZES)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(FAULTS, height) == []


PANELS = (
    "indicatori/separate_waste_collection?territory=sud-est,milano&panel=trend",
    "indicatori/mean_taxable_income?panel=map",
    "confronta?territory=015146,015002&panel=compare_similar",
)
TEXTS = """() => [...document.querySelectorAll(".slide-figure text")].map(
  (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
BARS = """() => [...document.querySelectorAll(".slide-figure .drawn-bar rect")].map(
  (bar) => bar.getBBox().height - bar.getAttribute("height"))"""


def test_the_drawing_of_a_panel_is_readable_from_the_last_row(page: Page) -> None:
    width, height = SIZES[0]
    page.set_viewport_size({"width": width, "height": height})
    bars: list[float] = []
    for address in PANELS:
        page.goto(f"/presenta/{address}")
        expect(page.locator(".slide-figure svg").first).to_be_visible()
        slide = page.locator(CURRENT).bounding_box()
        assert slide is not None
        assert min(page.evaluate(TEXTS)) >= slide["height"] / 45, address
        bars += page.evaluate(BARS)
    assert bars
    assert set(bars) == {0}


def test_a_rotation_leaves_the_page_as_it_was(page: Page) -> None:
    page.clock.install()
    page.goto(DECK)
    expect(page.locator(CURRENT)).to_be_visible()
    session = page.context.new_cdp_session(page)
    counts = []
    page.keyboard.press("p")
    for _ in range(4):
        page.clock.run_for(20 * 60 * 1000)  # 60 slides
        for _ in range(2):  # what the first frees may hold nodes that only the second frees
            session.send("HeapProfiler.collectGarbage")
        counters = session.send("Memory.getDOMCounters")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        counts.append((counters["nodes"], counters["jsEventListeners"], heap))
    # a count may end on either of two states, 8 nodes apart; one that grows is above both
    nodes, listeners, heap = (list(column) for column in zip(*counts, strict=True))
    assert min(nodes[2:]) <= max(nodes[:2])
    assert min(listeners[2:]) <= max(listeners[:2])
    assert heap[-1] <= heap[0] + 500_000
    expect(page.locator(".deck-state")).to_contain_text("rotazione")
    page.keyboard.press("p")
    shown = page.url
    page.clock.run_for(60_000)
    assert page.url == shown
