from __future__ import annotations

import pytest

from dashboard.selection import Selection


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?lang=en",
        "?theme=dark&release=2026-11-23-0a1b2c3d",
        "?territory=nord-milano,015146&period=2020&map=zone",
        "?slide=3",
        "?sort=-paid&page=4&funding_from=1,5",
    ],
)
def test_an_address_read_and_written_again_is_the_same(query: str) -> None:
    path = "/indicatori/mean_taxable_income"
    address = Selection.read(path, query).address()
    assert Selection.read(*address.partition("?")[::2]) == Selection.read(path, query)


@pytest.mark.parametrize(
    "query",
    [
        "?nothing=1",
        "?lang=fr",
        "?theme=pink",
        "?map=planet",
        "?slide=x",
        "?territory=,,",
        "%%%",
        "?page=0",
        "?page=-2",
        "?page=²",
        "?page=1.5",
        "?page=99999999999999999999",
    ],
)
def test_unknown_keys_and_values_are_ignored(query: str) -> None:
    assert Selection.read("/", query) == Selection()


def test_another_page_keeps_language_theme_and_release_only() -> None:
    selection = Selection.read("/ambiti/economy", "?lang=en&theme=dark&release=r1&territory=milano")
    assert selection.address("/progetti") == "/progetti?lang=en&theme=dark&release=r1"


def test_the_default_language_of_the_deployment_is_not_written() -> None:
    assert Selection.read("/", "", "en").address(default="en") == "/"
    assert Selection.read("/", "?lang=it", "en").address(default="en") == "/?lang=it"


def test_a_trailing_slash_is_the_same_page() -> None:
    assert Selection.read("/progetti/", "").path == "/progetti"


def test_the_day_of_the_portfolio_holds_from_a_project_to_its_actors() -> None:
    selection = Selection.read("/progetti", "at=2022-06-30&state=late&lang=en")
    assert selection.address("/progetti/remix") == "/progetti/remix?lang=en&at=2022-06-30"
    assert selection.address("/attori/anci") == "/attori/anci?lang=en&at=2022-06-30"
    assert selection.address("/ambiti/economy") == "/ambiti/economy?lang=en"
    assert selection.address("/progetti/opere") == "/progetti/opere?lang=en"


def test_a_table_goes_back_to_its_first_page_where_its_rows_change() -> None:
    selection = Selection.read("/progetti/opere", "sort=title&page=3")
    assert selection.address(page=4) == "/progetti/opere?sort=title&page=4"
    assert selection.address(theme="dark") == "/progetti/opere?theme=dark&sort=title&page=3"
    assert selection.address(state="running") == "/progetti/opere?state=running&sort=title"
    assert selection.address(sort="paid") == "/progetti/opere?sort=paid"
