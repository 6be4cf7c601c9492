"""Requests that no browser sends: each is refused with its own status and one log line."""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from dashboard.server.body import LARGEST_BODY
from dashboard.server.door import LONGEST_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash import Dash

CALLBACK = "/_dash-update-component"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


BODIES = ("{", b"\xff\xfe\x00", "", "[]", "null", "[" * 30_000, '{"output": "main.children"}')


@pytest.mark.parametrize("body", BODIES)
def test_there_are_no_callbacks_and_each_attempt_is_one_line(
    client: TestClient, caplog: pytest.LogCaptureFixture, body: str | bytes
) -> None:
    for headers in (JSON, {}, {"Content-Type": "multipart/form-data"}):
        caplog.clear()
        assert client.post(CALLBACK, content=body, headers=headers).status_code == 404
        lines = [r for r in caplog.records if r.name.startswith("dashboard.")]
        assert [(r.name, r.levelno) for r in lines] == [("dashboard.access", logging.WARNING)]
        assert lines[0].__dict__["fields"]["status"] == 404


REQUESTS = {
    ("GET", "/_dash-component-suites/nothing/a.js"): 404,
    ("GET", "/_dash-component-suites/dash/../../../../etc/passwd"): 404,
    ("GET", "/_dash-component-suites/os/path.py"): 404,
    ("GET", "/_dash-component-suites/dash/nothing.v1_0m1.js"): 404,
    ("GET", "/_dash-ws-callback"): 404,
    ("GET", CALLBACK): 404,
    ("GET", "/_page"): 404,
    ("GET", "/_page/"): 404,
    ("GET", "/_page/x/"): 200,
    ("GET", "/_page/x/nothing?slide=²"): 200,
    ("GET", "/_page/%00/%ff"): 200,
    ("GET", "/_page/../../etc/passwd"): 404,
    ("POST", "/_page/x/"): 405,
    ("GET", "/_page/x/?a=" + "x" * LONGEST_ADDRESS): 414,
    ("GET", "/_places/x/"): 404,
    ("GET", "/_places/x/indicatori/nothing"): 404,
    ("GET", "/_places/%00/%ff"): 404,
    ("GET", "/_reload-hash/x"): 404,
    ("GET", "/assets/../app.py"): 404,
    ("GET", "/assets/%00"): 404,
    ("GET", "/assets/" + "x" * 300): 404,
    ("GET", "/bundle/nothing.css"): 404,
    ("GET", "/api/nothing"): 404,
    ("GET", "/api/indicators/%00"): 404,
    ("GET", "/fonts/junk.woff2"): 404,
    ("GET", "/wp-login.php"): 404,
    ("POST", "/"): 405,
    ("POST", "/api/indicators"): 405,
    ("PUT", "/"): 405,
    ("DELETE", "/api/indicators"): 405,
    ("TRACE", "/"): 405,
    ("GET", "/api/search"): 422,
    ("GET", "/?slide=²"): 200,
    ("GET", "/riunione?slide=" + "9" * 3_000): 200,
    ("GET", "/?a=" + "x" * LONGEST_ADDRESS): 414,
    ("GET", "/api/indicators/ageing_index.csv?style=fr"): 422,
}


@pytest.mark.parametrize(("method", "address"), REQUESTS)
def test_an_address_that_is_none_is_refused(client: TestClient, method: str, address: str) -> None:
    assert client.request(method, address).status_code == REQUESTS[method, address]


REFERERS = ("http://[", "http://[::1", "//", "\x7f", "http://x/ambiti/" + "é" * 900, "?", "x:y:z")


@pytest.mark.parametrize("referer", REFERERS)
def test_a_layout_for_a_strange_referer_is_drawn(client: TestClient, referer: str) -> None:
    answer = client.get("/_dash-layout", headers=[(b"Referer", referer.encode())])
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_is_bounded(client: TestClient) -> None:
    large = b"x" * (LARGEST_BODY + 1)
    assert client.post(CALLBACK, content=large, headers=JSON).status_code == 413
    chunks: Iterator[bytes] = (b"x" * 1_000 for _ in range(200))  # no Content-Length
    assert client.post(CALLBACK, content=chunks, headers=JSON).status_code == 413
    fits = client.post(CALLBACK, content=b" " * LARGEST_BODY, headers=JSON)
    assert fits.status_code == 404


def test_an_unexpected_error_is_logged_with_its_trace_under_the_id_of_the_answer(
    app: Dash, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(app.server)
    monkeypatch.setattr("dashboard.page_cache.canonical", lambda *_: 1 / 0)
    for answer in (
        client.get("/_page/x/"),
        client.get("/_dash-layout", headers={"Referer": "http://x/"}),
    ):
        assert answer.status_code == 500
        assert answer.headers["x-request-id"] in answer.text
        assert "ZeroDivisionError" not in answer.text
    errors = [r for r in caplog.records if r.name == "dashboard.errors"]
    assert len(errors) == 2
    assert all(r.exc_info and r.exc_info[0] is ZeroDivisionError for r in errors)


PIECES = (
    "", "/", "ambiti", "economy", "api", "indicators", "ageing_index", ".csv", ".xlsx", "parts",
    "works", "shapes", "..", "%", "%00", "%ff", "%2e%2e", "²", "\u202e", "😀", "'", '"', "<script>",
    "{x}", "${7*7}", "-1", "9" * 400, "null", "2023-13", "0", " ", "+", "&", "=", "?", "#", ";",
)  # fmt: skip
KEYS = (
    "lang", "theme", "release", "territory", "period", "map", "slide", "page", "at", "sort", "q",
    "style", "funding_from", "share_to", "text", "state", "show", "x" * 60,
)  # fmt: skip
PATHS = (
    "/", "/ambiti/economy", "/indicatori/ageing_index", "/territori", "/progetti/opere",
    "/riunione", "/dati", "/api/search", "/api/works.csv", "/api/indicators/ageing_index/parts",
    "/api/indicators", "/docs", "/openapi.json",
)  # fmt: skip


def _random_request(chance: random.Random) -> tuple[str, dict[str, str]]:
    if chance.random() < 0.3:
        path = "/" + "/".join(chance.choices(PIECES, k=chance.randint(1, 4)))
    else:
        path = chance.choice(PATHS)
    query = {
        chance.choice(KEYS): "".join(chance.choices(PIECES, k=chance.randint(0, 3)))
        for _ in range(chance.randint(0, 4))
    }
    return path, query


def test_no_random_request_is_a_500(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    chance = random.Random(14)  # noqa: S311  # the same requests at every run
    caplog.set_level(logging.ERROR)
    for _ in range(150):
        path, query = _random_request(chance)
        address = httpx_address(path)
        answer = client.get(address, params=query)
        assert answer.status_code < 500, (address, query)
        change = f"/_page/x{address[:2_000]}"
        assert client.get(change, params=query).status_code < 500, change
    assert [r.getMessage() for r in caplog.records] == []


def httpx_address(path: str) -> str:
    """Return a path that the client does not change."""
    return path.replace("#", "%23").replace("?", "%3F").replace("//", "/%2F")


def _filled(path: str, parameters: list[dict[str, str]], chance: random.Random) -> str:
    """Return an address of the description with values that are partly right, partly junk."""
    good = {
        "indicator": "ageing_index",
        "territory": "cm-milano",
        "period": "2023",
        "before": "2022",
        "after": "2023",
    }
    query = {}
    for parameter in parameters:
        name = parameter["name"]
        value = good.get(name, "") if chance.random() < 0.5 else chance.choice(PIECES)
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", quote(value, safe="") or "x")
        elif chance.random() < 0.9:
            query[name] = value
    return f"{path}?{urlencode(query)}"


def test_no_address_of_the_description_answers_an_undescribed_error(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(15)  # noqa: S311  # the same requests at every run
    caplog.set_level(logging.ERROR)
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for _ in range(8):
            address = _filled(path, methods["get"].get("parameters", []), chance)
            assert client.get(address).status_code in {200, 400, 404, 414, 422}, address
    assert [r.getMessage() for r in caplog.records] == []
