"""Every field of the query language with values that nobody means: an answer, never a 500."""

from __future__ import annotations

import logging
import random
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from dashboard.selection import CHOICES, DEFAULTS, LISTS, Selection
from dashboard.views import PRESENT, VIEWS

if TYPE_CHECKING:
    from dash import Dash

FIELDS = tuple(name for name in DEFAULTS if name != "path")
ODD = (
    "", " ", "9" * 40, "9" * 3_000, "²", "٣", "-1", "1e999", "NaN", "0x10", "\x00", "a\x00b", "\n",
    "\u202e", "😀", "é" * 200, "'", '"', "<b>", "%", "%s", "{0}", "..", "/", "\\", ",", ",,,",
    "a,b,a", ",".join("x" * 300), "none", "None", "null", "true", "nobody", "-", "--", "-nobody",
    "0001-01-01", "9999-12-31", "2023-02-30", "2023-13", "10000-01-01", "-0001-01-01", "2023",
    "2023-Q9", "015146,015146", "015146,nowhere", "ageing_index,nothing", "cm-milano", "economy",
)  # fmt: skip
PLACES = {
    "{area}": "economy",
    "{indicator}": "ageing_index",
    "{territory}": "nord-milano",
    "{project}": "smart-land",
    "{actor}": "regione-lombardia",
    "{deck}": "piano",
}
MOST_REQUESTS = 200


def _paths() -> list[str]:
    """Return an address of every page, and the room."""
    paths = []
    for view in VIEWS:
        path = view.path
        for variable, value in PLACES.items():
            path = path.replace(variable, value)
        paths.append(path)
    return [*paths, f"{PRESENT}/presentazioni/piano", "/progetti/cup-c71c22000290006"]


def _requests() -> list[str]:
    """Return requests that together have every field, every value and every page.

    The first go through the fields, the pages and the values in turn; three more fields of each
    are drawn by chance, the same ones at every run.
    """
    chance = random.Random(20)  # noqa: S311  # the same requests at every run
    pairs = list(product(FIELDS, ODD))
    chance.shuffle(pairs)
    paths = _paths()
    requests = []
    for number in range(MOST_REQUESTS):
        field = FIELDS[number % len(FIELDS)]
        query = [(field, ODD[number % len(ODD)]), *chance.sample(pairs, 3)]
        requests.append(f"{paths[number % len(paths)]}?{urlencode(query)}")
    return requests


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server, raise_server_exceptions=False)


def test_the_requests_have_every_field_value_and_page() -> None:
    requests = _requests()
    text = "\n".join(requests)
    assert all(f"{field}=" in text for field in FIELDS)
    assert all(urlencode({"": value}) in text for value in ODD)
    assert {request.partition("?")[0] for request in requests} == set(_paths())
    assert len(requests) <= 300


# A socket that another test of the process left is not what this one is about.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_odd_value_is_an_error(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    for address in _requests():
        status = client.get(address).status_code
        assert status in {200, 404, 414}, (status, address)
    assert [record.getMessage() for record in caplog.records] == []


def test_what_is_read_can_be_written_and_read_again() -> None:
    """An odd value is dropped or stays unchanged: the address of a page leads to the same page."""
    for field, value in product(FIELDS, ODD):
        read = Selection.read("/", urlencode({field: value}))
        address = read.address("/", default="it", page=read.page)
        assert Selection.read(*address.partition("?")[::2]) == read, (field, value)
        if field in CHOICES:
            assert getattr(read, field) == DEFAULTS[field], value
        if field in LISTS:
            assert all(getattr(read, field)), value
