"""A figure that its source publishes for the metropolitan city says so wherever it is given."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboard.export import tables
from tests.dashboard.test_pages import draw

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

METRO = "cm-milano"
MARK = "Città metropolitana di Milano: cifra pubblicata dalla fonte, non somma dei Comuni"
ENGLISH = "Città metropolitana di Milano: figure published by the source, not a sum of"


def test_they_are_the_provinces_figures_and_never_a_sum(data: ReleaseData) -> None:
    assert {name for name, _ in data.published} == {
        "activity_rate_metro", "children_in_municipal_nurseries", "crimes_reported",
        "employees_among_employed", "employment_rate_metro", "labour_cost_per_employee",
        "persons_per_unit", "turnover_per_person", "unemployment_rate_metro",
        "value_added_on_turnover", "value_added_per_person", "wage_per_employee",
        "wages_on_value_added",
    }  # fmt: skip
    for (name, territory), periods in data.published.items():
        assert territory == METRO
        line = data.aggregate(name, METRO)
        assert line
        assert set(periods) <= {point.period for point in line.points}
        parts = data.municipal_series(name).values()
        assert not set(periods) & {point.period for part in parts for point in part.points}


def test_a_series_of_both_kinds_names_the_periods(deployed: Config, data: ReleaseData) -> None:
    # 2015-2019 from the table of the provinces, 2023 added up from the municipalities
    page = draw(deployed, data, "/indicatori/persons_per_unit")
    assert f"{MARK}: 2015, 2016, 2017, 2018, 2019." in page
    assert page.count(MARK) == 1  # the source panel shows 2023
    assert draw(deployed, data, "/indicatori/persons_per_unit", "period=2018").count(MARK) == 2


def test_a_sum_of_municipalities_has_no_mark(deployed: Config, data: ReleaseData) -> None:
    assert ("mean_taxable_income", METRO) not in data.published
    for path in ("/indicatori/mean_taxable_income", "/indicatori/pm25"):
        assert MARK not in draw(deployed, data, path)


@pytest.mark.parametrize(("lang", "mark"), [("it", MARK), ("en", ENGLISH)])
def test_sheet_and_source_say_it(deployed: Config, data: ReleaseData, lang: str, mark: str) -> None:
    page = draw(deployed, data, "/indicatori/crimes_reported", f"lang={lang}")
    assert page.count(mark) == 2
    elsewhere = draw(deployed, data, "/indicatori/crimes_reported", f"lang={lang}&hl=nord-milano")
    assert mark in elsewhere.split("sheet card")[1]


def test_csv_workbook_and_api_have_it_as_a_note(data: ReleaseData) -> None:
    indicator = data.catalog.indicators["crimes_reported"]
    rows = list(csv.DictReader(io.StringIO(tables.csv(data, indicator, "int", "it"))))
    noted = {(r["territory"], r["period"]) for r in rows if r["note"] == MARK}
    assert noted == {(METRO, str(year)) for year in range(2006, 2025)}
    assert {r["note"] for r in rows if r["territory"] != METRO} == {""}
    book = pd.read_excel(io.BytesIO(tables.xlsx(data, indicator, "en")))
    assert book["note"].str.startswith(ENGLISH).sum() == len(noted)
    observations = tables.observations(data, indicator, "it")
    assert [row["note"] for row in observations].count(MARK) == len(noted)
