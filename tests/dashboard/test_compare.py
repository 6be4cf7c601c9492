"""The page that compares: what it shows is what the release holds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from dashboard.context import Context, route
from dashboard.figures.lanes import Lane, lanes
from dashboard.figures.ranks import Runner, ranks
from dashboard.figures.scatter import Trail, scatter
from dashboard.figures.spine import Scale
from dashboard.figures.strips import Strip, strips
from dashboard.intervals import byar, interval, wilson
from dashboard.pages.compare.choice import choice
from dashboard.pages.compare.scatter import scatter_pair
from dashboard.selection import Selection
from dashboard.similar import measures, similar
from tests.dashboard.test_pages import draw

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

WASTE = "separate_waste_collection"
PAIR = f"indicators={WASTE},waste_management_cost"
THREE = "territory=nord-milano,sud-ovest,adda-martesana"


def test_intervals_are_those_of_the_formulas() -> None:
    # Wilson: 10 of 100 → 0.0552 to 0.1744. Byar: 10 → 4.78 to 18.40 (exact: 4.80 to 18.39).
    assert wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert wilson(0, 50)[0] == pytest.approx(0, abs=1e-12)
    assert byar(10) == pytest.approx((4.78, 18.40), abs=0.02)
    assert byar(0)[0] == 0


def test_a_value_is_inside_its_interval_and_sums_of_money_have_none(data: ReleaseData) -> None:
    shown = 0
    for indicator in data.indicators:
        line = data.series(indicator.id, "nord-milano")
        for point in line.points if line else ():
            ends = interval(data.catalog, indicator, point)
            if ends:
                shown += 1
                assert ends[0] <= point.value * (1 + 1e-9), indicator.id
                assert point.value <= ends[1] * (1 + 1e-9), indicator.id
    assert shown > 100
    income = data.catalog.indicators["mean_taxable_income"]
    line = data.series(income.id, "nord-milano")
    assert line
    assert interval(data.catalog, income, line.last) is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "lang=en&theme=dark",
        f"{THREE}&{PAIR}&subject={WASTE}",
        f"territory=015077&{PAIR}&values=index&lang=en",
        "territory=cm-milano,015146,sud-est,nord-milano,milano,nord-ovest&indicators=resident_population",
        "indicators=resident_population,pnrr_funding_per_inhabitant&values=head",
        "indicators=none&territory=none&subject=x&across=x&up=x&like=x&criteria=x&values=x",
        "like=015077&criteria=income,age&territory=nord-milano",
    ],
)
def test_every_address_is_drawn(deployed: Config, data: ReleaseData, query: str) -> None:
    text = draw(deployed, data, "/confronta", query)
    assert "panel-compare-table" in text


def test_every_indicator_is_drawn_alone_and_as_the_subject(
    deployed: Config, data: ReleaseData
) -> None:
    places = "territory=nord-milano,015146,cm-milano"
    for indicator in data.indicators:
        query = f"{places}&indicators={indicator.id}&values=index"
        draw(deployed, data, "/confronta", query)


def test_the_page_shows_the_values_of_the_release(deployed: Config, data: ReleaseData) -> None:
    text = draw(deployed, data, "/confronta", f"{THREE}&{PAIR}")
    for zone in ("nord-milano", "sud-ovest", "adda-martesana"):
        line = data.series(WASTE, zone)
        assert line
        written = f"{line.last.value:.1f}".replace(".", ",")
        assert text.count(written) >= 3, (zone, written)  # title, spine, table
    assert "associazione, non causa" in text


def test_a_territory_has_one_hue_and_one_shape_everywhere(
    deployed: Config, data: ReleaseData
) -> None:
    text = draw(deployed, data, "/confronta", f"{THREE}&{PAIR}").replace('\\"', '"')
    shapes: dict[str, set[str]] = {}
    for position, shape in re.findall(r'class="mark t(\d)".*?<(circle|rect|path)', text):
        shapes.setdefault(position, set()).add(shape)
    assert shapes == {"0": {"circle"}, "1": {"rect"}, "2": {"path"}}


def test_more_than_can_be_compared_has_a_message(deployed: Config, data: ReleaseData) -> None:
    zones = ",".join(zone.territory for zone in data.catalog.zones)
    assert "restano fuori" in draw(deployed, data, "/confronta", f"territory={zones}")


def test_a_missing_value_is_drawn_as_missing() -> None:
    svg = lanes(
        [Lane(0, "A", None), Lane(1, "B", 2.0, (1.0, 3.0))], [1, 2, 3, 4], Scale(2, 2), "manca"
    )
    assert svg.count("manca") == 1
    assert svg.count('class="mark') == 1
    assert 'class="whisker t1"' in svg


def test_equal_ranks_are_bracketed_and_breaks_dashed() -> None:
    runners = [
        Runner("A", [0, 1], [1, 1], 0),
        Runner("B", [1, 0], [1, 1]),
        Runner("C", [None, 2], [None, 3]),
    ]
    svg = ranks(runners, ["2013", "2022"], ["dashed"], "º")
    assert svg.count('class="tie"') == 2
    assert svg.count("dashed") == 2  # C has no value in the first period
    assert "1º A" in svg
    assert "3º C" in svg


def test_a_trail_is_dashed_across_a_break() -> None:
    trail = Trail(0, "A", [(1, 1, "2010"), (2, 2, "2013"), (3, 3, "2022")], ["solid", "broken"])
    svg = scatter([(1, 1, "x"), (4, 5, "y")], [trail], ("x", "y"), (str, str))
    assert svg.count("trail t0 dashed") == 1
    assert svg.count('class="place"') == 2


def test_similar_municipalities_are_the_nearest_on_the_criteria(data: ReleaseData) -> None:
    criteria = list(measures(data))
    assert {"size", "density", "age", "income"} <= set(criteria)
    likes = similar(data, "015077", criteria)
    distances = [like.distance for like in likes]
    assert distances == sorted(distances)
    assert len(likes) > 120
    mutual = {like.place: like.distance for like in similar(data, likes[0].place, criteria)}
    assert mutual["015077"] == pytest.approx(distances[0])
    by_size = similar(data, "015077", ["size"])[0].place
    size = {
        place: line.last.value
        for (_, place), line in data.municipal_series("resident_population").items()
    }
    own = size["015077"]
    nearest = min((p for p in size if p != "015077"), key=lambda p: abs(size[p] / own - 1))
    assert by_size == nearest


def test_the_file_has_every_period_of_the_compared(app: Dash, data: ReleaseData) -> None:
    address = f"/api/compare.csv?{THREE}&{PAIR},ageing_index"
    rows = list(csv.DictReader(StringIO(TestClient(app.server).get(address).text)))
    line = data.series(WASTE, "nord-milano")
    assert line
    mine = [r for r in rows if (r["indicator"], r["territory"]) == (WASTE, "nord-milano")]
    assert [float(r["value"]) for r in mine] == [point.value for point in line.points]
    assert {r["territory"] for r in rows} == {
        "nord-milano",
        "sud-ovest",
        "adda-martesana",
        "cm-milano",
    }
    aged = [r for r in rows if r["indicator"] == "ageing_index"]
    assert all(float(r["low"]) < float(r["value"]) < float(r["high"]) for r in aged)


def test_every_indicator_and_territory_page_leads_here(deployed: Config, data: ReleaseData) -> None:
    text = draw(deployed, data, f"/indicatori/{WASTE}", "territory=nord-milano")
    assert f"/confronta?territory=nord-milano&indicators={WASTE}" in text
    assert "/confronta?territory=sud-est" in draw(deployed, data, "/territori/sud-est")


def test_an_indicator_leads_to_the_next_of_its_area(deployed: Config, data: ReleaseData) -> None:
    seen, path = [], f"/indicatori/{WASTE}"
    text = draw(deployed, data, path)
    total = int(re.findall(r"<span>(\d+) di (\d+)</span>", text)[0][1])
    while match := re.search(r'href=\\"(/indicatori/\w+)\\" rel=\\"prev', text):
        text = draw(deployed, data, path := match[1])
    seen.append(path)
    while match := re.search(r'href=\\"(/indicatori/\w+)\\" rel=\\"next', text):
        text = draw(deployed, data, path := match[1])
        seen.append(path)
    loaded = {i.id for i in data.indicators if i.area == "environment"}
    assert len(seen) == total == len(loaded)
    assert {path.rpartition("/")[2] for path in seen} == loaded


def test_a_legal_minimum_of_every_municipality_is_a_line(
    deployed: Config, data: ReleaseData
) -> None:
    text = draw(deployed, data, "/confronta", f"{THREE}&{PAIR}&across={WASTE}")
    assert "minimo di legge 65 %" in text
    assert text.count('class=\\"goal\\"') == 1
    assert "D.Lgs. 152/2006" in text
    swapped = draw(deployed, data, "/confronta", f"{THREE}&{PAIR}&across=waste_management_cost")
    assert swapped.count('class=\\"goal\\"') == 1
    without = draw(
        deployed, data, "/confronta", f"{THREE}&indicators=ageing_index,mean_taxable_income"
    )
    assert 'class=\\"goal\\"' not in without


def test_a_group_whose_only_place_is_marked_has_a_scale() -> None:
    row = Strip("Milano", [], None, None, [(3.0, 0)])
    assert strips([row], None, str, "").count('class="mark t0"') == 1


@pytest.mark.parametrize(
    "query", ["", "indicators=anpr_municipalities,separate_waste_collection,mean_taxable_income"]
)
def test_the_scatter_opens_with_two_indicators_that_tell_municipalities_apart(
    deployed: Config, data: ReleaseData, query: str
) -> None:
    selection = Selection.read("/confronta", query)
    context = Context(deployed, data, selection, route(data, selection.path))
    pair = scatter_pair(context, choice(context))
    assert pair
    for indicator in pair:
        newest: Counter[str] = Counter()
        for line in data.municipal_series(indicator.id).values():
            newest[line.last.period] += 1
        ((period, _),) = newest.most_common(1)
        points = (line.point(period) for line in data.municipal_series(indicator.id).values())
        values = Counter(round(p.value, indicator.decimals) for p in points if p)
        assert values.most_common(1)[0][1] < values.total() / 2, indicator.id
