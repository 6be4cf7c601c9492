from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from dashboard.context import Context
from dashboard.figures.gantt import Bar, axis, row
from dashboard.figures.spending import spending
from dashboard.figures.treemap import treemap
from dashboard.pages.common.progress import delay, progress
from dashboard.pages.project.linked_indicators import beside
from dashboard.pages.projects import portfolio
from dashboard.pages.projects.progress_and_indicators import meetings
from dashboard.pages.works import panels as works
from dashboard.registry import HEADINGS, PANELS
from dashboard.release_data import ReleaseData
from dashboard.render import route
from dashboard.selection import Selection
from dashboard.theme import LIGHT, chart
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.query.store import Store

DEMONSTRATION = "dati dimostrativi"


@pytest.fixture(scope="module")
def page(deployment: Path, release: Store) -> Callable[..., Context]:
    config = read_config(deployment)
    data = ReleaseData(read_catalog(config.catalog), release, lambda: ())
    return lambda path, query="": Context(
        config, data, Selection.read(path, query), route(data, path)
    )


def drawn(component: object) -> str:
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


def test_the_axis_starts_with_a_year_and_leaves_room_for_words() -> None:
    on = axis([date(2019, 3, 1), date(2027, 2, 28)])
    assert on.first == date(2019, 1, 1)
    assert on.years[0] == (2019, 0)
    assert on.x(date(2027, 2, 28)) < 90


def test_a_forecast_is_drawn_only_where_there_is_one_and_it_is_to_come() -> None:
    today, on = date(2026, 8, 16), axis([date(2019, 1, 1), date(2028, 1, 1)])
    planned = (date(2024, 1, 1), date(2025, 3, 31))
    running = Bar(planned, date(2025, 2, 1), today)
    assert "forecast" not in row(running, on, today)
    expected = Bar(planned, date(2025, 2, 1), today, forecast=date(2027, 1, 31), late=True)
    assert 'class="forecast late"' in row(expected, on, today)
    ended = Bar(planned, date(2025, 2, 1), date(2026, 1, 1), reached=True)
    assert "forecast" not in row(ended, on, today)
    assert 'class="reached"' in row(ended, on, today)


def test_what_is_missing_of_the_spending_is_left_out_and_not_drawn_as_zero() -> None:
    points = [
        (date(2024, 12, 31), "2024", 1e6, 2e6),
        (date(2025, 12, 31), "2025", None, 4e6),
    ]
    made = spending(
        points, layout=chart("light"), token=LIGHT, names=("pagato", "previsto"), write=str
    )
    planned, paid = made["data"]
    assert planned["y"] == [2, 4]
    assert paid["y"] == [1]


def test_progress_is_read_on_the_day_it_was_told(page: Callable[..., Context]) -> None:
    assert page("/progetti").today == "2026-08-16"


def test_a_state_says_why_it_is_so(page: Callable[..., Context]) -> None:
    found = {r["project"]: r for r in progress(page("/progetti"), "strategic")}
    assert found["remix"]["word"] == "In ritardo"  # from 31 July 2025 to 28 February 2027
    assert found["remix"]["why"] == "Fine attesa 577 giorni dopo il primo piano."
    assert found["regolamento-edilizio"]["word"] == "Concluso"
    # 47 % done of 58 % planned to date, and no end later than the rule allows
    assert found["mobilita-sostenibile"]["why"].startswith("Avanzamento fisico 11 punti sotto")
    assert found["remix"]["delay"].endswith("19 mesi")


def test_a_delay_is_said_in_months(page: Callable[..., Context]) -> None:
    here = page("/progetti")
    assert delay(here, None) == "–"
    assert delay(here, 3) == "–"
    assert delay(here, 31) == "+1 mese"
    assert delay(here, -61) == "−2 mesi"


def test_every_panel_with_invented_figures_says_so(page: Callable[..., Context]) -> None:
    here = page("/progetti")
    for name in ("portfolio", "money", "operational"):
        assert DEMONSTRATION in drawn(PANELS[name](here)), name
    assert DEMONSTRATION not in drawn(PANELS["works_by_zone"](here))
    one = page("/progetti/remix")
    for name in ("gantt", "spending", "funding", "milestones"):
        assert DEMONSTRATION in drawn(PANELS[name](one)), name
    assert HEADINGS["project"](one).demonstration


def test_the_portfolio_is_chosen_by_level_area_and_territory(page: Callable[..., Context]) -> None:
    def names(query: str) -> list[str]:
        return [r["project"] for r in portfolio.chosen(page("/progetti", query))]

    assert len(names("")) == 10
    assert len(names("level=operational")) == 24
    assert names("area=mobility") == ["smart-land", "mobilita-sostenibile", "olimpiadi-2026"]
    assert "olimpiadi-2026" not in names("territory=nord-milano")
    assert names("level=nonsense&area=nowhere") == []
    assert names("state=done") == ["regolamento-edilizio"]
    assert names("actor=cap-holding") == ["gestore-unico-sii"]
    assert names("source=pnrr") == ["smart-land", "gestore-unico-sii", "mobilita-sostenibile"]
    assert len(names("trait=innovation")) < 10


def test_the_portfolio_is_seen_as_it_stood_on_a_day_of_reports(
    page: Callable[..., Context],
) -> None:
    then = {r["project"]: r for r in progress(page("/progetti", "at=2023-06-30"), "strategic")}
    assert then["remix"]["physical"] == 55
    assert then["olimpiadi-2026"]["state"] == "on_track"  # nothing was late then
    assert page("/progetti", "at=2099-01-01").today == "2026-08-16"  # nobody told of later days
    assert page("/progetti", "at=nonsense").today == "2026-08-16"


def test_an_indicator_beside_a_project_tells_its_change_since_the_start(
    page: Callable[..., Context],
) -> None:
    found = {i["indicator"].id: i for i in beside(page("/progetti/remix"))}  # from March 2019
    told = found["resident_population"]
    assert told["since"].since == "2019"  # the last reading on or before the first day of work
    assert "dal 2019" in told["since_text"]
    assert "in un anno" in told["text"]
    # nothing is said twice: of 2019 and 2020 the change of a year is the change since the start
    assert found["low_income_taxpayers"]["since_text"] == ""


def test_state_and_direction_meet_where_one_looks(page: Callable[..., Context]) -> None:
    found = {group.name: group.reads for group in meetings(page("/progetti"))}
    # Remix is late while the ageing index rises; Europa is on track while payments rise
    late = {(r.project["project"], r.indicator.id) for r in found["late_worse"] if r.project}
    assert ("remix", "ageing_index") in late
    well = {r.project["project"] for r in found["well_better"] if r.project}
    assert "milano-europa" in well
    assert all(r.project is None and r.direction == "worse" for r in found["worse_alone"])
    chosen = page("/progetti", "territory=nord-milano&area=welfare")
    zone = {group.name: group.reads for group in meetings(chosen)}
    assert {r.indicator.area for r in zone["worse_alone"]} <= {"welfare"}
    ageing = [r for r in zone["late_worse"] if r.indicator.id == "ageing_index"]
    assert {r.text.split()[0] for r in ageing} == {"+4,7"}  # the zone's own change


def test_an_indicator_without_direction_is_not_held_against_a_project_that_is_done(
    page: Callable[..., Context],
) -> None:
    for level in ("strategic", "operational"):
        groups = {g.name: g.reads for g in meetings(page("/progetti", f"level={level}"))}
        assert {r.direction for r in groups["done_still"]} <= {"same", "worse", "broken", "unknown"}
        assert groups["done_still"], level


def test_the_treemap_fills_the_whole_in_proportion() -> None:
    tiles = treemap([6, 6, 4, 3, 2, 2, 1], 600, 400)
    areas = [tile.width * tile.height for tile in tiles]
    assert [round(a / 10_000, 6) for a in areas] == [6, 6, 4, 3, 2, 2, 1]
    assert all(t.x + t.width <= 600.001 and t.y + t.height <= 400.001 for t in tiles)
    assert treemap([], 600, 400) == []


def test_funded_works_are_real_and_all_there(page: Callable[..., Context]) -> None:
    here = page("/progetti/opere")
    said = HEADINGS["works"](here).title
    total = here.data.rows("funded_totals")[0]
    assert here.format.millions(total["funding"]) in said
    text = drawn(PANELS["works"](here))
    assert DEMONSTRATION not in text
    assert text.count('"project":') == min(total["projects"], works.SHOWN)
    assert "CC BY 4.0" in text


def test_nothing_found_is_said(page: Callable[..., Context]) -> None:
    here = page("/progetti/opere", "text=xyzzy")
    assert "Nessuna opera" in drawn(PANELS["works"](here))
    assert HEADINGS["works"](here).title


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("level", ["strategic", "operational", "funded"])
def test_a_project_of_each_level_is_drawn_in_both_languages(
    page: Callable[..., Context], level: str, lang: str
) -> None:
    here = page("/progetti")
    if level == "funded":
        found = here.data.rows(
            "funded_works", territory=None, area=None, state=None, dataset=None, text=None
        )
        several = next(r for r in found if r["municipalities"] > 1)
        names = [found[0]["project"], several["project"], found[-1]["project"]]
    else:
        names = [r["project"] for r in progress(here, level)]
    for name in names:
        one = page(f"/progetti/{name}", f"lang={lang}")
        view = one.route.view
        assert view.name == ("work" if level == "funded" else "project")
        assert HEADINGS[view.name](one).title
        for panel in view.panels[1:]:
            assert '"html": ""' not in drawn(PANELS[panel](one)), panel


def test_the_script_of_the_grid_is_served_but_not_named_in_a_page(server: str) -> None:
    with urlopen(f"{server}/progetti/opere") as answer:
        assert "/dash_ag_grid/" not in answer.read().decode()
    with urlopen(f"{server}/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js") as answer:
        assert answer.status == 200
