from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context
from dashboard.figures.locator import PlaceLink, locator
from dashboard.figures.spine import ground, mean_scale, spine, spread
from dashboard.pages.common.headlines import headline_indicators
from dashboard.pages.territory.standing import standing, standings
from dashboard.registry import HEADINGS, PANELS, PICTURES
from dashboard.selection import Selection
from dashboard.views import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    return lambda path, query="": Context(deployed, data, Selection.read(path, query), find(path))


def markup(component: Component) -> str:
    return str(component.to_plotly_json()["props"]["html"])


def test_the_farthest_value_is_at_an_end_and_the_mean_in_the_middle() -> None:
    scale = mean_scale([60, 70, 100], 70, lower_is_better=False)
    assert scale.x(70) == 50
    assert scale.x(100) == 96
    assert scale.x(60) == pytest.approx(50 - 46 / 3)


def test_right_is_better_even_where_lower_is() -> None:
    scale = mean_scale([60, 70, 100], 70, lower_is_better=True)
    assert scale.x(60) > 50 > scale.x(100)


def test_equal_values_are_on_the_mean() -> None:
    assert mean_scale([5, 5], 5, lower_is_better=False).x(5) == 50


def test_a_value_without_direction_has_an_open_mark() -> None:
    scale = mean_scale([1, 2, 3], 2, lower_is_better=False)
    svg = spine(ground(spread([1, 3]), scale), scale, value=3, sign="none")
    assert 'class="none"' in svg
    assert 'class="better"' not in svg


def test_the_middle_half_needs_four_values() -> None:
    scale = mean_scale([1, 2, 3, 4], 2, lower_is_better=False)
    assert 'class="half"' not in ground(spread([1, 2, 3]), scale)
    assert 'class="half"' in ground(spread([1, 2, 3, 4]), scale)


def test_names_on_the_map_are_escaped() -> None:
    svg = locator(
        [PlaceLink("015007", "Cassina de' <Pecchi>", "/x?a=1&b=2")], shapes="/s.svg", size=(9, 9)
    )
    assert "&lt;Pecchi&gt;" in svg
    assert "a=1&amp;b=2" in svg


def test_a_zone_is_ranked_among_eight_and_a_municipality_among_all(
    page: Callable[..., Context],
) -> None:
    context = page("/territori/nord-milano")
    income = context.catalog.indicators["mean_taxable_income"]
    zone = standing(context, income, context.catalog.territories["nord-milano"])
    assert (len(zone.peers), zone.rank, zone.sign) == (8, 8, "worse")
    town = standing(context, income, context.catalog.territories["015015"])  # Basiglio
    assert (len(town.peers), town.rank, town.sign) == (133, 1, "better")


def test_a_sum_is_never_better_or_worse_than_the_whole(page: Callable[..., Context]) -> None:
    context = page("/territori/milano")
    residents = context.catalog.indicators["resident_population"]
    assert standing(context, residents, context.catalog.territories["milano"]).sign is None


def test_the_signs_that_are_counted_are_those_of_the_chart(page: Callable[..., Context]) -> None:
    context = page("/territori/nord-milano")
    place = context.catalog.territories["nord-milano"]
    compared = [row.sign for row in standings(context, place)]
    svg = markup(PANELS["spine"](context))
    rows = svg.split("spine-key", maxsplit=1)[0]
    assert rows.count("meglio della media") == compared.count("better")
    assert rows.count("peggio della media") == compared.count("worse")
    signs = {
        row.direction for row in standings(context, context.catalog.territories["nord-milano"])
    }
    assert all(f'class="{sign}"' in rows for sign in signs - {"small"})  # the marks are directions


@pytest.mark.parametrize(
    ("view", "path"),
    [
        ("territory", "/territori/nord-milano"),
        ("territory", "/territori/015209"),
        *(("area", f"/ambiti/{area}") for area in ("digital", "economy", "mobility", "welfare")),
    ],
)
def test_a_title_is_the_largest_judged_change_of_the_headlines(
    page: Callable[..., Context], view: str, path: str
) -> None:
    context = page(path)
    place = path.removeprefix("/territori/") if view == "territory" else "cm-milano"
    nodes = [context.area] if view == "area" else context.catalog.areas
    news: list[tuple[float, str]] = []
    for indicator in (i for node in nodes for i in headline_indicators(context, node)):
        line = context.data.series(indicator.id, place)
        change = context.data.change(line) if line else None
        if line and change and context.data.is_current(line) and not change.municipalities:
            before = line.point(change.since)
            if before and before.value and change.direction in {"better", "worse"}:
                share = abs(line.last.value / before.value - 1)
                value = context.format.value(line.last.value, indicator)
                news.append((share, f"{context.translate(indicator.short)}: {value}"))
    assert news or place != "nord-milano"  # an area or a town may have no verdict
    title = HEADINGS[view](context).title
    assert not re.search(r"su \d+ indicatori|indicatori su \d+|meglio in|in meglio", title)
    if news:
        assert max(news)[1] in title


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("territory", ["cm-milano", "milano", "adda-martesana", "015209", "015250"])
def test_every_panel_of_every_level_is_drawn_in_both_languages(
    page: Callable[..., Context], territory: str, lang: str
) -> None:
    context = page(f"/territori/{territory}", f"lang={lang}")
    for name in context.route.view.panels[1:]:
        may_be_empty = name == "readings"  # where nobody has written one
        assert may_be_empty or markup(PANELS[name](context)), name
    assert HEADINGS["territory"](context).title


def test_the_list_leads_to_all_zones_and_municipalities(page: Callable[..., Context]) -> None:
    svg = markup(PANELS["territory_list"](page("/territori")))
    assert len(set(re.findall(r'href="/territori/(\d{6})"', svg))) == 132  # the 133rd is a zone
    assert len(set(re.findall(r'href="/territori/([a-z-]+)"', svg))) == 9


def test_the_zone_table_ends_with_the_zone_itself(page: Callable[..., Context]) -> None:
    svg = markup(PANELS["places"](page("/territori/nord-milano")))
    assert svg.count("<tr") == 1 + 6 + 1
    assert "267.545" in svg  # residents of 31 December 2024, the six municipalities added up


def test_money_of_works_in_several_municipalities_is_not_added_to_a_zone(
    page: Callable[..., Context],
) -> None:
    context = page("/territori/nord-milano")
    svg = markup(PANELS["largest_works"](context))
    zones = context.data.rows("funded_by_zone")
    funding = next(r["funding"] for r in zones if r["territory"] == "nord-milano")
    assert context.format.millions(funding) in svg


def test_each_row_names_who_made_its_figures_and_paper_names_all(
    page: Callable[..., Context],
) -> None:
    svg = markup(PANELS["spine"](page("/territori/nord-milano")))
    rows = re.findall(r'<th scope="row">.*?</th>', svg, flags=re.DOTALL)
    makers = [re.sub(r"<[^>]+>", "", row.rsplit("</span>", 1)[1]).strip() for row in rows]
    assert len(makers) > 200
    assert all(makers)
    paper = svg.partition('class="source on-paper">')[2]
    for name in ("Istat", "Ispra", "OpenCivitas", "CC BY 3.0 IT"):
        assert name in paper


def test_the_table_of_a_territory_names_the_source_of_each_row(
    page: Callable[..., Context],
) -> None:
    picture = PICTURES["spine"](page("/territori/nord-milano"))
    assert picture is not None
    heads, rows = picture.table.written()
    assert heads[-1] == ("Fonte", False)
    sources = {row[0].text: row[-1].text for row in rows}
    assert sources["Raccolta differenziata"] == "Ispra"
    assert all(sources.values())
