from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context
from dashboard.figures.locator import locator
from dashboard.figures.spine import scale, spine
from dashboard.pages.territory.standing import counts, standing, standings
from dashboard.registry import HEADINGS, PANELS
from dashboard.release_data import ReleaseData
from dashboard.selection import Selection
from dashboard.views import find
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dash.development.base_component import Component

    from warehouse.query.store import Store


@pytest.fixture(scope="module")
def page(deployment: Path, release: Store) -> Callable[..., Context]:
    config = read_config(deployment)
    data = ReleaseData(read_catalog(config.catalog), release, lambda: ())
    return lambda path, query="": Context(config, data, Selection.read(path, query), find(path))


def markup(component: Component) -> str:
    return str(component.to_plotly_json()["props"]["html"])


def test_the_farthest_value_stands_at_an_end_and_the_mean_in_the_middle() -> None:
    on = scale([60, 70, 100], 70, lower_is_better=False)
    assert on.x(70) == 50
    assert on.x(100) == 96
    assert on.x(60) == pytest.approx(50 - 46 / 3)


def test_right_is_better_even_where_lower_is() -> None:
    on = scale([60, 70, 100], 70, lower_is_better=True)
    assert on.x(60) > 50 > on.x(100)


def test_values_all_alike_stand_on_the_mean() -> None:
    assert scale([5, 5], 5, lower_is_better=False).x(5) == 50


def test_a_value_without_direction_has_an_open_mark() -> None:
    on = scale([1, 2, 3], 2, lower_is_better=False)
    drawn = spine([(1, "A"), (3, "B")], on, value=3, sign="neutral")
    assert 'class="neutral"' in drawn
    assert 'class="better"' not in drawn


def test_the_middle_half_needs_four_values() -> None:
    on = scale([1, 2, 3, 4], 2, lower_is_better=False)
    assert 'class="half"' not in spine([(1, "A"), (2, "B"), (3, "C")], on)
    assert 'class="half"' in spine([(1, "A"), (2, "B"), (3, "C"), (4, "D")], on)


def test_names_on_the_map_are_escaped() -> None:
    drawn = locator(
        [("015007", "Cassina de' <Pecchi>", "/x?a=1&b=2")], shapes="/s.svg", size=(9, 9)
    )
    assert "&lt;Pecchi&gt;" in drawn
    assert "a=1&amp;b=2" in drawn


def test_a_zone_is_ranked_among_eight_and_a_municipality_among_all(
    page: Callable[..., Context],
) -> None:
    here = page("/territori/nord-milano")
    income = here.catalog.indicators["mean_taxable_income"]
    zone = standing(here, income, here.catalog.territories["nord-milano"])
    assert (len(zone.others), zone.rank, zone.sign) == (8, 8, "worse")
    town = standing(here, income, here.catalog.territories["015015"])  # Basiglio
    assert (len(town.others), town.rank, town.sign) == (133, 1, "better")


def test_a_sum_is_never_better_or_worse_than_the_whole(page: Callable[..., Context]) -> None:
    here = page("/territori/milano")
    residents = here.catalog.indicators["resident_population"]
    assert standing(here, residents, here.catalog.territories["milano"]).sign is None


def test_the_title_counts_what_the_chart_shows(page: Callable[..., Context]) -> None:
    here = page("/territori/nord-milano")
    better, worse, total = counts(standings(here, here.catalog.territories["nord-milano"]))
    title = HEADINGS["territory"](here).title
    assert [int(n) for n in re.findall(r"\d+", title)] == [better, total, worse]
    drawn = markup(PANELS["spine"](here))
    rows = drawn.split("spine-key", maxsplit=1)[0]
    assert rows.count('class="better"') == better
    assert rows.count('class="worse"') == worse


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("territory", ["cm-milano", "milano", "adda-martesana", "015209", "015250"])
def test_every_panel_of_every_level_is_drawn_in_both_languages(
    page: Callable[..., Context], territory: str, lang: str
) -> None:
    here = page(f"/territori/{territory}", f"lang={lang}")
    for name in here.route.view.panels[1:]:
        assert markup(PANELS[name](here)), name
    assert HEADINGS["territory"](here).title


def test_the_list_leads_to_all_zones_and_municipalities(page: Callable[..., Context]) -> None:
    drawn = markup(PANELS["territory_list"](page("/territori")))
    assert len(set(re.findall(r'href="/territori/(\d{6})"', drawn))) == 133
    assert len(set(re.findall(r'href="/territori/([a-z-]+)"', drawn))) == 9


def test_the_zone_table_ends_with_the_zone_itself(page: Callable[..., Context]) -> None:
    drawn = markup(PANELS["places"](page("/territori/nord-milano")))
    assert drawn.count("<tr") == 1 + 6 + 1
    assert "266.428" in drawn


def test_money_of_works_in_several_municipalities_is_not_added_to_a_zone(
    page: Callable[..., Context],
) -> None:
    here = page("/territori/nord-milano")
    drawn = markup(PANELS["largest_works"](here))
    zones = here.data.rows("funded_by_zone")
    funding = next(r["funding"] for r in zones if r["territory"] == "nord-milano")
    assert here.format.millions(funding) in drawn
