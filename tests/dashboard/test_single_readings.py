"""The titles of single readings of 2021 or before carry the year, wherever they are shown."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from dashboard.export import tables
from dashboard.pages.shell.search import Search
from dashboard.selection import Selection
from tests.dashboard.test_pages import draw
from tests.support.specimens import CATALOG
from warehouse.declarations.single_readings import with_year

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.declarations.models import Indicator

INBOUND = CATALOG.indicators["inbound_workers"]
LIBRARIES = "libraries_per_10000"


def titles(indicator: Indicator) -> list[str]:
    texts = (indicator.title, indicator.short)
    return [text.in_(language) for text in texts for language in ("it", "en")]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2021", ["Lavoratori in entrata, 2021", "Inbound workers, 2021"]),
        ("2013-06-30", ["Lavoratori in entrata, 2013", "Inbound workers, 2013"]),
        ("2022", ["Lavoratori in entrata", "Inbound workers"]),
        ("2022-Q1", ["Lavoratori in entrata", "Inbound workers"]),
        (None, ["Lavoratori in entrata", "Inbound workers"]),
    ],
)
def test_a_title_has_the_year_of_an_old_single_reading(
    period: str | None, expected: list[str]
) -> None:
    dated = with_year(INBOUND, period)
    assert titles(dated)[:2] == expected
    assert titles(dated)[2:] == [text.replace(",", "") for text in expected]
    assert with_year(dated, period) == dated  # never twice


def test_every_old_single_reading_has_its_year_in_all_titles(data: ReleaseData) -> None:
    frame = data.store.frame("observations_by_level", levels=[
        "country", "region", "metro", "zone", "municipality",
    ])  # fmt: skip
    periods = frame.dropna(subset="value").groupby("indicator")["period"].unique()
    dated = 0
    for name, indicator in data.catalog.indicators.items():
        found = list(periods.get(name, ()))
        if len(found) == 1 and found[0][:4] <= "2021":
            assert all(re.search(rf"\b{found[0][:4]}\b", title) for title in titles(indicator))
            dated += indicator != CATALOG.indicators[name]
        else:
            assert indicator == CATALOG.indicators[name], name
    assert dated >= 15
    assert sum(len(found) == 1 for found in periods) > dated


def test_pages_search_and_files_show_the_year(deployed: Config, data: ReleaseData) -> None:
    title = "Biblioteche ogni 10.000 abitanti, 2020"
    assert title in draw(deployed, data, f"/indicatori/{LIBRARIES}")
    assert "Biblioteche 2020" in draw(deployed, data, "/ambiti/welfare", "show=all")
    groups = Search(data, "it", "it").answer("biblioteche", Selection())["groups"]
    assert title in {item["label"] for group in groups for item in group["items"]}
    indicator = data.catalog.indicators[LIBRARIES]
    assert tables.describe(data, indicator)["title"]["it"] == title
    assert tables.describe(data, indicator)["title"]["en"].endswith(", 2020")
    rows = csv.reader(io.StringIO(tables.csv(data, indicator, "int", "it")))
    assert {row[3] for row in rows} == {"period", "2020"}
