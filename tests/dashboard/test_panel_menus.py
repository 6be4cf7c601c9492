"""Every panel with a picture has the whole menu, and each of its entries works."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from dashboard.context import Context, route
from dashboard.export import pictures
from dashboard.markup import markup
from dashboard.registry import PICTURES
from dashboard.render import draw
from dashboard.selection import Selection
from dashboard.views import VIEWS, WORK
from tests.support.works import works_by_funding

if TYPE_CHECKING:
    from dash import Dash
    from lxml.html import HtmlElement

    from dashboard.pictures import Picture
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

PLACES = {
    "area": ("/ambiti/environment", "/ambiti/economy"),
    "indicator": ("/indicatori/separate_waste_collection?territory=nord-milano",),
    "territory": ("/territori/nord-milano", "/territori/milano", "/territori/015209"),
    "project": ("/progetti/ato-rifiuti", "/progetti/op-forestami"),
    "actor": ("/attori/citta-metropolitana-di-milano",),
    "deck": ("/presentazioni/piano",),
}
WORK_WITH_ACTORS = "/progetti/cup-b11c22000950006"
ADDRESSES = [a for view in VIEWS for a in PLACES.get(view.name, (view.path,))]
EMPTY = {"news_list"}  # pictures that the first release of the tests has nothing for
# What a panel draws: shapes, but for signs and icons, and bars.
DRAWN = (
    './/svg[not(contains-token(@class, "icon") or contains-token(@class, "sign")'
    ' or contains-token(@class, "key-mark"))]'
    ' | .//*[contains-token(@class, "bullet") or contains-token(@class, "paid-track")'
    ' or contains-token(@class, "barbox") or contains-token(@class, "hollow")]'
).replace("contains-token(@class, ", "contains(concat(' ', @class, ' '), ")
FILES = {"csv": "text/csv; charset=utf-8", "png": "image/png", "svg": "image/svg+xml"}


def _context(config: Config, data: ReleaseData, address: str) -> Context:
    parts = urlsplit(address)
    selection = Selection.read(parts.path, parts.query)
    return Context(config, data, selection, route(data, parts.path))


def _panels(context: Context) -> dict[str, HtmlElement]:
    names = context.route.view.panels
    return {name: html.fragment_fromstring(markup(draw(name, context))) for name in names}


def _menus(panel: HtmlElement) -> list[HtmlElement]:
    return list(panel.xpath('.//details[contains(@class, "chart-menu")]'))


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


@pytest.fixture(scope="module")
def addresses(data: ReleaseData) -> list[str]:
    """Return an address of each kind of page, two of funded works too."""
    return [*ADDRESSES, f"/progetti/{works_by_funding(data)[0]['project']}", WORK_WITH_ACTORS]


def test_every_picture_is_of_a_panel_that_is_looked_at_here(
    deployed: Config, data: ReleaseData, addresses: list[str]
) -> None:
    panels = {panel for view in (*VIEWS, WORK) for panel in view.panels}
    assert {name for name in PICTURES if name not in panels} == set()
    contexts = [_context(deployed, data, address) for address in addresses]
    pictured = {n for c in contexts for n in c.route.view.panels if pictures.picture_of(c, n)}
    assert set(PICTURES) - pictured == EMPTY


def test_a_panel_that_draws_something_has_one_menu_and_no_other_panel_has_a_dead_one(
    deployed: Config, data: ReleaseData, addresses: list[str]
) -> None:
    faults = []
    for address in addresses:
        context = _context(deployed, data, address)
        for name, panel in _panels(context).items():
            expected = int(pictures.picture_of(context, name) is not None)
            if len(_menus(panel)) != expected:
                faults.append(f"{address} {name}: {len(_menus(panel))} menus, not {expected}")
            if panel.xpath(DRAWN) and not expected:
                faults.append(f"{address} {name}: drawn, without a picture")
    assert faults == []


def test_every_entry_of_every_menu_works(
    client: TestClient, deployed: Config, data: ReleaseData, addresses: list[str]
) -> None:
    looked: set[str] = set()
    for address in addresses:
        context = _context(deployed, data, address)
        for name, panel in _panels(context).items():
            for menu in _menus(panel):
                if name not in looked:
                    _use(client, context, name, menu)
                    looked.add(name)
    assert len(looked) > 40


def _use(client: TestClient, context: Context, name: str, menu: HtmlElement) -> None:
    picture = pictures.picture_of(context, name)
    assert picture
    entries = menu.xpath(".//ul/li/*[self::a or self::button]")
    links = [entry.get("href") for entry in entries if entry.tag == "a"]
    buttons = {key for entry in entries for key in entry.attrib if key.startswith("data-")}
    assert len(entries) == 8
    assert {"data-copy", "data-embed", "data-shelve", "data-enlarge", "data-values"} <= buttons
    for suffix, media_type in FILES.items():
        (link,) = [link for link in links if f".{suffix}?" in link]
        answer = client.get(link)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type), link
        if suffix == "csv":
            _read_file(context, picture, answer.content.decode("utf-8-sig"))
        if suffix == "svg":
            assert set(picture.source.split()) <= set(_words(answer.content.decode()))
    (link,) = [link for link in links if link.endswith("#values")]
    _read_table(picture, client.get(link).text)


def _words(drawing: str) -> list[str]:
    texts = html.fromstring(drawing).xpath("//text")
    return " ".join(text.text_content() for text in texts).split()


def _read_file(context: Context, picture: Picture, text: str) -> None:
    """The file has the rows of the picture, each with its source and release."""
    head, *lines = csv.reader(StringIO(text), delimiter=";")
    titles, rows = picture.table.written()
    assert [*head[: len(titles)]] == [title for title, _ in titles]
    assert head[-2:] == ["fonte", "rilascio"]
    assert len(lines) == len(rows)
    origin = [picture.source, context.data.store.release]
    assert all(line[-2:] == origin for line in lines)


def _read_table(picture: Picture, page: str) -> None:
    """The table beside the chart prints what the picture has, with its numbers to sort by."""
    document = html.fromstring(page)
    printed = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")]
        for row in document.xpath('//*[@id="values"]//tbody/tr')
    ]
    heads, rows = picture.table.written()
    assert printed == [[" ".join(f"{c.text} {c.note}".split()) for c in row] for row in rows]
    orders = [float(v) for v in document.xpath('//td[contains(@class, "num")]/@data-order')]
    amounts = [cell.amount for row in rows for cell in row[1:] if cell.amount is not None]
    assert orders == pytest.approx(amounts)
    assert len(document.xpath('//button[@class="sort"]')) == len(heads)
    assert picture.source in " ".join(
        document.xpath('//*[@class="source"]')[0].text_content().split()
    )
