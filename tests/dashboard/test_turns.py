"""What is read ahead waits while pages are drawn."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboard.turns import Turns

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
