"""Presentations: each page as a slide, and the decks that are derived from the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context, route
from dashboard.decks.ready import ready_decks
from dashboard.pages.common.progress import progress
from dashboard.presentation import present
from dashboard.render import render
from dashboard.selection import Selection
from dashboard.views import DECKS, PRESENT

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

INDICATOR = "/indicatori/separate_waste_collection"


@pytest.fixture
def context(deployed: Config, data: ReleaseData) -> Context:
    selection = Selection.read("/", "")
    return Context(deployed, data, selection, route(data, "/"))


def _open(context: Context, path: str, query: str = "") -> Context:
    return context.open(Selection.read(path, query))


def test_a_page_is_presented_with_its_selection_and_leads_back_to_it(context: Context) -> None:
    page = _open(context, PRESENT + INDICATOR, "territory=nord-milano&period=2023")
    presentation = present(page, INDICATOR)
    assert presentation.back == INDICATOR + "?territory=nord-milano&period=2023"
    (slide,) = presentation.slides
    assert slide.number
    assert slide.number.place == "Nord Milano, 2023"
    assert slide.number.value == "69,2"
    assert [bar.label for bar in slide.bars if bar.is_highlighted] == ["Nord Milano"]
    assert slide.source.startswith("Ispra")


def test_bars_are_sorted_and_drawn_from_zero(context: Context) -> None:
    (slide,) = present(_open(context, PRESENT + INDICATOR), INDICATOR).slides
    amounts = [bar.amount for bar in slide.bars]
    assert amounts == sorted(amounts, reverse=True)
    assert slide.share(0) == 0
    assert slide.share(max(amounts)) == 100


def test_the_number_of_a_slide_has_its_three_signs_in_words(context: Context) -> None:
    page = _open(context, PRESENT + INDICATOR, "territory=sud-ovest")
    (slide,) = present(page, INDICATOR).slides
    assert slide.number
    direction, target, reliability = slide.number.signs
    status = context.data.status("separate_waste_collection", "sud-ovest")
    assert status
    assert (direction.kind, direction.sign) == ("direction", status.direction)
    assert (target.sign, target.word) == ("missed", "di legge 65\N{NO-BREAK SPACE}%: mancato")
    assert target.why == "fuori di 2,9 p.p."  # 65 − 62,1
    assert (reliability.kind, reliability.sign) == ("reliability", status.reliability)
    (mark,) = [mark for mark in slide.marks if mark.kind == "target"]
    assert mark.amount == 65


def test_a_value_of_a_past_period_is_not_judged_by_the_last_one(context: Context) -> None:
    page = _open(context, PRESENT + INDICATOR, "territory=nord-milano&period=2023")
    (slide,) = present(page, INDICATOR).slides
    assert slide.number
    assert slide.number.signs == ()


def test_projects_show_their_state_with_its_reason_and_the_plan(context: Context) -> None:
    (slide,) = present(_open(context, PRESENT + "/progetti"), "/progetti").slides
    states = {row.signs[0].word: row.signs[0].why for row in slide.rows}
    assert {"In ritardo", "In linea"} <= set(states)
    assert all(states.values())
    assert slide.has_plan
    assert all(0 <= (row.planned or 0) <= 100 for row in slide.rows)
    deck = present(_open(context, f"{PRESENT}{DECKS}/progetti"), f"{DECKS}/progetti")
    projects = [page for page in deck.slides if page.signs]
    assert projects[0].signs[0].word == "In ritardo"


def test_a_page_without_a_slide_of_its_own_shows_its_key_figures(context: Context) -> None:
    (slide,) = present(_open(context, PRESENT + "/progetti/opere"), "/progetti/opere").slides
    assert slide.rows
    assert all(row.value for row in slide.rows)


def test_an_address_that_opens_nothing_is_named_on_its_slide(context: Context) -> None:
    (slide,) = present(_open(context, PRESENT + "/indicatori/none"), "/indicatori/none").slides
    assert "/indicatori/none" in slide.title


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_ready_deck_has_slides_with_titles_and_figures(
    context: Context, language: str
) -> None:
    context = replace(context, selection=Selection.read("/", f"lang={language}"))
    decks = list(ready_decks(context))
    areas, zones = context.catalog.areas, context.catalog.zones
    projects = progress(context, "strategic")
    assert len(decks) == 2 + len(areas) + len(zones) + len(projects)
    for deck in decks:
        page = _open(context, f"{PRESENT}{DECKS}/{deck.name}", f"lang={language}")
        slides = present(page, f"{DECKS}/{deck.name}").slides
        least = 1 if deck.name in {project.project for project in projects} else 2
        assert len(slides) == len(deck.pages) >= least, deck.name
        for slide in slides:
            assert slide.title
            assert slide.number or slide.rows, slide.address
            texts = [
                t for row in slide.rows for t in (row.label, row.note, row.value, row.movement)
            ]
            assert not [text for text in texts if "None" in text]


def test_projects_of_the_example_are_marked_on_their_slides(context: Context) -> None:
    page = _open(context, f"{PRESENT}{DECKS}/progetti")
    slides = present(page, f"{DECKS}/progetti").slides
    assert all(slide.demonstration for slide in slides)


def test_all_slides_of_a_deck_are_in_one_answer(deployed: Config, data: ReleaseData) -> None:
    panels, view, _ = render(deployed, data, Selection.read(f"{PRESENT}{DECKS}/piano", ""))
    assert view == "view view-meeting"
    markup = str(panels[0].to_plotly_json()["props"]["html"])
    assert markup.count('<section class="slide"') >= 8
