"""A server that dies and comes back: the page stays true, says so and recovers by itself."""

from __future__ import annotations

import os
import re
import signal
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Error, expect

from tests.support.deployment import deploy, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ROME = ZoneInfo("Europe/Rome")
OPENED = datetime(2026, 3, 2, 10, 42, 20, tzinfo=ROME)
LOST = "Il cruscotto non risponde: ciò che si vede è delle {time}. Si riprova da solo."
BACK = "Il cruscotto risponde di nuovo."


@dataclass
class MortalServer:
    """A server of its own port that is killed and started again."""

    config: Path
    port: int
    _running: ExitStack
    _process: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        _, self._process = self._running.enter_context(serving(self.config, port=self.port))

    def kill(self) -> None:
        os.kill(self._process, signal.SIGKILL)


@pytest.fixture
def mortal(deployment: Path, tmp_path: Path) -> Iterator[MortalServer]:
    config = deploy(tmp_path, data=str(deployment.parent / "data"))
    with ExitStack() as running:
        server = MortalServer(config, free_port(), running)
        server.start()
        yield server


@pytest.fixture
def open_page(browser: Browser, mortal: MortalServer) -> Iterator[Callable[[str], Page]]:
    """Open an address at 10:42 in Rome; requests may fail here."""
    with _context(browser, mortal.address) as page:

        def opened(address: str) -> Page:
            page.clock.install(time=OPENED)
            page.goto(address)
            expect(page.locator("#drawn")).to_have_count(0)
            return page

        yield opened


@contextmanager
def _context(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="it-IT", timezone_id="Europe/Rome")
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert faults == []


def path_of(page: Page) -> str:
    return str(page.evaluate("location.pathname + location.search"))


def test_the_page_stays_while_the_server_is_dead_and_follows_when_it_is_back(
    open_page: Callable[[str], Page], mortal: MortalServer
) -> None:
    page = open_page("/territori")
    line = page.get_by_role("status").and_(page.locator("#connection"))
    expect(line).to_have_text("")  # a live region before it says something
    page.clock.fast_forward("10:00")  # of minutes: the line says when the page came
    mortal.kill()
    page.locator(".rail").get_by_role("link", name="Progetti").click()
    expect(line).to_have_text(LOST.format(time="10:42"))
    expect(line).to_be_visible()
    page.locator(".rail").get_by_role("link", name="Dati").click()
    page.clock.run_for(30_000)  # it asks again, and nobody answers
    assert path_of(page) == "/territori"
    expect(page.locator("#main")).to_have_class(re.compile("view-territories"))
    expect(line).to_have_text(LOST.format(time="10:42"))
    mortal.start()
    page.clock.fast_forward("00:20")
    expect(page.locator("#main")).to_have_class(re.compile("view-data"))
    expect(line).to_have_text(BACK)
    assert path_of(page) == "/dati"  # the page that was asked for last
    page.clock.run_for(9_000)
    expect(line).to_have_text("")
    page.go_back()
    expect(page.locator("#main")).to_have_class(re.compile("view-territories"))
    assert path_of(page) == "/territori"  # a page that never came is not in the history


def test_back_without_an_answer_returns_the_address_to_the_page(
    open_page: Callable[[str], Page], mortal: MortalServer
) -> None:
    page = open_page("/territori")
    page.locator(".rail").get_by_role("link", name="Dati").click()
    expect(page).to_have_url(re.compile("/dati$"))
    mortal.kill()
    page.go_back(wait_until="commit")
    expect(page.locator("#connection")).to_contain_text("non risponde")
    expect(page).to_have_url(re.compile("/dati$"))
    expect(page.locator("#main")).to_have_class(re.compile("view-data"))
    mortal.start()
    page.clock.fast_forward("00:20")
    expect(page.locator("#main")).to_have_class(re.compile("view-territories"))
    expect(page).to_have_url(re.compile("/territori$"))
    page.go_forward(wait_until="commit")
    expect(page.locator("#main")).to_have_class(re.compile("view-data"))
    expect(page).to_have_url(re.compile("/dati$"))


def test_a_question_typed_while_the_server_is_dead_is_answered_when_it_is_back(
    open_page: Callable[[str], Page], mortal: MortalServer
) -> None:
    page = open_page("/metodo?lang=en")
    mortal.kill()
    page.get_by_role("combobox").press_sequentially("legnano")
    page.clock.run_for(2_000)
    line = page.locator("#connection")
    expect(line).to_have_text(
        "The dashboard does not answer: what you see is from 10:42. It is trying again."
    )
    mortal.start()
    page.clock.fast_forward("00:20")
    expect(page.locator("#search-results [role=option]").first).to_contain_text("Legnano")
    expect(line).to_have_text("The dashboard answers again.")


def test_a_network_that_returns_is_noticed(
    open_page: Callable[[str], Page], mortal: MortalServer
) -> None:
    page = open_page("/territori")
    page.context.set_offline(True)
    page.locator(".rail").get_by_role("link", name="Dati").click()
    expect(page.locator("#connection")).to_have_text(LOST.format(time="10:42"))
    assert path_of(page) == "/territori"
    page.context.set_offline(False)
    expect(page.locator("#main")).to_have_class(re.compile("view-data"))
    expect(page.locator("#connection")).to_have_text(BACK)
    assert page.url == f"{mortal.address}/dati"


def test_a_deck_that_was_open_is_reloaded_while_the_server_is_dead_and_no_other_page_is(
    open_page: Callable[[str], Page], mortal: MortalServer
) -> None:
    page = open_page("/presentazioni/piano")
    page.goto("/presenta/presentazioni/piano")
    expect(page.locator("html")).to_have_attribute("data-stored", re.compile("piano$"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("slide=2$"))
    count, title = page.locator(".slide").count(), page.locator(".slide.current h2").inner_text()
    mortal.kill()
    page.reload(wait_until="commit")
    expect(page.locator(".slide.current h2")).to_have_text(title)
    for number in range(3, count + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".slide").nth(number - 1)).to_be_visible()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto("/presentazioni/piano")
