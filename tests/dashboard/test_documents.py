"""The documents that the server sends: drawn pages, addresses that are none, HEAD, site files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from dashboard.views import VIEWS

if TYPE_CHECKING:
    from datetime import date

    from dash import Dash
    from lxml.html import HtmlElement

    from dashboard.release_data import ReleaseData

INDICATOR = "/indicatori/mean_taxable_income"
PLACES = {
    "/ambiti/{area}": "/ambiti/economy",
    "/presentazioni/{deck}": "/presentazioni/piano",
    "/indicatori/{indicator}": INDICATOR,
    "/territori/{territory}": "/territori/015146",
    "/attori/{actor}": "/attori/citta-metropolitana-di-milano",
    "/progetti/{project}": "/progetti/smart-land",
}
ADDRESSES = [PLACES.get(view.path, view.path) for view in VIEWS]
HELP = "/progetti"  # every page that says that there is none leads there


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def document(client: TestClient, address: str, status: int = 200) -> HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, address
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return html.fromstring(answer.content)


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ["", "?lang=en&theme=dark"])
def test_a_document_has_the_drawn_page_with_its_title(
    client: TestClient, address: str, query: str
) -> None:
    page = document(client, address + query)
    assert page.get("lang") == ("en" if query else "it")
    assert page.get("data-theme") == ("dark" if query else "system")
    (main,) = page.xpath("//div[@id='drawn']//main[@id='main']")
    assert len(text_of(main)) > 100
    (heading,) = main.xpath(".//h1[@data-title]")
    assert page.findtext(".//title") == heading.get("data-title")
    assert "Loading" not in "".join(page.xpath("//body//text()[not(parent::script)]"))
    assert "@@" not in client.get(address + query).text
    assert page.xpath("//div[@id='drawn']//nav//a[@href]")


def test_figures_chart_and_map_are_there_without_scripts(client: TestClient) -> None:
    page = document(client, INDICATOR)
    assert "33.635" in text_of(page)
    assert page.xpath("//svg[contains(@class, 'line-chart')]//circle")
    places = page.xpath("//svg[@class='map']/g[@class='places']/a")
    assert len(places) == 133
    (milano,) = (place for place in places if place[1].text.startswith("Milano:"))
    assert milano.get("class") == "c5"
    assert milano.get("href") == f"{INDICATOR}?territory=015146"
    shapes, _, name = milano[0].get("href").partition("#")
    assert name == "t-015146"
    assert f'id="{name}"' in client.get(shapes).text


def test_the_map_by_zone_refers_to_the_outlines_of_zones(client: TestClient) -> None:
    page = document(client, f"{INDICATOR}?map=zone&territory=nord-milano")
    uses = [use.get("href").partition("#")[2] for use in page.xpath("//svg[@class='map']//use")]
    assert uses.count("t-zone-nord-milano") == 3  # place, and twice selected
    assert uses.count("t-borders") == 2  # casing and outlines


@pytest.mark.parametrize(
    ("address", "suggestion"),
    [
        ("/nothing", None),
        ("/progetti/nothing/at/all", None),
        ("/indicatori/reddito-imponibile", "/indicatori/taxable_income_per_inhabitant"),
        ("/territori/rho", "/territori/015182"),
        ("/territori/999999", None),
        ("/" + "x" * 1500, None),
        ("/<script>alert(1)</script>", None),
        ("/%00%ff", None),
        ("/presenta/nothing", None),
        ("/presenta/presentazioni/nothing", None),
        ("/presenta/presenta/novita", None),
        ("/presenta/territori/999999", None),
    ],
)
def test_an_address_without_a_page_is_not_found_and_helps(
    client: TestClient, address: str, suggestion: str | None
) -> None:
    page = document(client, address, 404)
    (main,) = page.xpath("//main")
    assert "Questa pagina non c'è" in text_of(main)
    links = main.xpath(".//a/@href")
    assert HELP in links
    if suggestion:
        assert suggestion in links
    assert not main.xpath(".//script")
    assert page.xpath("//input[@id='search']")


@pytest.mark.parametrize("query", ["", "?lang=en&slide=3"])
def test_an_old_address_leads_to_the_new_one_with_its_query(client: TestClient, query: str) -> None:
    for old in ("/riunione", "/riunione/"):
        moved = client.get(old + query, follow_redirects=False)
        assert moved.status_code == 308
        assert moved.headers["location"] == f"/presenta/presentazioni/piano{query}"
        assert 'class="view view-meeting"' in client.get(old + query).text


@pytest.mark.parametrize(
    ("lang", "words", "link"),
    [
        ("it", "Il rilascio «2020-01-01-00000000» non esiste", "Apri questa pagina"),
        ("en", "There is no release “2020-01-01-00000000”", "Open this page"),
    ],
)
def test_an_unknown_release_has_a_notice_with_the_way_to_the_current_one(
    client: TestClient, lang: str, words: str, link: str
) -> None:
    query = f"territory=nord-milano&lang={lang}"
    page = document(client, f"{INDICATOR}?{query}&release=2020-01-01-00000000", 404)
    (notice,) = page.xpath("//p[@class='notice']")
    assert words in text_of(notice)
    (anchor,) = notice.xpath("a")
    assert text_of(anchor).startswith(link)
    current = anchor.get("href")
    assert "release" not in current
    assert "territory=nord-milano" in current
    assert not document(client, current).xpath("//p[@class='notice']")


def test_a_release_that_exists_has_no_notice(client: TestClient, data: ReleaseData) -> None:
    page = document(client, f"/?release={data.store.release}")
    assert not page.xpath("//p[@class='notice']")


@pytest.mark.parametrize("path", ["/progetti", "/progetti/smart-land", "/attori"])
def test_a_day_before_all_reports_shows_nothing_and_offers_the_first(
    client: TestClient, data: ReleaseData, path: str
) -> None:
    first: date = min(row["day"] for row in data.rows("report_days"))
    page = document(client, f"{path}?at=0001-01-01")
    (notice,) = page.xpath("//p[@class='notice']")
    assert "A quella data non c'era ancora nulla" in text_of(notice)
    assert notice.xpath("a/@href") == [f"{path}?at={first.isoformat()}"]
    assert len(page.xpath("//main/section")) == 2  # notice and heading
    there = document(client, f"{path}?at={first.isoformat()}")
    assert not there.xpath("//p[@class='notice']")
    assert len(there.xpath("//main/section")) > 1


def test_a_day_changes_nothing_where_pages_have_none(client: TestClient) -> None:
    assert not document(client, "/?at=0001-01-01").xpath("//p[@class='notice']")


@pytest.mark.parametrize(
    "address",
    ["/", INDICATOR, "/nothing", "/api/indicators", "/api/nothing", "/robots.txt",
     "/api/works.csv?area=none", "/sitemap.xml", "/favicon.ico", "/openapi.json"],
)  # fmt: skip
def test_head_answers_like_get(client: TestClient, address: str) -> None:
    plain = {"Accept-Encoding": "identity"}
    full, head = client.get(address, headers=plain), client.head(address, headers=plain)
    assert head.status_code == full.status_code
    assert head.content == b""
    changing = {"date", "server-timing", "x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in full.headers.items() if k not in changing
    }
    assert int(head.headers["content-length"]) == len(full.content)


def test_robots_name_the_sitemap_and_the_sitemap_every_page(
    client: TestClient, data: ReleaseData
) -> None:
    robots = client.get("/robots.txt").text
    (sitemap,) = re.findall(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    tree = etree.fromstring(client.get(sitemap).content)
    places = tree.xpath("//*[local-name()='loc']/text()")
    assert len(places) == len(set(places)) > 2 * (len(data.indicators) + 133)
    assert "http://testserver/indicatori/mean_taxable_income" in places
    assert "http://testserver/territori/015166?lang=en" in places
    for place in places[:: len(places) // 40]:
        assert client.get(place).status_code == 200, place


def test_the_icon_is_one(client: TestClient) -> None:
    icon = client.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/vnd.microsoft.icon"
    assert icon.content[:6] == b"\x00\x00\x01\x00\x03\x00"  # an icon of three images
