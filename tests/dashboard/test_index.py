"""Money and quantities of territories of different size can be drawn as an index."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from dashboard.canonical import canonical
from dashboard.context import Context, route
from dashboard.export import values
from dashboard.indexed import base_period, indexed
from dashboard.pages.indicator import index
from dashboard.points import Point
from dashboard.registry import PANELS, PICTURES
from dashboard.selection import Selection
from dashboard.series import Series

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

INCOME = "/indicatori/mean_taxable_income"
RESIDENTS = "/indicatori/resident_population"


def _context(config: Config, data: ReleaseData, path: str, query: str) -> Context:
    selection = canonical(Selection.read(path, query), data)
    return Context(config, data, selection, route(data, path))


def _series(*pairs: tuple[str, float]) -> Series:
    return Series("mean_taxable_income", "x", tuple(Point(p, v, 1, "A") for p, v in pairs))


def test_an_index_is_the_percent_of_the_first_common_period(data: ReleaseData) -> None:
    indicator = data.catalog.indicators["mean_taxable_income"].model_copy(update={"breaks": {}})
    lines = [_series(("2001", 10), ("2002", 20), ("2003", 30)), _series(("2002", 5), ("2003", 4))]
    base = base_period(indicator, lines)
    assert base == "2002"
    drawn = [indexed(line, base) for line in lines]
    assert [[p.value for p in line.points] for line in drawn if line] == [[100, 150], [100, 80]]


def test_without_a_value_in_the_base_there_is_no_index(data: ReleaseData) -> None:
    indicator = data.catalog.indicators["mean_taxable_income"].model_copy(update={"breaks": {}})
    assert base_period(indicator, [_series(("2001", 0)), _series(("2001", 3))]) is None
    assert base_period(indicator, []) is None
    assert indexed(_series(("2001", 0), ("2002", 3)), "2001") is None
    assert indexed(_series(("2002", 3)), "2001") is None
    assert indexed(_series(("2002", 3)), None) is None


def test_the_base_is_after_the_last_break(deployed: Config, data: ReleaseData) -> None:
    assert index.base_period(_context(deployed, data, RESIDENTS, "")) == "2022"
    assert index.base_period(_context(deployed, data, INCOME, "")) == "2019"


@pytest.mark.parametrize("name", ["separate_waste_collection", "ageing_index"])
def test_shares_and_rates_have_no_index(deployed: Config, data: ReleaseData, name: str) -> None:
    context = _context(deployed, data, f"/indicatori/{name}", "values=index")
    assert index.base_period(context) is None
    assert 'data-key="values"' not in str(PANELS["trend"](context))


@pytest.mark.parametrize(("lang", "leave"), [("it", "Mostra i valori"), ("en", "Show the values")])
def test_the_trend_says_its_base_and_leads_back(
    deployed: Config, data: ReleaseData, lang: str, leave: str
) -> None:
    plain = str(PANELS["trend"](_context(deployed, data, INCOME, f"lang={lang}")))
    assert re.search(r'values=index[^>]*data-key="values">2019 = 100<', plain)
    drawn = str(PANELS["trend"](_context(deployed, data, INCOME, f"lang={lang}&values=index")))
    assert "<p>2019 = 100</p>" in drawn
    assert leave in drawn


def test_table_and_file_have_the_index_with_its_base(deployed: Config, data: ReleaseData) -> None:
    context = _context(deployed, data, INCOME, "values=index")
    picture = PICTURES["trend"](context)
    assert picture is not None
    rows = list(csv.DictReader(values.csv(context, picture, "int").splitlines()))
    milano = next(row for row in rows if row["Territorio"] == "Milano")
    series = data.series("mean_taxable_income", "milano")
    assert series is not None
    first, last = series.point("2019"), series.point("2024")
    assert first is not None
    assert last is not None
    assert milano["2019 (2019 = 100)"] == "100"
    assert float(milano["2024 (2019 = 100)"]) == pytest.approx(100 * last.value / first.value)
    assert "2019 = 100" in milano["about"]
    assert "€" not in milano["about"]


@pytest.mark.parametrize(("lang", "words"), [("it", "senza indice"), ("en", "no index")])
def test_a_highlighted_place_without_a_value_in_the_base_is_named(
    deployed: Config, data: ReleaseData, lang: str, words: str
) -> None:
    path = "/indicatori/mean_self_employed_income"  # none of Calvignasco in 2019
    query = f"values=index&lang={lang}&territory="
    context = _context(deployed, data, path, f"{query}015042,milano")
    picture = PICTURES["trend"](context)
    assert picture is not None
    named = re.compile(rf"{words}[^:]* 2019: Calvignasco(?!, Milano)")
    assert named.search(str(PANELS["trend"](context)))
    assert named.search(picture.key)
    assert words not in str(PANELS["trend"](_context(deployed, data, path, f"{query}milano")))


def test_the_metropolitan_sum_is_beside_its_parts_in_an_index(
    deployed: Config, data: ReleaseData
) -> None:
    plain = str(PANELS["trend"](_context(deployed, data, RESIDENTS, "")))
    drawn = str(PANELS["trend"](_context(deployed, data, RESIDENTS, "values=index")))
    assert "Area metropolitana" not in plain
    assert "Area metropolitana" in drawn


@pytest.mark.parametrize("value", ["head", "plain", "x"])
def test_another_way_to_write_values_is_not_of_this_page(data: ReleaseData, value: str) -> None:
    assert canonical(Selection.read(INCOME, f"values={value}"), data).values is None
