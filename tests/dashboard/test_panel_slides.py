"""A panel of a page is a slide of its own, with the selection that it had."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pptx
import pytest
from starlette.testclient import TestClient

from dashboard.canonical import canonical
from dashboard.context import Context, route
from dashboard.decks.edits import page_at
from dashboard.decks.link import read_link, write_link
from dashboard.decks.ready import DeckPage
from dashboard.presentation import deck_slide
from dashboard.registry import PANELS
from dashboard.selection import Selection
from warehouse.declarations.base import Text
from warehouse.declarations.decks import Deck

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

TREND = "/indicatori/separate_waste_collection?territory=sud-est,milano&panel=trend"
PLACES = "/territori/nord-milano?panel=places"


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def _room(config: Config, data: ReleaseData, lang: str = "it") -> Context:
    selection = Selection.read("/presenta/presentazioni/mia", f"lang={lang}")
    return Context(config, data, selection, route(data, selection.path))


@pytest.mark.parametrize(
    ("path", "panel"),
    [
        ("/presenta/indicatori/mean_taxable_income", "trend"),
        ("/indicatori/mean_taxable_income", None),
        ("/presenta/territori", None),
        ("/presenta/presentazioni/piano", None),
    ],
)
def test_only_the_room_shows_a_panel_that_the_page_has(
    data: ReleaseData, path: str, panel: str | None
) -> None:
    assert canonical(Selection.read(path, "panel=trend"), data).panel == panel


def test_a_panel_keeps_its_selection_through_the_link_of_a_deck() -> None:
    page = page_at(f"http://here{TREND}&theme=dark", "", "it")
    title = Text(it="x", en="x")
    deck = read_link(write_link(Deck(id="mia", title=title, pages=(page,)))).deck
    assert [p.address for p in deck.pages] == [TREND]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_slide_has_sentence_drawing_source_and_period(
    deployed: Config, data: ReleaseData, lang: str
) -> None:
    slide = deck_slide(_room(deployed, data, lang), DeckPage(TREND))
    assert "Sud Est" in slide.title
    assert slide.figure is not None
    assert slide.figure.is_drawn_on_slide
    assert "2010–2024" in slide.figure.subtitle
    assert "Ispra" in slide.source
    assert "var(--t1)" in slide.figure.drawing  # of the second territory


@pytest.mark.parametrize(
    "address",
    [TREND, PLACES, "/indicatori/mean_taxable_income?panel=map", "/progetti?panel=portfolio",
     "/territori/nord-milano?panel=spine", "/dati?panel=datasets"],
)  # fmt: skip
def test_the_texts_of_a_panel_are_as_large_as_those_of_a_slide(
    deployed: Config, data: ReleaseData, address: str
) -> None:
    slide = deck_slide(_room(deployed, data), DeckPage(address))
    assert slide.figure is not None
    drawing, width, height = slide.figure.on_slide()
    scale = min(1790 / width, 690 / height)  # of a screen of 1920 by 1080 without its words
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)]
    assert min(sizes) * scale >= 1080 / 45 - 0.01


def test_numbers_and_dotted_lines_of_a_chart_are_explained_below_its_title(
    deployed: Config, data: ReleaseData
) -> None:
    slide = deck_slide(_room(deployed, data), DeckPage(TREND))
    assert slide.figure is not None
    assert re.search(r">3</text>", slide.figure.drawing)
    assert "3 23 mag 2022, Approvato il programma regionale dei rifiuti" in slide.figure.subtitle
    assert "passo che serve a Sud Est" in slide.figure.subtitle
    hidden = deck_slide(_room(deployed, data), DeckPage(f"{TREND}&events=off"))
    assert hidden.figure is not None
    assert "2022, " not in hidden.figure.subtitle


def test_a_tall_drawing_is_a_table_that_says_how_many_rows_it_has(
    deployed: Config, data: ReleaseData
) -> None:
    slide = deck_slide(_room(deployed, data), DeckPage("/territori/nord-milano?panel=spine"))
    assert slide.figure is not None
    assert not slide.figure.is_drawn_on_slide
    rows = slide.figure.rows_on_slide
    assert re.search(rf" {rows} .*{len(slide.figure.table.rows)}", slide.figure.subtitle)


@pytest.mark.parametrize("panel", ["nothing", "trend", "heading"])
def test_a_panel_that_the_page_does_not_have_is_named(
    deployed: Config, data: ReleaseData, panel: str
) -> None:
    slide = deck_slide(_room(deployed, data), DeckPage(f"/territori/nord-milano?panel={panel}"))
    assert slide.is_fault
    assert "/territori/nord-milano" in slide.title


def test_powerpoint_has_a_drawing_as_a_picture_and_a_table_as_a_table(client: TestClient) -> None:
    def shapes(address: str) -> list[Any]:
        path, _, query = address.partition("?")
        content = client.get(f"/api/slides{path}.pptx?{query}").content
        (slide,) = pptx.Presentation(BytesIO(content)).slides
        return list(slide.shapes)

    pictures = [shape for shape in shapes(TREND) if shape.shape_type == 13]  # a picture
    assert len(pictures) == 1
    assert "Sud Est" in pictures[0].element.xpath(".//p:cNvPr")[0].get("descr")
    (table,) = [shape.table for shape in shapes(PLACES) if shape.has_table]
    names = [row.cells[0].text for row in table.rows]
    assert names[1:] == [
        "Bresso", "Cinisello Balsamo", "Cormano", "Cusano Milanino", "Paderno Dugnano",
        "Sesto San Giovanni", "Nord Milano",
    ]  # fmt: skip
    assert table.rows[0].cells[8].text == "Auto Euro 0-3, ogni 100, 2022"  # the last column too


def test_the_workbook_has_all_rows_as_numbers(client: TestClient) -> None:
    content = client.get("/api/slides/territori/nord-milano.xlsx?panel=spine").content
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert len(rows) > 150
    waste = next(row for row in rows if row[0] == "Raccolta differenziata")
    assert waste[3] == pytest.approx(67.7, abs=0.05)


def test_the_offline_page_has_the_drawing_and_asks_for_nothing(client: TestClient) -> None:
    path, _, query = TREND.partition("?")
    page = client.get(f"/api/slides{path}.html?{query}").text
    assert '<div class="slide-figure">' in page
    assert not re.findall(r'(?:src|href)="(?!#|/)[^"]*//', page)


def test_the_menu_of_a_panel_adds_the_panel(deployed: Config, data: ReleaseData) -> None:
    path, _, query = TREND.partition("?")
    selection = Selection.read(path, query.replace("&panel=trend", ""))
    context = Context(deployed, data, selection, route(data, path))
    addresses = re.findall(r'data-address="([^"]+)"', str(PANELS["ranking"](context)))
    assert addresses == [TREND.replace("&", "&amp;").replace("trend", "ranking")]
