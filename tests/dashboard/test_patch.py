"""What of a page changes in place, and what makes it be replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.components.html import Html
from dashboard.patch import patches
from dashboard.render import render
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


def test_every_leaf_gives_what_may_change_by_its_id() -> None:
    graph = dcc.Graph(id="trend", figure={"data": []}, config={"responsive": True})
    panels = [html.Section([Html("<p>a</p>", id="head", tag="p"), html.Figure([graph])])]
    assert patches(panels) == {"head": {"html": "<p>a</p>"}, "trend": {"figure": {"data": []}}}


def test_a_leaf_without_an_id_makes_the_page_be_replaced() -> None:
    assert patches([Html("a", id="a"), Html("b")]) == {}
    assert patches([Html("a", id="a"), html.P("words")]) == {}


def test_two_leaves_of_one_id_make_the_page_be_replaced() -> None:
    assert patches([Html("a", id="a"), Html("b", id="a")]) == {}


def test_the_page_of_an_indicator_changes_in_place(deployed: Config, data: ReleaseData) -> None:
    def outline(query: str) -> list[str]:
        address = Selection.read("/indicatori/mean_taxable_income", query)
        return list(patches(render(deployed, data, address)[0]))

    assert len(outline("")) >= 10
    assert outline("") == outline("territory=nord-milano&period=2018&map=zone&lang=en")
