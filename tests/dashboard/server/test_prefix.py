"""Below a prefix, every address of every page begins with it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.app import create_app
from dashboard.selection import Selection
from dashboard.views import VIEWS
from warehouse.config import Config, Server
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "/cruscotto"
VALUES = {
    "area": "economy",
    "indicator": "mean_taxable_income",
    "territory": "nord-milano",
    "actor": "citta-metropolitana-di-milano",
}
VARIABLE = re.compile(r"\{(\w+)\}")
OUTSIDE = ("https://", "http://", "mailto:")


@pytest.fixture(scope="module")
def client(deployed: Config) -> TestClient:
    server = Server(prefix=PREFIX)
    config = deployed.model_copy(update={"server": server})
    app = create_app(config, read_catalog(config.catalog), Releases(config))
    return TestClient(app.server, base_url="http://127.0.0.1")


def strings(value: object) -> Iterator[str]:
    """Yield every text of a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def _addresses() -> list[str]:
    paths = [VARIABLE.sub(lambda m: VALUES.get(m[1], ""), view.path) for view in VIEWS]
    return [path for path in paths if not path.endswith("/") or path == "/"]


@pytest.mark.parametrize("path", _addresses())
def test_every_address_of_a_page_begins_with_the_prefix(client: TestClient, path: str) -> None:
    referer = {"Referer": f"http://127.0.0.1{PREFIX}{path}?lang=en"}
    texts = list(strings(client.get(f"{PREFIX}/_dash-layout", headers=referer).json()))
    inside = [
        address
        for text in texts
        for address in [
            *re.findall(r'(?:href|src|action)="([^"#][^"]*)"', text),
            *([text] if re.match(r"/[a-z]\S*$", text) else []),
        ]
        if not address.startswith(OUTSIDE)
    ]
    assert len(inside) > 5
    assert [a for a in inside if not (a + "/").startswith(PREFIX + "/")] == []
    pages = {a.partition("?")[0] for a in inside if "/api/" not in a and "/shapes/" not in a}
    for address in sorted(pages)[:20]:
        assert client.get(address).status_code == 200, address


def test_an_old_address_leads_below_the_prefix(client: TestClient) -> None:
    moved = client.get(f"{PREFIX}/riunione?lang=en", follow_redirects=False)
    assert moved.headers["location"] == f"{PREFIX}/presenta/presentazioni/piano?lang=en"


def test_the_paths_of_a_selection_have_no_prefix(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/api/search?q=legnano").json()
    items = [item["address"] for group in answer["groups"] for item in group["items"]]
    assert f"{PREFIX}/territori/015118" in items
    assert Selection.read("/territori", "").address() == "/territori"
    assert json.dumps(answer).count(PREFIX + PREFIX) == 0
