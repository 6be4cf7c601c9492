"""A real Chromium whose every page must end with no console error and no outside request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.chromium import outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

PATIENCE = 20_000  # ms: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page with a profile of its own; relative addresses are the dashboard's."""
    context = browser.new_context(
        base_url=server, locale="it-IT", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []

    def note_error(message: ConsoleMessage) -> None:
        is_refusal = "422" in message.text and "/api/decks/" in message.location["url"]
        if message.type == "error" and not is_refusal:  # the page says what was refused
            faults.append(f"console: {message.text} ({message.location['url']})")

    def note_outside(request: Request) -> None:
        if outside(request.url):
            faults.append(f"outside host: {request.url}")

    context.on("console", note_error)
    context.on("weberror", lambda error: faults.append(f"uncaught: {error.error}"))
    context.on("request", note_outside)
    opened = context.new_page()
    opened.goto = _taken_over(opened, opened.goto)  # type: ignore[method-assign]  # for every test
    opened.reload = _taken_over(opened, opened.reload)  # type: ignore[method-assign]  # the same
    yield opened
    context.close()
    assert faults == []


def _taken_over(page: Page, load: Callable[..., Any]) -> Callable[..., Any]:
    """Return `load` that waits until the scripts have taken over the page that came drawn."""

    def load_and_wait(*args: Any, **options: Any) -> Any:  # noqa: ANN401  # as Playwright's
        answer = load(*args, **options)
        page.locator("#drawn").wait_for(state="detached")
        return answer

    return load_and_wait
