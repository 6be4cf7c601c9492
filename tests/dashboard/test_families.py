"""Of near-duplicates one counts, the others are linked; the widest headline heads territories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context
from dashboard.pages.common.headlines import (
    current_indicators,
    has_stopped,
    loaded_indicators,
    one_per_family,
    widest_headline,
)
from dashboard.pages.overview import attention
from dashboard.selection import Selection
from dashboard.views import find
from tests.dashboard.test_pages import draw

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from dashboard.status import Status
    from warehouse.config import Config


@pytest.fixture
def context(deployed: Config, data: ReleaseData) -> Context:
    return Context(deployed, data, Selection.read("/", ""), find("/"))


def test_the_sheet_links_the_near_duplicates_and_says_which_counts(
    deployed: Config, data: ReleaseData
) -> None:
    member = draw(deployed, data, "/indicatori/gross_soil_consumption")
    assert "<dt>Stessa misura, in altro modo</dt>" in member
    assert 'href=\\"/indicatori/soil_consumption\\"' in member
    assert "Nei conteggi c'è soltanto «Incremento netto annuo di suolo consumato»." in member
    lead = draw(deployed, data, "/indicatori/soil_consumption", "lang=en")
    assert "<dt>Same measure, another way</dt>" in lead
    assert "/indicatori/gross_soil_consumption" in lead
    assert "Only “Net yearly soil consumption” is counted." in lead
    assert "Stessa misura" not in draw(deployed, data, "/indicatori/pm25")


def test_what_is_current_has_one_of_each_family(context: Context) -> None:
    left_out = set()
    for node in context.catalog.areas:
        current = current_indicators(context, node)
        assert one_per_family(current) == current
        every = {i.id for i in loaded_indicators(context, node) if not has_stopped(context, i)}
        left_out |= every - {i.id for i in current}
    assert {"gross_soil_consumption", "european_election_turnout_women"} <= left_out
    # the census rate is not loaded, so that the survey's stands for the family
    economy = {i.id for i in current_indicators(context, context.catalog.areas[2])}
    assert "unemployment_rate_metro" in economy


def test_an_area_lists_its_near_duplicates_apart(deployed: Config, data: ReleaseData) -> None:
    page = draw(deployed, data, "/ambiti/environment")
    folded = page.split("in altro modo</summary>")[1].split("</details>")[0]
    assert "/indicatori/gross_soil_consumption" in folded
    assert "/indicatori/urban_green_2012" not in folded
    assert page.count("/indicatori/gross_soil_consumption") == 1


def test_a_family_asks_for_attention_once(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def holds(status: Status) -> bool:
        return status.points > 1

    named = {case.indicator.id for case in attention.cases(context.data, holds)}
    assert "soil_consumption" in named
    assert "gross_soil_consumption" not in named
    monkeypatch.setattr(attention, "one_per_family", tuple)
    assert "gross_soil_consumption" in {
        c.indicator.id for c in attention.cases(context.data, holds)
    }


def test_the_list_of_territories_is_headed_by_the_widest_judged_headline(
    deployed: Config, data: ReleaseData, context: Context
) -> None:
    # soil: (63.3 − 17.0) ÷ 32.0 = 1.45; charging points 1.14; residual waste 0.60. Digital notices
    # run from 0 to 100 % but are provisional and without a verdict.
    lead = widest_headline(context)
    assert lead
    assert lead.id == "consumed_soil"
    title = draw(deployed, data, "/territori").split("</h1>")[0]
    assert "Suolo consumato" in title
    assert "63,3" in title


def test_without_a_verdict_the_first_lead_indicator_heads(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(context.data), "sign", lambda *_: "none")
    lead = widest_headline(context)
    assert lead == current_indicators(context, context.catalog.areas[0])[0]
