"""Meetings in which a deck was shown: in its link, in its file, marked and taken out."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.api.decks import deck_file
from dashboard.context import Context, route
from dashboard.decks.edits import Editing, forget_meeting, mark_shown
from dashboard.decks.link import read_link, write_link
from dashboard.decks.meetings import meeting_rows
from dashboard.opener import open_release_data
from dashboard.selection import Selection
from dashboard.views import MINE
from tests.dashboard.test_decks import FILE
from warehouse.config import Config, read_config
from warehouse.declarations.decks import MOST_MEETINGS, Deck, Meeting, deck_of
from warehouse.errors import CruscottoError
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.release_data import ReleaseData


@pytest.fixture
def deck() -> Deck:
    declared, errors = deck_of(FILE, "mia", "tavolo.yaml")
    assert not errors
    assert declared
    return declared


def test_a_meeting_is_kept_in_the_link_and_in_the_file(
    deck: Deck, deployed: Config, data: ReleaseData
) -> None:
    release = data.store.release
    marked = mark_shown(Editing(deck), "2026-12-03", date(2026, 12, 4), release).deck
    assert read_link(write_link(marked)).deck.meetings == marked.meetings
    assert [(s.day, s.release) for s in marked.meetings] == [(date(2026, 12, 3), release)]
    selection = Selection.read(MINE, f"deck={write_link(marked)}")
    text = deck_file(Context(deployed, data, selection, route(data, MINE)), "mia")
    again, errors = deck_of(text, "mia", "t.yaml")
    assert not errors
    assert again
    assert again.meetings == marked.meetings


def test_a_day_is_marked_once_and_can_be_taken_out(deck: Deck) -> None:
    editing = Editing(deck)
    for release in ("a", "b"):
        editing = mark_shown(editing, "", date(2026, 12, 3), release)
    assert [meeting.release for meeting in editing.deck.meetings] == ["b"]
    assert forget_meeting(editing, "2026-12-03").deck.meetings == ()
    with pytest.raises(CruscottoError, match="domani"):
        mark_shown(editing, "domani", date(2026, 12, 3), "a")
    with pytest.raises(CruscottoError, match="2026-12-04 is still to come"):
        mark_shown(editing, "2026-12-04", date(2026, 12, 3), "a")


def test_one_meeting_too_many_is_refused_and_none_is_lost(deck: Deck) -> None:
    editing, today = Editing(deck), date(2026, 12, 31)
    for day in range(1, MOST_MEETINGS + 1):
        editing = mark_shown(editing, f"2026-11-{day:02}", today, "a")
    with pytest.raises(CruscottoError, match=f"has {MOST_MEETINGS} meetings already"):
        mark_shown(editing, "2026-10-01", today, "a")
    again = mark_shown(editing, "2026-11-01", today, "b")  # a day that is there is replaced
    assert len(again.deck.meetings) == MOST_MEETINGS


def test_a_meeting_of_a_later_release_is_not_something_to_compare_with(
    two_releases: Path,
) -> None:
    config = read_config(two_releases)
    later, earlier = (m.release for m in list_releases(config))
    meetings = [Meeting(day=date(2026, 1, n), release=r) for n, r in ((1, earlier), (2, later))]
    for release, compared in ((later, {earlier}), (earlier, set())):
        data = open_release_data(config, release)
        selection = Selection.read(MINE, f"release={release}")
        rows = meeting_rows(Context(config, data, selection, route(data, MINE)), meetings)
        latest_first = zip(reversed(meetings), rows, strict=True)
        assert {m.release for m, row in latest_first if row.news} == compared


def test_a_link_without_meetings_is_read_as_before() -> None:
    code = "1" + urlsafe_b64encode(zlib.compress(b'["T"]\n["/"]')).decode().rstrip("=")
    linked = read_link(code)
    assert linked.fault is None
    assert linked.deck.meetings == ()
    assert len(linked.deck.pages) == 1


def test_a_wrong_meeting_in_a_file_is_named_with_its_line() -> None:
    text = "title: T\npages: []\nmeetings:\n  - day: domani\n    release: a\n"
    deck, errors = deck_of(text, "t", "t.yaml")
    assert deck is None
    assert errors[0].in_("it").startswith("t.yaml:4")
