"""The API: what it refuses, what it keeps from being sent twice, and what its cells may do."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from starlette.testclient import TestClient

from dashboard.export.cells import (
    WORKBOOK_OPTIONS,
    harmless,
    italian,
    italian_number,
    write_table,
)
from dashboard.export.delimited import delimited
from dashboard.selection import DEFAULTS

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData

INCOME = "/api/indicators/mean_taxable_income"
SLIDES = "/api/slides/presentazioni/piano"
FEEDS = ("/api/news.atom", "/api/news.json")
ROUTES = ("/api/indicators", INCOME, f"{INCOME}.csv", f"{INCOME}.xlsx", "/api/works.csv",
          f"{SLIDES}.pptx", f"{SLIDES}.html", "/api/news.csv", "/api/news.html")  # fmt: skip
PARTS = f"{INCOME}/parts?territory=nord-milano&period=2020"


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


@pytest.mark.parametrize("address", [*(f"{route}?" for route in (*ROUTES, *FEEDS)), f"{PARTS}&"])
def test_a_parameter_that_a_route_does_not_have_is_an_error_that_names_it(
    client: TestClient, address: str
) -> None:
    answer = client.get(f"{address}relaese=x&lang=en")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    names = [error["parameter"] for error in answer.json()["errors"]]
    assert names == (["relaese"] if "lang" not in names else ["relaese", "lang"])
    assert "“relaese”" in answer.json()["detail"]


@pytest.mark.parametrize("address", [*(f"{route}?" for route in ROUTES), f"{PARTS}&"])
@pytest.mark.parametrize("release", ["x", "2020-01-01-00000000", "²", "../..", "5" * 1500])
def test_a_release_that_does_not_exist_is_not_found(
    client: TestClient, address: str, release: str
) -> None:
    answer = client.get(address + "release=" + release)
    assert answer.status_code == 404
    problem = answer.json()
    assert problem["status"] == 404
    assert release[:80] in problem["detail"]
    assert "«release»" in problem["detail"]


def test_a_wrong_value_is_an_error_that_says_what_is_allowed(client: TestClient) -> None:
    italian_answer = client.get(f"{INCOME}.csv?style=fr").json()
    assert italian_answer["detail"] == ("Il parametro «style» vale «fr»: sono ammessi 'it', 'int'.")
    missing = client.get(f"{INCOME}/parts?period=2020").json()
    assert missing["errors"] == [
        {"parameter": "territory", "detail": "Manca il parametro «territory»."}
    ]


def test_an_address_of_the_api_that_is_none_is_a_problem(client: TestClient) -> None:
    for address in ("/api/nothing", "/api/", "/api/indicators/x/y?lang=en"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert "/openapi.json" in answer.json()["detail"]


def test_a_feed_takes_what_it_may_be_about(client: TestClient) -> None:
    for address in FEEDS:
        for name in ("area", "territory", "indicator", "project"):
            assert client.get(f"{address}?lang=en&{name}=x").status_code == 200
        for name in ("release", "vs", "theme", "style"):  # a feed is always of the newest releases
            assert client.get(f"{address}?{name}=x").status_code == 422


def test_the_works_take_every_parameter_that_their_page_may_have(client: TestClient) -> None:
    names = [name for name in DEFAULTS if name not in {"path", "lang", "release"}]
    assert len(names) > 20
    query = "&".join(f"{name}=x" for name in names)
    answer = client.get(f"/api/works.csv?lang=en&{query}")
    assert answer.status_code == 200
    assert client.get(f"/api/works.csv?{query}&nothing=x").status_code == 422


@pytest.mark.parametrize(
    "address", [INCOME, f"{INCOME}.csv", f"{INCOME}.xlsx", "/api/works.csv?area=none"]
)
def test_a_file_is_not_sent_to_who_has_it(client: TestClient, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    tag, day = first.headers["etag"], first.headers["last-modified"]
    for known in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", {tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": day},
    ):
        again = client.get(address, headers=known)
        assert (again.status_code, again.content) == (304, b""), known
    for unknown in (
        {"If-None-Match": '"other"', "If-Modified-Since": day},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        again = client.get(address, headers=unknown)
        assert (again.status_code, again.content) == (200, first.content), unknown


def test_csv_is_compressed(client: TestClient) -> None:
    with client.stream("GET", f"{INCOME}.csv", headers={"Accept-Encoding": "br"}) as answer:
        packed = sum(len(part) for part in answer.iter_raw())
        assert answer.headers["content-encoding"] == "br"
    assert packed * 5 < len(client.get(f"{INCOME}.csv").content)


def test_the_italian_csv_has_italian_names_and_no_more_decimals_than_the_indicator(
    client: TestClient, data: ReleaseData
) -> None:
    text = client.get(f"{INCOME}.csv?style=it").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert list(rows[0]) == [
        "codice", "nome", "livello", "periodo", "valore", "numeratore", "denominatore",
        "copertura", "stato del valore", "nota", "direzione", "obiettivo", "affidabilità",
        "fonte", "rilascio",
    ]  # fmt: skip
    metro = next(r for r in rows if (r["codice"], r["periodo"]) == ("cm-milano", "2020"))
    assert data.catalog.indicators["mean_taxable_income"].decimals == 0
    assert metro["valore"] == "28464"
    assert metro["copertura"] == "1"
    ageing = client.get("/api/indicators/ageing_index.csv?style=it").content.decode("utf-8-sig")
    row = next(
        r
        for r in csv.DictReader(io.StringIO(ageing), delimiter=";")
        if (r["codice"], r["periodo"]) == ("cm-milano", "2023")
    )
    assert row["valore"] == "179,5"
    works = client.get("/api/works.csv?style=it").content.decode("utf-8-sig")
    assert works.startswith("progetto;CUP;codice locale;titolo;ente;")


@pytest.mark.parametrize(
    "address",
    [
        "/api/slides/nothing.pptx",
        "/api/slides/x/y.html",
        "/api/slides/presentazioni/nothing.pptx",
        "/api/slides/indicatori/nothing.xlsx",
        "/api/slides/territori/nothing.html",
    ],
)
def test_slides_of_a_page_that_does_not_exist_are_a_problem(
    client: TestClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


FORMULAS = ("=1+1", "+39 02", "-1+1|cmd", "@SUM(A1)", "\t=1", "\r=1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_could_execute_is_defused_in_csv(text: str) -> None:
    assert harmless(text) == "'" + text
    assert italian(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert harmless(-1.5) == -1.5
    assert harmless("Rho - Pero") == "Rho - Pero"
    assert italian(-1234.5678) == "-1234,57"
    assert italian(-1234.5678, 1) == "-1234,6"
    assert italian_number(100.0) == "100"
    assert italian_number(0.0) == "0"
    assert italian_number(1e15) == "1000000000000000"


def test_a_whole_number_of_an_international_file_has_no_decimals() -> None:
    text = delimited(["a", "b", "c"], [[5.0, 0.25, "5.0"], [-0.0, None, 1e15]], "int")
    assert text.splitlines()[1].startswith("5,0.25,5.0")
    assert text.splitlines()[2].startswith("0,,1000000000000000")


def test_a_workbook_has_texts_as_texts_and_numbers_as_numbers() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, WORKBOOK_OPTIONS)
    write_table(book.add_worksheet(), ["=head"], [[*FORMULAS[:4], -1.5, None]], book.add_format())
    book.close()
    sheet = openpyxl.load_workbook(out)["Sheet1"]
    assert sheet["A1"].value == "=head"
    cells = [cell for cell in sheet[2] if cell.value is not None]
    assert [cell.value for cell in cells] == [*FORMULAS[:4], -1.5]
    assert [cell.data_type for cell in sheet[1]][:1] == ["s"]
    assert [cell.data_type for cell in cells] == ["s"] * 4 + ["n"]
