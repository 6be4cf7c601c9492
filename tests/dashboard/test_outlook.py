"""The outlook on the page of an indicator: where the ladder allows, switched by the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from dashboard.context import Context, route
from dashboard.pages.indicator.outlook import outlook_lines, outlook_sentence, prospect
from dashboard.registry import PANELS
from dashboard.selection import Selection
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

WITH = "children_in_municipal_nurseries"


def page(config: Config, data: ReleaseData, indicator: str, query: str = "") -> Context:
    selection = Selection.read(f"/indicatori/{indicator}", query)
    return Context(config, data, selection, route(data, selection.path))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_sheet_says_where_the_trend_leads_and_what_it_is_not(
    deployed: Config, data: ReleaseData, lang: str
) -> None:
    context = page(deployed, data, WITH, f"lang={lang}")
    outlook = prospect(context)
    assert outlook
    sheet = str(PANELS["sheet"](context).to_plotly_json())
    for value in (outlook.end.value, outlook.end.low, outlook.end.high):
        assert context.format.number(value, context.indicator.decimals) in sheet
    assert str(escape(context.text("outlook.mark"))) in sheet
    status = data.status(WITH, outlook.place.territory)
    assert status
    assert status.slope
    years = formatting.start(outlook.due).year - formatting.start(outlook.last).year
    moved = outlook.end.value - outlook.start.value
    assert moved == pytest.approx(years * status.slope, rel=0.01)
    assert outlook.end.high - outlook.end.low > outlook.start.high - outlook.start.low


def test_the_chart_has_it_where_the_address_asks_for_it(
    deployed: Config, data: ReleaseData
) -> None:
    assert outlook_lines(page(deployed, data, WITH)) == []
    lines = outlook_lines(page(deployed, data, WITH, "outlook=on"))
    assert [line.role for line in lines] == ["outlook", "range", "range"]


def test_there_is_none_without_a_judged_trend_of_five_current_points(
    deployed: Config, data: ReleaseData
) -> None:
    outlooks = 0
    for indicator in data.indicators:
        context = page(deployed, data, indicator.id, "outlook=on")
        status = data.status(indicator.id, data.catalog.metro.territory)
        if not outlook_sentence(context):
            assert outlook_lines(context) == []
            continue
        outlooks += 1
        assert status
        assert status.points >= 5
        assert status.rule in {"slope", "theil_sen"}
        assert status.movement in {"rising", "falling"}
        low, high = indicator.range or (float("-inf"), float("inf"))
        for line in outlook_lines(context):
            assert all(low <= value <= high for _, value, _ in line.points)
    assert outlooks
