"""The sentence of an indicator says which values it has: of zones, municipalities, or all."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from dashboard import narrative
from dashboard.context import Context, route
from dashboard.registry import PANELS
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


def context_of(config: Config, data: ReleaseData, indicator: str, query: str = "") -> Context:
    selection = Selection.read(f"/indicatori/{indicator}", query)
    return Context(config, data, selection, route(data, selection.path))


def text_of(panel: str, context: Context) -> str:
    return unescape(PANELS[panel](context).to_plotly_json()["props"]["html"])


def test_no_indicator_with_values_says_that_it_has_none(
    deployed: Config, data: ReleaseData
) -> None:
    assert (
        sum(
            not narrative.zone_values(context_of(deployed, data, i.id), i, None)
            for i in data.indicators
        )
        > 5
    )
    for indicator in data.indicators:
        context = context_of(deployed, data, indicator.id)
        none = context.text("narrative.no_values", title=context.translate(indicator.title))
        assert none not in narrative.indicator_title(context, indicator, None), indicator.id
        assert none not in text_of("strip", context), indicator.id


@pytest.mark.parametrize(
    ("indicator", "query", "sentence"),
    [
        ("income_inequality_2012", "", "da 0,152 indice (Nosate) a 0,280 indice (Basiglio)"),
        ("seat_km", "lang=en", "16,541 no. (Milano)"),
        ("activity_rate_metro", "", "% (Città metropolitana di Milano)"),
        ("separate_waste_collection", "", "da 62,1 % (Sud Ovest) a 78,9 % (Alto Milanese)"),
    ],
)
def test_the_values_are_those_of_zones_else_of_municipalities_else_of_all_together(
    deployed: Config, data: ReleaseData, indicator: str, query: str, sentence: str
) -> None:
    context = context_of(deployed, data, indicator, query)
    assert narrative.extremes(context, context.indicator, None).endswith(sentence)


@pytest.mark.parametrize("panel", ["strip", "table"])
def test_strip_and_table_without_a_value_say_that_parts_have_one(
    deployed: Config, data: ReleaseData, panel: str
) -> None:
    text = text_of(panel, context_of(deployed, data, "income_inequality_2012"))
    assert "Città metropolitana di Milano: nessun valore d'insieme" in text
    assert "<table" not in text
    assert "nessun valore" not in text_of(panel, context_of(deployed, data, "mean_taxable_income"))
