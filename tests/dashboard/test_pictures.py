"""Charts as files: words, source and release are in the picture, and no browser draws it."""

from __future__ import annotations

import re
import struct
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from dashboard.context import Context, route
from dashboard.export import pictures
from dashboard.pictures import WIDTH
from dashboard.registry import HEADINGS, PANELS
from dashboard.selection import Selection
from dashboard.theme import DARK

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

INDICATOR = "/indicatori/separate_waste_collection"
CHARTS = [
    ("trend", INDICATOR, "territory=nord-milano"),
    ("map", INDICATOR, "territory=nord-milano"),
    ("ranking", INDICATOR, "map=zone"),
    ("multiples", "/ambiti/environment", ""),
    ("spine", "/territori/nord-milano", ""),
    ("portfolio", "/progetti", ""),
    ("gantt", "/progetti/ato-rifiuti", ""),
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def _context(deployed: Config, data: ReleaseData, path: str, query: str) -> Context:
    selection = Selection.read(path, query)
    return Context(deployed, data, selection, route(data, path))


def _svg(deployed: Config, data: ReleaseData, panel: str, path: str, query: str) -> str:
    context = _context(deployed, data, path, query)
    picture = pictures.picture_of(context, panel)
    assert picture
    return pictures.as_svg(context, picture)


@pytest.mark.parametrize(("panel", "path", "query"), CHARTS)
def test_a_picture_has_its_words_and_needs_nothing_else(
    deployed: Config, data: ReleaseData, panel: str, path: str, query: str
) -> None:
    context = _context(deployed, data, path, query)
    picture = pictures.picture_of(context, panel)
    assert picture
    text = pictures.as_svg(context, picture)
    root = ET.fromstring(text)  # noqa: S314  # our own
    words = " ".join(" ".join(element.itertext()) for element in root.iter(f"{SVG}text"))
    day = context.format.day(data.store.manifest.created.date())
    for expected in (picture.title, picture.source, f"Pubblicazione del {day}"):
        assert set(expected.split()) <= set(words.split())
    assert data.store.release in words
    assert root.findtext(f"{SVG}title") == picture.title
    assert "var(--" not in text
    assert not re.search(r"(?:href|src)=[\"']?https?:|url\((?!data:|#)", text)
    assert ("dati dimostrativi" in words) == HEADINGS[context.route.view.name](
        context
    ).demonstration


def test_a_picture_has_the_colours_of_the_theme_and_the_language_of_the_page(
    deployed: Config, data: ReleaseData
) -> None:
    text = _svg(deployed, data, "map", INDICATOR, "theme=dark&lang=en")
    assert DARK["m5"] in text
    assert 'lang="en"' in text
    assert "Separate collection" in text


def test_the_ranking_is_drawn_from_the_values_of_the_page(
    deployed: Config, data: ReleaseData
) -> None:
    root = ET.fromstring(_svg(deployed, data, "ranking", INDICATOR, "period=2024"))  # noqa: S314  # our own
    bars = [group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("bar")]
    assert len(bars) == len(data.catalog.zones)
    widths = []
    for group in bars:
        name, value = (str(element.text) for element in group.iter(f"{SVG}text"))
        zone = next(zone for zone in data.catalog.zones if zone.short == name)
        line = data.aggregate("separate_waste_collection", zone.territory)
        point = line.point("2024") if line else None
        assert point
        assert value == f"{point.value:.1f}".replace(".", ",")
        (bar,) = group.iter(f"{SVG}rect")
        widths.append(float(bar.get("width", 0)) / point.value)
    assert max(widths) - min(widths) < 0.01  # one scale, from zero


def test_a_title_is_broken_between_words() -> None:
    lines = pictures.wrap("una frase che non sta in una riga", 28, 200)
    assert len(lines) > 1
    assert " ".join(lines) == "una frase che non sta in una riga"


def test_the_png_is_twice_the_drawing(client: TestClient) -> None:
    answer = client.get(f"/api/charts/trend{INDICATOR}.png?territory=nord-milano")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", answer.content[16:24])
    assert width == 2 * (WIDTH + 80)
    assert height > WIDTH / 2
    again = client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_of_a_long_table_the_first_rows_are_drawn_and_its_picture_is_bounded(
    client: TestClient, deployed: Config, data: ReleaseData
) -> None:
    context = _context(deployed, data, "/glossario", "")
    picture = pictures.picture_of(context, "codebook")
    assert picture
    rows = len(picture.table.rows)
    assert rows > picture.rows_drawn > 0
    assert f"prime {picture.rows_drawn} righe di {rows}" in pictures.as_svg(context, picture)
    content = client.get("/api/charts/codebook/glossario.png").content
    width, height = struct.unpack(">II", content[16:24])
    assert width * height <= 1.01 * pictures.MOST_PIXELS


def test_a_chart_has_a_page_of_its_own_for_other_sites(client: TestClient) -> None:
    address = f"/api/charts/ranking{INDICATOR}.html?lang=en&map=zone"
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/html")
    assert "Content-Disposition" not in answer.headers
    assert "<figure>" in answer.text
    (whole,) = re.findall(r'<a href="([^"]+)" target', answer.text)
    assert unescape(whole) == f"{INDICATOR}?lang=en&map=zone"
    (script,) = re.findall(r'<script src="([^"]+)" defer></script>', answer.text)
    assert client.get(script).headers["content-type"].startswith("text/javascript")


def test_a_panel_without_a_chart_is_embedded_as_its_table_alone(client: TestClient) -> None:
    page = client.get("/api/charts/risk_late/progetti/rischi.html").text
    assert page.count("<table") == 1
    assert "<figure" not in page
    assert "dati dimostrativi" in page  # which the drawing of a chart has in it


@pytest.mark.parametrize("sites", [(), ("https://intranet.example.it",)])
def test_the_code_to_embed_is_given_only_where_other_sites_may_show_it(
    deployed: Config, data: ReleaseData, sites: tuple[str, ...]
) -> None:
    server = deployed.server.model_copy(update={"frame_ancestors": sites})
    config = deployed.model_copy(update={"server": server})
    markup = PANELS["foot"](_context(config, data, INDICATOR, ""))
    text = unescape(str(markup.to_plotly_json()["props"]["html"]))
    assert ("<textarea" in text) is bool(sites)
    assert ("non permette" in text) is not bool(sites)
    assert all(site in text for site in sites)


@pytest.mark.parametrize(
    "path",
    [
        f"/api/charts/sheet{INDICATOR}.svg",
        "/api/charts/trend/ambiti/environment.svg",
        "/api/charts/trend/indicatori/none.png",
        "/api/charts/gantt/progetti/none.svg",
    ],
)
def test_a_chart_that_is_not_there_is_named(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["detail"]
