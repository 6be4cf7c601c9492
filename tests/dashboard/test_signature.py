"""Pages whose leaves change in place, and pages that are replaced completely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.components.html import Html
from dashboard.components.plotly_chart import PlotlyChart
from dashboard.render import render
from dashboard.selection import Selection
from dashboard.signature import leaf_ids

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


def test_a_component_refuses_a_property_that_it_does_not_have() -> None:
    with pytest.raises(TypeError, match="Html has no hmtl"):
        Html(hmtl="<p>a</p>")


def test_every_leaf_of_a_page_has_an_id() -> None:
    chart = PlotlyChart(id="trend", figure={"data": []}, config={"responsive": True})
    panels = [html.Section([Html("<p>a</p>", id="head", tag="p"), html.Figure([chart])])]
    assert leaf_ids(panels) == ("head", "trend")


def test_a_page_with_a_leaf_without_id_is_replaced() -> None:
    assert leaf_ids([Html("a", id="a"), Html("b")]) == ()
    assert leaf_ids([Html("a", id="a"), html.P("words")]) == ()


def test_a_page_with_two_leaves_of_one_id_is_replaced() -> None:
    assert leaf_ids([Html("a", id="a"), Html("b", id="a")]) == ()


def test_pages_change_in_place(deployed: Config, data: ReleaseData) -> None:
    def leaves(path: str, query: str = "") -> tuple[str, ...]:
        return leaf_ids(render(deployed, data, Selection.read(path, query))[0])

    indicator, works = "/indicatori/mean_taxable_income", "/progetti/opere"
    assert len(leaves(indicator)) >= 10
    single = "/indicatori/income_inequality_2012"  # one period: no line is drawn
    assert leaves(single) == leaves(indicator)
    assert leaves(indicator) == leaves(
        indicator, "territory=nord-milano&period=2018&map=zone&lang=en"
    )
    assert leaves(works)
    assert leaves(works) == leaves(works, "sort=title&page=3&text=scuola&lang=en")
