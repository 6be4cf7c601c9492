"""The application over HTTP: the API, downloads, outlines, fonts, compression."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import brotli
import openpyxl
import pytest
from fontTools.ttLib import TTFont
from starlette.testclient import TestClient

from dashboard import bundle
from tests.support.deployment import PROJECT, environment
from warehouse.messages import texts

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash

    from dashboard.release_data import ReleaseData


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def test_the_api_gives_the_published_value_with_its_parts_and_licence(client: TestClient) -> None:
    answer = client.get("/api/indicators/mean_taxable_income").json()
    rows = {(r["territory"], r["period"]): r for r in answer["observations"]}
    metro = rows["cm-milano", "2020"]
    assert round(metro["value"]) == 28_464
    assert metro["value"] == pytest.approx(metro["numerator"] / metro["denominator"])
    assert answer["sources"][0]["licence"].startswith("CC BY")
    assert answer["release"]


def test_an_unknown_indicator_is_reported_and_the_list_named(client: TestClient) -> None:
    answer = client.get("/api/indicators/nothing.csv")
    assert answer.status_code == 404
    assert "/api/indicators" in answer.json()["detail"]


def test_csv_for_excel_in_italian_has_bom_semicolons_and_decimal_commas(client: TestClient) -> None:
    text = client.get("/api/indicators/ageing_index.csv?style=it").content.decode("utf-8")
    assert text.startswith("\ufeffcodice;nome;")
    row = next(line for line in text.splitlines() if line.startswith("cm-milano;"))
    assert re.search(r";\d+,\d+;", row)
    assert "Istat" in row


def test_international_csv_has_commas_and_points(client: TestClient) -> None:
    text = client.get("/api/indicators/ageing_index.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    metro = next(r for r in rows if (r["territory"], r["period"]) == ("cm-milano", "2023"))
    assert round(float(metro["value"]), 1) == 179.5
    assert metro["source"]


def test_a_missing_value_is_an_empty_cell_and_not_zero(client: TestClient) -> None:
    text = client.get("/api/indicators/high_income_taxpayers.csv").text
    suppressed = [r for r in csv.DictReader(io.StringIO(text)) if r["obs_status"] == "Q"]
    assert suppressed
    assert {r["value"] for r in suppressed} == {""}


def test_the_workbook_has_values_and_a_sheet_about_them(client: TestClient) -> None:
    content = client.get("/api/indicators/separate_waste_collection.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    assert book.sheetnames == ["Valori", "Informazioni"]
    about = {row[0]: row[1] for row in book["Informazioni"].iter_rows(values_only=True)}
    assert "Ispra" in str(about["Fonte e cadenza"])
    book.close()


def test_the_parts_of_a_value_add_up_to_it(client: TestClient) -> None:
    query = "territory=nord-milano&period=2020"
    parts = client.get(f"/api/indicators/mean_taxable_income/parts?{query}").json()
    sums = {
        role: sum(p["value"] for p in parts if p["role"] == role)
        for role in ("numerator", "denominator")
    }
    assert len(parts) == 2 * 6  # six municipalities
    assert round(sums["numerator"] / sums["denominator"]) == 23_097


def test_search_answers_in_the_language_of_the_page(client: TestClient) -> None:
    answer = client.get("/api/search?q=milano&lang=en&theme=dark").json()
    assert re.fullmatch(r"\d+ results", answer["message"])
    assert answer["groups"][0]["label"] == "Territories"
    assert answer["groups"][0]["items"][0]["address"].endswith("?lang=en&theme=dark")


def test_outlines_hold_every_municipality_and_zone(client: TestClient, data: ReleaseData) -> None:
    document = client.get(f"/shapes/{data.store.release}.svg").text
    assert len(re.findall(r'id="t-0\d{5}"', document)) == 133
    assert len(re.findall(r'id="t-zone-[\w-]+"', document)) == 8


def test_files_come_compressed_and_say_how_long_they_hold(client: TestClient) -> None:
    address = bundle.style().address
    plain = client.get(address, headers={"Accept-Encoding": "identity"}).text
    for _ in range(2):  # the quick one, then perhaps the best one
        with client.stream("GET", address, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.headers["content-encoding"] == "br"
            assert "max-age" in answer.headers["cache-control"]
            packed = b"".join(answer.iter_raw())
        assert brotli.decompress(packed).decode() == plain


def test_fonts_are_small_kept_forever_and_named_by_the_stylesheet(client: TestClient) -> None:
    style = client.get(bundle.style().address).text
    assert style.count("@font-face") == len(bundle.fonts()) == 3
    assert "fonts/" not in style
    for font in bundle.fonts().values():
        assert f"url({font.name})" in style
        answer = client.get(font.address)
        assert answer.content[:4] == b"wOF2"
        assert len(answer.content) < 30_000
        assert "immutable" in answer.headers["cache-control"]


def test_fonts_have_every_letter_of_the_texts(data: ReleaseData) -> None:
    texts_of_pages = [
        text
        for entry in texts("pages").values()
        for form in entry.values()
        for text in ([form] if isinstance(form, str) else form.values())
    ]
    names = [place.name for place in data.catalog.territories.values()]
    titles = [t for i in data.catalog.indicators.values() for t in (i.title.it, i.title.en)]
    drawn_by_another_font = {"←", "→"}  # Titillium Web has no arrows in its bold weights
    letters = set("".join([*texts_of_pages, *names, *titles])) - {"\n"} - drawn_by_another_font
    for path in bundle.FONTS.glob("*.woff2"):
        missing = letters - {chr(code) for code in TTFont(path).getBestCmap()}
        assert not missing, (path.name, missing)


def test_a_page_loads_one_stylesheet_the_script_of_its_theme_and_one_of_its_own(
    client: TestClient,
) -> None:
    page = client.get("/").text
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == [bundle.style().address]
    scripts = re.findall(r'<script [^>]*src="([^"]+)"', page)
    assert [s for s in scripts if "/_dash-component-suites/dash/" not in s] == [
        bundle.head_script().address,
        bundle.script().address,
    ]
    assert page.count("<script src=") > page.partition("<template")[0].count("<script src=") == 1


def test_a_page_fetches_its_fonts_beside_the_stylesheet_that_names_them(
    client: TestClient,
) -> None:
    preloads = re.findall(r'<link rel="preload" href="([^"]+)" as="font"', client.get("/").text)
    assert len(preloads) == 2
    style = client.get(bundle.style().address).text
    for address in preloads:
        assert client.get(address).headers["content-type"] == "font/woff2"
        assert address.rpartition("/")[2] in style


def test_no_script_of_dash_is_sent_that_no_page_needs(client: TestClient) -> None:
    page = client.get("/").text
    assert "/dash-renderer/" in page
    assert not re.findall(r"/dcc/|/dash_table/|polyfill@", page)


def test_the_library_of_charts_to_zoom_into_is_served_for_good(client: TestClient) -> None:
    answer = client.get(bundle.PLOTLY)
    assert answer.headers["cache-control"].endswith("immutable")
    assert "Plotly" in answer.text


def test_a_page_names_no_outside_host(client: TestClient) -> None:
    context = client.get("/ambiti/economy").text
    assert "Reddito" in context
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]+"', context) == []


ENDS_AT_ONCE = """
from threading import Thread
from dashboard.app import create_app
from warehouse.declarations.loader import read_catalog
from warehouse.config import read_config
from warehouse.query.releases import Releases

config = read_config()
app = create_app(config, read_catalog(config.catalog), Releases(config))
app.read_ahead()
reader = Thread(target=app.pages.release_data, args=[None], daemon=True)  # as a server does
reader.start()
reader.join()
"""


def test_a_process_that_ends_while_it_reads_ahead_ends_well(deployment: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE],
        cwd=PROJECT,
        env=environment(deployment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_worker_of_decks_is_limited_to_the_meeting_mode(client: TestClient) -> None:
    answer = client.get("/deck-worker.js")
    assert answer.headers["service-worker-allowed"] == "/presenta/"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "worker-src 'self'" in client.get("/").headers["content-security-policy"]
