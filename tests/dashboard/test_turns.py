"""What is read ahead waits while pages are drawn."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from dashboard.app import create_app
from dashboard.turns import Turns
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 10


def test_who_can_wait_goes_when_the_last_reader_has_gone() -> None:
    turns, went = Turns(), Event()

    def ahead() -> None:
        turns.wait()
        went.set()

    with turns.reader():
        with turns.reader():
            thread = Thread(target=ahead)
            thread.start()
        assert not went.wait(0.1)
    assert went.wait(SECONDS)
    thread.join(SECONDS)


def test_a_reader_whose_page_fails_holds_nobody_up() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.reader():
        _ = 1 / 0
    turns.wait()


def test_the_request_that_opens_a_release_goes_before_what_is_read_ahead(
    published_city: Path,
) -> None:
    config = read_config(published_city / "config.yaml")
    app = create_app(config, read_catalog(config.catalog), Releases(config))
    began: list[int] = []
    app.pages.drawn_ahead = lambda data: iter([lambda: began.append(len(data.catalog.zones))])
    with app.pages.reader():  # as `SentPages.get` does, from the question on
        question = app.pages.question("/metodo", "")
        page = app.pages.drawn(question)
        assert (page.status, began) == (200, [])
