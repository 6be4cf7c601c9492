from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context, route
from dashboard.figures.gantt import Bar, row, time_axis
from dashboard.figures.spending import spending
from dashboard.pages.common.progress import progress, write_delay, write_likely_end
from dashboard.pages.project.links import linked_indicators
from dashboard.pages.projects.money import money_bars
from dashboard.pages.projects.portfolio import portfolio_rows
from dashboard.pages.projects.progress_and_indicators import match_groups
from dashboard.pages.projects.selection import selected_projects
from dashboard.pages.works.table import ROWS_PER_PAGE
from dashboard.registry import HEADINGS, PANELS
from dashboard.selection import Selection
from dashboard.theme import LIGHT, chart
from tests.support.works import works_by_funding

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

DEMONSTRATION = "dati dimostrativi"


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    return lambda path, query="": Context(
        deployed, data, Selection.read(path, query), route(data, path)
    )


def markup(component: object) -> str:
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


def test_the_axis_starts_with_a_year_and_leaves_space_for_labels() -> None:
    scale = time_axis([date(2019, 3, 1), date(2027, 2, 28)])
    assert scale.first == date(2019, 1, 1)
    assert scale.years[0] == (2019, 0)
    assert scale.x(date(2027, 2, 28)) < 90


def test_a_forecast_is_drawn_only_if_it_exists_and_lies_ahead() -> None:
    today, scale = date(2026, 8, 16), time_axis([date(2019, 1, 1), date(2028, 1, 1)])
    planned = (date(2024, 1, 1), date(2025, 3, 31))
    running = Bar(planned, date(2025, 2, 1), today)
    assert "forecast" not in row(running, scale, today)
    expected = Bar(planned, date(2025, 2, 1), today, forecast=date(2027, 1, 31), late=True)
    assert 'class="forecast late"' in row(expected, scale, today)
    ended = Bar(planned, date(2025, 2, 1), date(2026, 1, 1), reached=True)
    assert "forecast" not in row(ended, scale, today)
    assert 'class="reached"' in row(ended, scale, today)


def test_missing_spending_is_left_out_and_not_drawn_as_zero() -> None:
    points = [
        (date(2024, 12, 31), "2024", 1e6, 2e6),
        (date(2025, 12, 31), "2025", None, 4e6),
    ]
    figure = spending(
        points, layout=chart(LIGHT), token=LIGHT, names=("pagato", "previsto"), write=str
    )
    planned, paid = figure["data"]
    assert planned["y"] == [2, 4]
    assert paid["y"] == [1]


def test_the_day_of_the_page_is_that_of_the_last_report(page: Callable[..., Context]) -> None:
    assert page("/progetti").today == "2026-08-16"


def test_a_state_comes_with_its_reason(page: Callable[..., Context]) -> None:
    projects = {p.project: p for p in progress(page("/progetti"), "strategic")}
    assert projects["remix"].word == "In ritardo"  # from 31 July 2025 to 28 February 2027
    assert projects["remix"].why == "Fine attesa 19 mesi dopo il piano iniziale."
    assert projects["regolamento-edilizio"].word == "Concluso"
    # 47 % done of 58 % planned to date, and no end later than the rule allows
    assert projects["mobilita-sostenibile"].why.startswith("Avanzamento fisico 11 punti sotto")
    assert projects["remix"].delay.endswith("19 mesi")


def test_a_delay_is_written_in_months(page: Callable[..., Context]) -> None:
    context = page("/progetti")
    assert write_delay(context, None) == "–"
    assert write_delay(context, 3) == "–"
    assert write_delay(context, 31) == "+1 mese"
    assert write_delay(context, -61) == "−2 mesi"


def test_a_declared_end_outside_its_likely_range_says_so(page: Callable[..., Context]) -> None:
    context = page("/progetti")
    low, high = date(2027, 2, 10), date(2027, 5, 20)
    for planned, words in (
        (date(2027, 1, 31), "la fine dichiarata è prima"),
        (date(2027, 6, 1), "la fine dichiarata è dopo"),
    ):
        assert write_likely_end(context, low, high, planned).endswith(words)
    for inside in (date(2027, 2, 1), date(2027, 5, 31), None):  # months, as they are printed
        assert write_likely_end(context, low, high, inside) == "probabile feb–mag 2027"
    rows, _ = portfolio_rows(context)
    assert any("la fine dichiarata" in row.likely for row in rows)
    assert any(row.likely and "la fine dichiarata" not in row.likely for row in rows)


def test_every_panel_with_invented_figures_is_marked(page: Callable[..., Context]) -> None:
    context = page("/progetti")
    for name in ("portfolio", "money", "operational"):
        assert DEMONSTRATION in markup(PANELS[name](context)), name
    assert DEMONSTRATION not in markup(PANELS["works_by_zone"](context))
    project = page("/progetti/remix")
    for name in ("gantt", "spending", "funding", "milestones"):
        assert DEMONSTRATION in markup(PANELS[name](project)), name
    assert HEADINGS["project"](project).demonstration


def test_the_portfolio_is_filtered_by_level_area_and_territory(
    page: Callable[..., Context],
) -> None:
    def names(query: str) -> list[str]:
        return [p.project for p in selected_projects(page("/progetti", query))]

    assert len(names("")) == 10
    assert len(names("level=operational")) == 24
    assert names("area=mobility") == ["smart-land", "mobilita-sostenibile", "olimpiadi-2026"]
    assert "olimpiadi-2026" not in names("territory=nord-milano")
    assert names("level=nonsense&area=nowhere") == []
    assert names("state=done") == ["regolamento-edilizio"]
    assert names("actor=cap-holding") == ["gestore-unico-sii"]
    assert names("source=pnrr") == ["smart-land", "gestore-unico-sii", "mobilita-sostenibile"]
    assert len(names("trait=innovation")) < 10


def test_the_portfolio_shows_the_state_on_a_day_of_reports(
    page: Callable[..., Context],
) -> None:
    projects = {p.project: p for p in progress(page("/progetti", "at=2023-06-30"), "strategic")}
    assert projects["remix"].physical == 55
    assert projects["olimpiadi-2026"].state == "on_track"  # nothing was late at the time
    assert page("/progetti", "at=2099-01-01").today == "2026-08-16"  # no later reports
    assert page("/progetti", "at=nonsense").today == "2026-08-16"


def test_a_linked_indicator_shows_its_change_since_the_start_of_the_project(
    page: Callable[..., Context],
) -> None:
    context = page("/progetti/remix")  # work began in March 2019
    links = {link.indicator.id: link for link in linked_indicators(context)}
    population = links["resident_population"]
    assert "in un anno" in population.change_text
    # the census counts of 2020 and 2022 changed the method after the project began
    assert population.since is None
    assert population.since_text == ""
    low_incomes = links["low_income_taxpayers"]
    assert low_incomes.since
    assert low_incomes.since.since == "2019"  # the last value on or before the first day of work
    # from 2019 to 2020 the change of a year is the change since the start, and is written once
    assert low_incomes.since_text == ""


def test_states_are_matched_with_directions_in_the_selected_territory(
    page: Callable[..., Context],
) -> None:
    operational = page("/progetti", "level=operational")
    groups = {group.name: group.matches for group in match_groups(operational)}
    # separate collection of Sud Est rises while the trees of the plan are on track; of the whole
    # area it is steady
    sud_est = page("/progetti", "level=operational&territory=sud-est")
    well = {
        (match.project.project, match.indicator.id)
        for group in match_groups(sud_est)
        for match in group.matches
        if group.name == "well_better" and match.project
    }
    assert ("op-forestami", "separate_waste_collection") in well
    assert "separate_waste_collection" not in {m.indicator.id for m in groups["well_better"]}
    assert all(r.project is None and r.direction == "worse" for r in groups["worse_alone"])
    context = page("/progetti", "territory=nord-milano&area=environment")
    zone = {group.name: group.matches for group in match_groups(context)}
    assert {r.indicator.area for r in zone["worse_alone"]} <= {"environment"}
    # it fell by 1.5 points in a year, which the floor of two years calls steady
    assert "separate_waste_collection" not in {m.indicator.id for m in zone["late_worse"]}


def test_neither_stopped_series_nor_structure_is_matched_with_a_project(
    page: Callable[..., Context],
) -> None:
    matches = [m for group in match_groups(page("/progetti")) for m in group.matches]
    names = {match.indicator.id for match in matches}
    assert "low_income_taxpayers" not in names  # its source stopped in 2020
    assert "ageing_index" not in names  # an ageing town is not a failing one


def test_an_indicator_without_direction_does_not_count_against_a_finished_project(
    page: Callable[..., Context],
) -> None:
    matches = [
        match
        for zone in page("/").catalog.zones
        for group in match_groups(page("/progetti", f"territory={zone.territory}"))
        for match in group.matches
    ]
    assert matches
    assert {match.direction for match in matches} <= {"stable", "worse", "better"}


def test_bars_of_money_are_in_proportion_and_the_largest_is_first(
    page: Callable[..., Context],
) -> None:
    context = page("/progetti")
    projects = {p.project: p for p in selected_projects(context) if p.funding}
    bars = money_bars(context, list(projects.values()))
    largest = max(project.funding or 0 for project in projects.values())
    assert bars[0].width == 100
    assert [bar.width for bar in bars] == sorted((bar.width for bar in bars), reverse=True)
    for bar in bars:
        project = projects[bar.project]
        assert bar.width == pytest.approx(100 * (project.funding or 0) / largest)
        assert bar.paid_share == pytest.approx(100 * (project.financial or 0))
    assert money_bars(context, []) == []


def test_funded_works_are_complete_and_not_marked_as_invented(page: Callable[..., Context]) -> None:
    context = page("/progetti/opere")
    title = HEADINGS["works"](context).title
    total = context.data.rows("funded_totals")[0]
    assert context.format.millions(total["funding"]) in title
    text = markup(PANELS["works"](context))
    assert DEMONSTRATION not in text
    number = context.format.number(total["projects"], 0)
    assert f"1–{ROWS_PER_PAGE} di {number}" in text
    assert "CC BY 4.0" in text


def test_a_search_without_results_says_so(page: Callable[..., Context]) -> None:
    context = page("/progetti/opere", "text=xyzzy")
    assert "Nessuna opera" in markup(PANELS["works"](context))
    assert HEADINGS["works"](context).title


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("level", ["strategic", "operational", "funded"])
def test_projects_of_every_level_are_drawn_in_both_languages(
    page: Callable[..., Context], level: str, lang: str
) -> None:
    context = page("/progetti")
    if level == "funded":
        works_rows = works_by_funding(context.data)
        several = next(r for r in works_rows if r["municipalities"] > 1)
        names = [works_rows[0]["project"], several["project"], works_rows[-1]["project"]]
    else:
        names = [project.project for project in progress(context, level)]
    for name in names:
        project = page(f"/progetti/{name}", f"lang={lang}")
        view = project.route.view
        assert view.name == ("work" if level == "funded" else "project")
        assert HEADINGS[view.name](project).title
        for panel in view.panels[1:]:
            assert '"html": ""' not in markup(PANELS[panel](project)), panel
