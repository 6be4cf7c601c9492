"""Only parameters that a page reads, with values that the release knows, select anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.canonical import READ_BY_ALL, READERS, VALUES, canonical
from dashboard.page_cache import Pages
from dashboard.selection import DEFAULTS, Selection
from dashboard.views import VIEWS
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


def test_every_reader_is_a_view_and_every_field_one_of_a_selection() -> None:
    assert set(READERS) | READ_BY_ALL == set(DEFAULTS)
    assert set(VALUES) <= set(READERS)
    assert frozenset().union(*READERS.values()) <= {view.name for view in VIEWS}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", "text=anything"),
        ("/", "period=2020"),
        ("/territori", "sort=paid&across=x"),
        ("/indicatori/mean_taxable_income", "territory=nowhere,999999"),
        ("/indicatori/mean_taxable_income", "period=yesterday"),
        ("/presenta/indicatori/mean_taxable_income", "text=anything"),
        ("/progetti", "area=nothing"),
        ("/territori", "outlook=1&map=zone&chart=zoom&page=7"),
        ("/indicatori/mean_taxable_income", "outlook=1&events=x"),
        ("/territori/nord-milano", "show=everything"),
    ],
)
def test_what_is_unknown_is_the_page_without_it(data: ReleaseData, path: str, query: str) -> None:
    assert canonical(Selection.read(path, query), data) == Selection.read(path, "")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/progetti/opere", "text=scuola&funding_from=1&sort=-paid&state=running"),
        ("/indicatori/mean_taxable_income", "period=2020&territory=nord-milano&map=zone"),
        ("/presenta/indicatori/mean_taxable_income", "period=2020"),
        ("/confronta", "indicators=mean_taxable_income&territory=015146&values=index"),
        ("/progetti", "area=economy&state=late&at=2025-06-30"),
        ("/indicatori/mean_taxable_income", "outlook=on&events=off&chart=zoom"),
        ("/territori/nord-milano", "show=all"),
    ],
)
def test_what_is_known_stays(data: ReleaseData, path: str, query: str) -> None:
    selection = Selection.read(path, query)
    assert canonical(selection, data) == selection


def test_invented_parameters_share_one_rendered_page(deployed: Config, data: ReleaseData) -> None:
    pages = Pages(deployed, data.catalog, Releases(deployed))
    page = pages.page("/territori", "")
    assert all(
        pages.page("/territori", f"text={n}&nothing={n}&territory=t{n}") is page for n in range(5)
    )
