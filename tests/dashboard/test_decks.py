"""Decks of the office and of a reader: files, links, edits, and what is wrong in them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from dashboard.api.decks import deck_file
from dashboard.context import Context, route
from dashboard.decks.edits import (
    Editing,
    add,
    duplicate,
    move_down,
    move_up,
    page_at,
    remove,
    write,
)
from dashboard.decks.link import EMPTY, MOST_CHARACTERS, read_link, write_link
from dashboard.presentation import present
from dashboard.selection import Selection
from dashboard.views import MINE
from warehouse.declarations.base import Text
from warehouse.declarations.decks import Deck, DeckPage, deck_of, read_decks
from warehouse.errors import CruscottoError

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

FILE = """\
title: {it: Tavolo metropolitano, en: Metropolitan table}
pages:
  - address: /
  - address: /indicatori/separate_waste_collection?territory=nord-milano
    message: {it: Nord Milano sopra il minimo, en: Nord Milano above the minimum}
    notes: Chiedere a Sesto
  - address: /indicatori/nessuno
  - address: /territori?territory=atlantide
  - address: /progetti/rischi
"""


@pytest.fixture
def deck() -> Deck:
    made, errors = deck_of(FILE, "mia", "tavolo.yaml")
    assert not errors
    assert made
    return made


@pytest.fixture
def context(deployed: Config, data: ReleaseData) -> Context:
    selection = Selection.read(MINE, "")
    return Context(deployed, data, selection, route(data, MINE))


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def _show(context: Context, code: str, lang: str = "it") -> Context:
    return context.open(Selection.read(MINE, f"deck={code}&lang={lang}"))


def test_a_file_gives_pages_texts_in_both_languages_and_lines(deck: Deck) -> None:
    assert deck.title.en == "Metropolitan table"
    assert deck.lines == (3, 4, 7, 8, 9)
    assert deck.pages[1].notes == Text(it="Chiedere a Sesto", en="Chiedere a Sesto")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: T\npages:\n  - address: /\n  - adress: /x\n", "t.yaml:4"),
        ("title: T\npages:\n  - address: indicatori\n", "t.yaml:3"),
        ("title: T\npages: {}\n", "t.yaml:2"),
        ("title: T\npages:\n  - address: /\n    message: {it: solo}\n", "t.yaml:4"),
        ("pages: []\n", "t.yaml:1"),
        ("title: [\n", "t.yaml"),
        ("ciao", "t.yaml"),
        ("", "t.yaml"),
        ("title: T\ntitle: U\npages: []\n", "t.yaml"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, place: str) -> None:
    deck, errors = deck_of(text, "t", "t.yaml")
    assert deck is None
    assert errors
    for language in ("it", "en"):
        assert errors[0].in_(language).startswith(place + ":")


def test_a_folder_without_decks_has_none_and_one_file_is_read(tmp_path: Path) -> None:
    assert read_decks(tmp_path / "decks") == ((), [])
    (tmp_path / "tavolo.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "altro.yaml").write_bytes(b"\xff\xfe\x00")
    decks, errors = read_decks(tmp_path)
    assert [deck.id for deck in decks] == ["tavolo"]
    assert len(errors) == 1


def test_a_link_holds_the_whole_deck(deck: Deck) -> None:
    code = write_link(deck)
    assert code.replace("-", "").replace("_", "").isalnum()
    linked = read_link(code)
    assert linked.fault is None
    assert linked.deck.pages == deck.pages
    assert linked.deck.title == deck.title


def test_a_cut_link_says_so_and_holds_the_pages_before_the_cut(deck: Deck) -> None:
    code = write_link(deck)
    counts = []
    for length in range(1, len(code)):
        linked = read_link(code[:length])
        assert linked.fault
        assert linked.deck.pages == deck.pages[: len(linked.deck.pages)]
        counts.append(len(linked.deck.pages))
    assert counts == sorted(counts)
    assert counts[-1] >= 2


def test_any_other_text_in_place_of_a_link_says_so() -> None:
    chance = random.Random(17)  # noqa: S311  # not for secrets
    letters = "ABCabc019-_=%é\x00"
    for _ in range(300):
        code = "".join(chance.choices(letters, k=chance.randrange(1, 90)))
        assert read_link(code).fault
    assert read_link("").fault is None
    assert read_link("2abc").fault != read_link("1abc").fault


def test_a_deck_that_is_too_long_for_an_address_is_refused_before_anything_is_lost() -> None:
    chance = random.Random(17)  # noqa: S311  # not for secrets
    notes = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=MOST_CHARACTERS * 2))
    deck = EMPTY.model_copy(
        update={"pages": (DeckPage(address="/", notes=Text(it=notes, en=notes)),)}
    )
    with pytest.raises(CruscottoError, match="too long"):
        write_link(deck)


def test_pages_are_ordered_repeated_and_removed(deck: Deck) -> None:
    addresses = [page.address for page in deck.pages]

    def after(editing: Editing) -> tuple[list[str], int]:
        return [page.address for page in editing.deck.pages], editing.position

    second = Editing(deck, 2)
    assert after(move_up(second)) == ([addresses[1], addresses[0], *addresses[2:]], 1)
    assert move_down(move_up(second)) == second
    assert move_up(Editing(deck, 1)) == Editing(deck, 1)
    assert move_down(Editing(deck, 5)) == Editing(deck, 5)
    assert after(duplicate(second)) == ([*addresses[:2], *addresses[1:]], 3)
    assert after(remove(second)) == ([addresses[0], *addresses[2:]], 2)
    assert after(remove(Editing(deck, 5))) == (addresses[:4], 4)
    page = DeckPage(address="/piano")
    assert after(add(second, [page])) == ([*addresses[:2], "/piano", *addresses[2:]], 3)
    assert after(add(Editing(EMPTY), [page])) == (["/piano"], 1)
    assert remove(Editing(EMPTY)).deck.pages == ()
    with pytest.raises(CruscottoError, match="at most 60"):
        add(second, [page] * 60)


def test_a_text_is_written_in_the_language_of_the_page_and_keeps_the_other(deck: Deck) -> None:
    editing = write(Editing(deck, 2), {"message": "Sopra", "notes": "Sesto\r\nMilano"}, "it")
    assert editing.page
    assert editing.page.message == Text(it="Sopra", en="Nord Milano above the minimum")
    assert editing.page.notes == Text(it="Sesto\nMilano", en="Sesto\nMilano")
    assert editing.deck.title == deck.title
    cleared = write(editing, {"message": " ", "title": ""}, "it")
    assert cleared.page
    assert cleared.page.message is None
    assert cleared.deck.title == deck.title


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://x.it/c/indicatori/a?period=2023&lang=en&theme=dark", "/indicatori/a?period=2023"),
        ("/presenta/progetti", "/progetti"),
        ("/progetti/?release=2026-11-28", "/progetti"),
    ],
)
def test_an_address_is_taken_from_the_browser(text: str, address: str) -> None:
    assert page_at(text, "/c", "it").address == address


@pytest.mark.parametrize("text", ["", "ciao", "/nessuna", "http://[", "/presenta", "/" + "a" * 600])
def test_an_address_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(CruscottoError):
        page_at(text, "", "it")


def test_a_page_that_names_nothing_says_where_and_the_others_stand(
    context: Context, deck: Deck
) -> None:
    office = context.catalog.model_copy(
        update={"decks": (deck.model_copy(update={"id": "tavolo"}),)}
    )
    context.data.catalog, before = office, context.data.catalog
    try:
        page = context.open(Selection.read("/presentazioni/tavolo", "lang=en"))
        slides = present(page, "/presentazioni/tavolo").slides
    finally:
        context.data.catalog = before
    assert [slide.is_fault for slide in slides] == [False, False, True, True, False]
    assert slides[1].title == "Nord Milano above the minimum"
    assert slides[1].notes[0] == "Chiedere a Sesto"
    assert slides[2].title.startswith("decks/tavolo.yaml:7: ")
    assert "atlantide" in slides[3].title


def test_the_deck_of_a_link_is_presented_and_a_cut_one_still_is(
    context: Context, deck: Deck
) -> None:
    code = write_link(deck)
    presentation = present(_show(context, code), MINE)
    assert presentation.title == "Tavolo metropolitano"
    assert len(presentation.slides) == 5
    assert presentation.slides[2].title.startswith("pagina 3: ")
    assert present(_show(context, code[:12], "en"), MINE).slides[0].title.startswith("The deck is")


def test_a_saved_file_opens_as_the_same_deck(context: Context, deck: Deck) -> None:
    text = deck_file(_show(context, write_link(deck)), "mia")
    again, errors = deck_of(text, "mia", "deck.yaml")
    assert not errors
    assert again
    assert again.pages == deck.pages
    ready, errors = deck_of(deck_file(context, "piano"), "piano", "piano.yaml")
    assert not errors
    assert ready
    assert ready.pages[0].address == "/"


def test_an_edit_leads_to_the_address_of_the_edited_deck(client: TestClient, deck: Deck) -> None:
    address = f"/api/decks/edit?deck={write_link(deck)}&page=2&lang=en"
    form = {"do": "down", "title": "Board", "message": "Above", "notes": ""}
    answer = client.post(address, data=form, follow_redirects=False)
    assert answer.status_code == 303
    selection = Selection.read(MINE, answer.headers["location"].partition("?")[2])
    edited = read_link(selection.deck).deck
    assert selection.page == 3
    assert selection.lang == "en"
    assert edited.title == Text(it="Tavolo metropolitano", en="Board")
    assert edited.pages[2].message == Text(it="Nord Milano sopra il minimo", en="Above")
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert 'value="Above"' in page.text


def test_ready_decks_and_files_lead_to_an_address_too(client: TestClient) -> None:
    used = client.post("/api/decks/edit", data={"do": "use:piano"}, follow_redirects=False)
    code = Selection.read(MINE, used.headers["location"].partition("?")[2]).deck
    assert len(read_link(code).deck.pages) >= 8
    opened = client.post("/api/decks/open", content=FILE.encode(), follow_redirects=False)
    code = Selection.read(MINE, opened.headers["location"].partition("?")[2]).deck
    assert len(read_link(code).deck.pages) == 5
    wrong = client.post("/api/decks/open?lang=it", content=b"title: x\npages: 3")
    assert wrong.status_code == 422
    assert "YAML:2" in wrong.json()["detail"]
    wrong = client.post("/api/decks/edit?lang=en", data={"do": "add", "address": "ciao"})
    assert wrong.status_code == 422
    assert "ciao" in wrong.json()["detail"]


@pytest.mark.parametrize("query", ["", "deck=1xx", "deck=1xx&page=99", "page=4&lang=en"])
def test_the_editor_opens_without_a_deck_and_with_a_wrong_link(
    client: TestClient, query: str
) -> None:
    answer = client.get(f"{MINE}?{query}")
    assert answer.status_code == 200
    assert "deck-form" in answer.text
    assert 'class="panel panel-deck_' not in answer.text
    assert ("Il collegamento non contiene" in answer.text) == ("deck=" in query)
