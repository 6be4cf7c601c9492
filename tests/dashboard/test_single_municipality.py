"""A zone of exactly one municipality and that municipality are one place, with one page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.app import create_app
from dashboard.canonical import canonical, page_path
from dashboard.context import Context
from dashboard.page_cache import Pages
from dashboard.pages.territory.standing import standing
from dashboard.registry import PANELS
from dashboard.selection import Selection
from dashboard.site_map import all_paths
from dashboard.views import find
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server, follow_redirects=False)


def page(config: Config, data: ReleaseData, path: str) -> Context:
    return Context(config, data, Selection.read(path, ""), find(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/territori/015146", "/territori/milano"),
        ("/territori/015146?lang=en&theme=dark", "/territori/milano?lang=en&theme=dark"),
        ("/presenta/territori/015146", "/presenta/territori/milano"),
        ("/api/charts/spine/territori/015146.svg", "/api/charts/spine/territori/milano.svg"),
        ("/api/charts/spine/territori/015146.html?lang=en",
         "/api/charts/spine/territori/milano.html?lang=en"),
        ("/api/slides/territori/015146.pptx", "/api/slides/territori/milano.pptx"),
    ],
)  # fmt: skip
def test_the_address_of_the_municipality_leads_to_the_zone_for_good(
    client: TestClient, old: str, new: str
) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["location"]) == (308, new)
    assert client.get(new).status_code == 200


@pytest.fixture(scope="module")
def below_a_prefix(deployed: Config) -> TestClient:
    server = deployed.server.model_copy(update={"prefix": "/cruscotto"})
    config = deployed.model_copy(update={"server": server})
    app = create_app(config, read_catalog(config.catalog), Releases(config))
    return TestClient(app.server, follow_redirects=False)


@pytest.mark.parametrize("path", ["/territori/015146", "/api/charts/spine/territori/015146.csv"])
@pytest.mark.parametrize("is_removed", [True, False])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_below_a_prefix_too(
    below_a_prefix: TestClient, path: str, method: str, *, is_removed: bool
) -> None:
    address = f"{'' if is_removed else '/cruscotto'}{path}?lang=en"  # a proxy may remove it
    answer = below_a_prefix.request(method, address)
    target = "/cruscotto" + path.replace("015146", "milano") + "?lang=en"
    assert (answer.status_code, answer.headers["location"]) == (308, target)
    assert below_a_prefix.request(method, target).status_code == 200


@pytest.mark.parametrize("path", ["//other.example/territori/015146", "/x/territori/015146"])
def test_only_the_path_of_a_page_is_led_on(client: TestClient, path: str) -> None:
    assert client.get(f"http://testserver{path}").status_code == 404


def test_a_link_to_a_release_keeps_it(client: TestClient, data: ReleaseData) -> None:
    release = data.store.release
    answer = client.get(f"/territori/015146?release={release}")
    assert answer.headers["location"] == f"/territori/milano?release={release}"
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_page_in_the_browser_becomes_that_of_the_zone(deployed: Config) -> None:
    pages = Pages(deployed, read_catalog(deployed.catalog), Releases(deployed))
    assert pages.page("/territori/015146", "").address == "/territori/milano"


@pytest.mark.parametrize("path", ["/territori/015002", "/territori/nord-milano", "/territori"])
def test_other_territories_have_a_page_each(data: ReleaseData, path: str) -> None:
    assert page_path(path, data.catalog) == path
    assert canonical(Selection.read(path, ""), data).path == path


def test_a_zone_of_two_municipalities_is_not_one_of_them(data: ReleaseData) -> None:
    catalog = data.catalog
    joined = catalog.territories["015002"].model_copy(update={"parent": "milano"})
    other = {**catalog.territories, "015002": joined}
    assert catalog.only_municipalities == {"milano": "015146"}
    assert Catalog.model_construct(territories=other).only_municipalities == {}


def test_no_page_links_to_the_old_address(deployed: Config, data: ReleaseData) -> None:
    for path in ("/territori", "/territori/milano", "/territori/nord-milano", "/progetti/opere"):
        context = page(deployed, data, path)
        for name in context.route.view.panels:
            if name != "heading":
                assert "/territori/015146" not in str(PANELS[name](context)), (path, name)
    assert "/territori/015146" not in set(all_paths(data))


def test_the_list_has_one_star_for_both(deployed: Config, data: ReleaseData) -> None:
    markup = str(PANELS["territory_list"](page(deployed, data, "/territori")))
    stars = re.findall(r'data-favourite="(\S+)" data-same="(\w*)"', markup)
    assert stars.count(("milano", "015146")) == 1
    assert len(stars) == len(set(stars)) == 8 + 132


def test_the_page_has_what_only_the_municipality_has(deployed: Config, data: ReleaseData) -> None:
    context = page(deployed, data, "/territori/milano")
    place, indicators = data.catalog.territories["milano"], data.catalog.indicators
    value = standing(context, indicators["seat_km"], place).series
    assert value is not None
    assert value.territory == "015146"
    both = standing(context, indicators["separate_waste_collection"], place)
    assert (both.rank, len(both.peers)) == (7, 8)
    assert (both.municipal_rank, both.municipalities) == (125, 133)
