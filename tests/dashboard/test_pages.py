"""Every page of the shipped release, in both languages, drawn whole."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from plotly.io.json import to_json_plotly

from dashboard.pages.area.multiples import bar_from_zero
from dashboard.pages.area.other_indicators import MULTIPLES
from dashboard.pages.data.coverage import expected
from dashboard.render import render
from dashboard.selection import Selection
from dashboard.views import VIEWS, find
from tests.support.works import works_by_funding

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.declarations.models import Indicator

# Words of those who load the data, which only the page of the data says, to the office.
COMMAND = re.compile(r"\betl [a-z]|\bpython3? -m|warehouse/catalog")
TWO_PERIODS = re.compile(r".{40}\w\.\.(?![./])")  # an abbreviation ends its sentence too
PLAIN = [
    "/",
    "/territori",
    "/confronta",
    "/progetti",
    "/progetti/opere",
    "/dati",
    "/metodo",
    "/presentazioni",
    "/presenta/",
]


def plain(component: object) -> str:
    """Return what is sent to the browser as JSON that is easy to read."""
    return unescape(json.dumps(json.loads(to_json_plotly(component)), ensure_ascii=False))


def draw(config: Config, data: ReleaseData, path: str, query: str = "") -> str:
    """Return all that a page sends to the browser, as text; no panel of it may have failed."""
    panels, view, chrome = render(config, data, Selection.read(path, query))
    text = plain([panels, view, chrome])
    assert "failed" not in text.split('"className"', maxsplit=1)[0]
    assert not re.search(r'"className": ?"panel panel-[\w-]+ failed"', text), (path, query)
    assert "view-missing" not in text, (path, query)
    assert path == "/dati" or not COMMAND.search(text), (path, query, COMMAND.search(text))
    assert not TWO_PERIODS.search(text), (path, query, TWO_PERIODS.search(text))
    return text


@pytest.mark.parametrize("query", ["", "lang=en", "theme=dark", "theme=contrast&lang=en"])
@pytest.mark.parametrize("path", PLAIN)
def test_the_plain_pages_are_drawn(
    deployed: Config, data: ReleaseData, path: str, query: str
) -> None:
    draw(deployed, data, path, query)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_page_of_every_area_is_drawn(deployed: Config, data: ReleaseData, lang: str) -> None:
    for node in data.catalog.areas:
        draw(deployed, data, f"/ambiti/{node.id}", f"lang={lang}")


def test_the_page_of_every_indicator_is_drawn(deployed: Config, data: ReleaseData) -> None:
    for indicator in data.catalog.indicators.values():
        _with_its_source(deployed, data, indicator, "")


@pytest.mark.parametrize(
    "query", ["lang=en&territory=nord-milano", "map=zone&territory=sud-est,015195", "period=2020"]
)
def test_the_page_of_an_indicator_of_each_shape_is_drawn(
    deployed: Config, data: ReleaseData, query: str
) -> None:
    shapes = {_shape(data, i): i for i in data.catalog.indicators.values()}
    assert len(shapes) > 20
    for indicator in shapes.values():
        _with_its_source(deployed, data, indicator, query)


def _shape(data: ReleaseData, indicator: Indicator) -> tuple[object, ...]:
    """What decides which panels are drawn: how it adds up, its unit, its periods and levels."""
    lines = [s for (name, _), s in data.aggregate_series.items() if name == indicator.id]
    periods = {point.period for line in lines for point in line.points}
    return (indicator.aggregate, indicator.unit, indicator.better, min(len(periods), 2))


def _with_its_source(deployed: Config, data: ReleaseData, indicator: Indicator, query: str) -> None:
    text = draw(deployed, data, f"/indicatori/{indicator.id}", query)
    source = data.catalog.datasets[indicator.datasets[0]]
    lang = "en" if "lang=en" in query else "it"
    assert plain(source.attribution.in_(lang))[1:-1] in text, indicator.id
    assert source.licence in text, indicator.id


def test_the_page_of_every_territory_is_drawn(deployed: Config, data: ReleaseData) -> None:
    upper = [t.territory for t in (data.catalog.metro, *data.catalog.zones)]
    lower = [places[0].territory for places in data.municipalities.values()]
    for territory in [*upper, *lower]:
        draw(deployed, data, f"/territori/{territory}")


def test_the_page_of_every_project_of_the_plan_is_drawn_and_marked(
    deployed: Config, data: ReleaseData
) -> None:
    rows = data.rows("plan_projects")
    assert len(rows) == 34
    for row in rows:
        assert "dati dimostrativi" in draw(deployed, data, f"/progetti/{row['project']}")


def test_a_funded_work_is_real_and_not_marked(deployed: Config, data: ReleaseData) -> None:
    text = draw(deployed, data, f"/progetti/{works_by_funding(data)[0]['project']}")
    assert "dati dimostrativi" not in text
    assert "Italia Domani" in text


@pytest.mark.parametrize(
    "path",
    [
        "/nulla",
        "/indicatori/none",
        "/ambiti/none",
        "/territori/none",
        "/territori/italia",
        "/progetti/none",
    ],
)
def test_missing_contents_are_stated(deployed: Config, data: ReleaseData, path: str) -> None:
    _, view, _ = render(deployed, data, Selection.read(path, ""))
    assert view == "view view-missing"


def test_each_link_inside_a_page_leads_to_a_page(deployed: Config, data: ReleaseData) -> None:
    text = "".join(draw(deployed, data, path) for path in [*PLAIN, "/ambiti/economy"])
    paths = {p.partition("?")[0] for p in re.findall(r'href=\\"(/[^\\"#]*)', text)}
    inside = {p for p in paths if not p.startswith(("/api/", "/shapes/", "/assets/", "/docs"))}
    assert len(inside) > 30
    assert [p for p in sorted(inside) if find(p).view.name == "missing"] == []


def test_an_area_with_headlines_has_indicators_of_that_name(data: ReleaseData) -> None:
    for node in data.catalog.areas:
        areas = [data.catalog.indicators[n].area for n in node.headlines]
        assert areas
        assert set(areas) == {node.id}


def test_every_view_has_an_address_of_its_own() -> None:
    assert len({v.path for v in VIEWS}) == len(VIEWS)


def test_the_dataset_with_invented_rows_is_marked_among_the_datasets(
    deployed: Config, data: ReleaseData
) -> None:
    marked = {row["dataset"] for row in data.rows("datasets") if row["demonstration"]}
    assert marked == {"plan_projects"}
    assert draw(deployed, data, "/dati").count('class=\\"demo\\"') == 1


def test_a_bar_starts_at_zero_on_either_side() -> None:
    values = [-30.0, 60.0]
    assert bar_from_zero(60.0, values) == pytest.approx((100 / 3, 200 / 3))
    assert bar_from_zero(-30.0, values) == pytest.approx((0, 100 / 3))
    assert bar_from_zero(0.0, [0.0, 0.0]) == (0, 0)


def test_an_area_draws_its_first_indicators_and_lists_the_others(
    deployed: Config, data: ReleaseData
) -> None:
    of_area = [i for i in data.indicators if i.area == "economy"]
    loaded = len(of_area)
    zones = {zone.territory for zone in data.catalog.zones}
    by_zone = {indicator for indicator, place in data.aggregate_series if place in zones}
    drawn = sum(1 for i in of_area if i.id in by_zone)  # the others have no figure of zones
    assert loaded > MULTIPLES
    short = draw(deployed, data, "/ambiti/economy")
    every = draw(deployed, data, "/ambiti/economy", "show=all")
    assert 0 < short.count('class=\\"row\\"') <= MULTIPLES
    assert 'href=\\"/ambiti/economy?show=all\\"' in short
    assert every.count('class=\\"row\\"') == drawn
    assert drawn < loaded
    assert 'class=\\"others\\"' in every  # what has no figure of zones stays in the table


def test_an_area_shows_what_has_a_trend_before_single_readings(
    deployed: Config, data: ReleaseData
) -> None:
    text = draw(deployed, data, "/ambiti/environment", "show=all")
    rows = text.partition('class=\\"row\\"')[2]
    node = next(n for n in data.catalog.areas if n.id == "environment")
    names = dict.fromkeys(re.findall(r'href=\\"/indicatori/(\w+)', rows))
    metro = data.catalog.metro.territory
    lines = [data.aggregate(name, metro) for name in names if name not in node.headlines]
    trends = [bool(line and len(line.points) >= 3) for line in lines]
    assert any(trends)
    assert trends[: sum(trends)] == [True] * sum(trends)


def test_the_agenda_of_a_zone_tells_its_objectives_and_that_they_are_invented(
    deployed: Config, data: ReleaseData
) -> None:
    cycle = data.catalog.plan.current.id
    rows = [r for r in data.rows("plan_agendas", cycle=cycle) if r["territory"] == "sud-est"]
    text = draw(deployed, data, "/territori/sud-est")
    sentence = text.partition('class=\\"objectives\\"')[2].partition("</div>")[0]
    assert rows
    assert all(r["objective_it"] in sentence for r in rows)
    assert "dati dimostrativi" in sentence


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        ("2019", "2021", ["2019", "2020", "2021"]),
        ("2018-S2", "2019-S2", ["2018-S2", "2019-S1", "2019-S2"]),
        ("2018-Q4", "2019-Q1", ["2018-Q4", "2019-Q1"]),
        ("2023-11", "2024-01", ["2023-11", "2023-12", "2024-01"]),
        ("2024-12-13", "2025-03-31", ["2024-12-13", "2025-03-31"]),
        ("2019", "2019", ["2019"]),
    ],
)
def test_periods_between_two_follow_their_own_step(
    first: str, last: str, periods: list[str]
) -> None:
    assert list(expected(first, last)) == periods


def test_every_declared_dataset_and_indicator_is_on_the_page_of_data(
    deployed: Config, data: ReleaseData
) -> None:
    text = draw(deployed, data, "/dati")
    for dataset in data.catalog.datasets:
        assert f'id=\\"dataset-{dataset}\\"' in text, dataset
    for indicator in data.catalog.indicators:
        assert f"/indicatori/{indicator}" in text, indicator
    for row in data.rows("audits"):
        assert f">{row['audit']}</code>" in text


def test_an_indicator_without_figures_offers_no_file(deployed: Config, data: ReleaseData) -> None:
    loaded = {indicator.id for indicator in data.indicators}
    missing = next(i for i in data.catalog.indicators if i not in loaded)
    assert f"/api/indicators/{missing}.csv" not in draw(deployed, data, f"/indicatori/{missing}")
    assert "/api/indicators/ageing_index.csv" in draw(deployed, data, "/indicatori/ageing_index")


def test_an_indicator_without_figures_says_who_will_load_them_and_why(
    deployed: Config, data: ReleaseData
) -> None:
    by_hand = draw(deployed, data, "/indicatori/cycle_paths")
    note = data.catalog.datasets["cycle_paths"].note
    assert note
    assert note.it in by_hand
    assert "Non ancora caricato, atteso da" in by_hand
    assert f"lo carica: {data.catalog.datasets['cycle_paths'].owner}" in by_hand
    online = draw(deployed, data, "/indicatori/tourist_beds", "lang=en")
    assert "Not loaded yet, expected from" in online
    assert "eseguire etl" not in by_hand  # commands are for the office, on /dati
    assert "run etl" not in online


def test_behind_a_weighted_mean_stand_rates_and_weights(
    deployed: Config, data: ReleaseData
) -> None:
    milano = data.series("separate_waste_collection", "015146")
    point = milano.point("2024") if milano else None
    assert point
    assert point.denominator
    text = draw(deployed, data, "/indicatori/separate_waste_collection", "period=2024")
    row = re.search(r"<td>Milano</td>(.*?)</tr>", text)
    assert row
    rate, weight = re.findall(r">([\d.,]+)</td>", row[1])
    assert rate == f"{point.value:.2f}".replace(".", ",")
    assert weight == f"{point.denominator:,.0f}".replace(",", ".")


def test_our_own_processing_is_stated_once(deployed: Config, data: ReleaseData) -> None:
    for lang, sentence in (("it", "elaborazione"), ("en", "own processing")):
        text = draw(deployed, data, "/indicatori/cloud_funded", f"lang={lang}")
        (line,) = re.findall(r'<p class=\\*"source\\*">(?:Fonte|Source): [^<]*', text)
        assert line.count(sentence) == 1
