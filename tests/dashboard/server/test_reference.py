"""The page of the API says of every address what its description for programs says."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.api.reference import _key
from dashboard.i18n import translations

if TYPE_CHECKING:
    from dash import Dash


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def test_every_address_and_parameter_is_explained_in_both_languages(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert len(paths) >= 7
    for language in ("it", "en"):
        t = translations(language)
        page = html.unescape(client.get(f"/docs?lang={language}").text)
        assert f'<html lang="{language}"' in page
        for path, methods in paths.items():
            assert f"<code>{path}</code>" in page
            assert t(f"reference.operations.{_key(path)}") in page, path
            for parameter in methods["get"].get("parameters", ()):
                assert t(f"reference.parameters.{parameter['name']}") in page, parameter["name"]


def test_the_description_names_the_types_that_are_answered(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    checked = 0
    for path, methods in paths.items():
        required = {p["name"] for p in methods["get"].get("parameters", ()) if p.get("required")}
        if required - {"indicator"}:
            continue
        answer = client.get(path.replace("{indicator}", "ageing_index"))
        (media_type,) = methods["get"]["responses"]["200"]["content"]
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        checked += 1
    assert checked >= 6


def test_the_page_asks_no_other_site_and_its_examples_answer(client: TestClient) -> None:
    page = html.unescape(client.get("/docs").text)
    addresses = re.findall(r'(?:href|src)="([^"#]+)"', page)
    assert len(addresses) > 10
    for address in addresses:
        assert address.startswith("/")
        assert not address.startswith("//")
        assert client.get(address).status_code == 200, address
