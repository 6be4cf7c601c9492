"""The three signs in downloads and in the API: those of the store, in both languages."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData

WASTE = "/api/indicators/separate_waste_collection"
WORDS = {
    "it": {"better": "migliora", "worse": "peggiora", "stable": "stabile",
           "none": "nessun giudizio", "small": "troppo piccolo",
           "reached": "raggiunto", "missed": "mancato", None: "", "solid": "solida",
           "caution": "con cautela", "far": "molto troppo lento",
           "slow": "troppo lento",
           "away": "si allontana", "open": "non ancora raggiunto", "on_track": "in linea"},
    "en": {"better": "improving", "worse": "worsening", "stable": "steady",
           "none": "no verdict", "small": "too small", "reached": "reached",
           "missed": "missed", None: "", "solid": "solid",
           "caution": "with caution", "far": "far too slow",
           "slow": "too slow", "away": "moving away", "open": "not yet reached",
           "on_track": "on track"},
}  # fmt: skip


@pytest.fixture(scope="module")
def client(app: Dash) -> TestClient:
    return TestClient(app.server)


def stored(data: ReleaseData, condition: str = "true") -> list[dict[str, Any]]:
    """Return rows of the mart, read past every query that the pages use."""
    sql = f"from status where {condition} order by indicator, territory"
    rows: list[dict[str, Any]] = data.store.sql(sql).to_pylist()
    return rows


def without_words(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of the mart of a row of the API."""
    more = {"area", "name", "level", "direction_word", "target_word", "reliability_word"}
    assert more < row.keys()
    return {name: value for name, value in row.items() if name not in more}


def test_the_list_has_every_row_of_the_mart(client: TestClient, data: ReleaseData) -> None:
    rows = client.get("/api/status").json()
    assert len(rows) > 5_000
    assert [without_words(row) for row in rows] == stored(data)


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_list_takes_area_and_territories(
    client: TestClient, data: ReleaseData, language: str
) -> None:
    query = f"area=environment&territory=nord-milano,cm-milano&lang={language}"
    rows = client.get(f"/api/status?{query}").json()
    names = [i.id for i in data.catalog.indicators.values() if i.area == "environment"]
    quoted = ", ".join(f"'{name}'" for name in names)
    expected = stored(
        data, f"territory in ('nord-milano', 'cm-milano') and indicator in ({quoted})"
    )
    assert [without_words(row) for row in rows] == expected
    assert expected
    waste = [r for r in rows if r["indicator"] == "separate_waste_collection"]
    assert {(r["area"], r["level"], r["target_word"]) for r in waste} == {
        ("environment", level, WORDS[language]["reached"]) for level in ("metro", "zone")
    }


@pytest.mark.parametrize("query", ["area=x", "territory=nord-milano,x"])
def test_a_name_that_does_not_exist_is_a_problem(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/status?{query}")
    assert answer.status_code == 404
    assert "«x»" in answer.json()["detail"]


def test_an_indicator_has_the_status_of_each_territory(
    client: TestClient, data: ReleaseData
) -> None:
    rows = client.get(WASTE).json()["status"]
    expected = stored(data, "indicator = 'separate_waste_collection'")
    assert [without_words(row) for row in rows] == expected
    assert {row["target_sign"] for row in expected} >= {"reached", "missed"}


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_files_say_the_signs_beside_the_value_that_they_judge(
    client: TestClient, data: ReleaseData, language: str
) -> None:
    content = client.get(f"{WASTE}.csv?lang={language}").text
    rows = list(csv.DictReader(io.StringIO(content)))
    statuses = {(r["territory"], r["last_period"]): r
                for r in stored(data, "indicator = 'separate_waste_collection'")}  # fmt: skip
    said = {(r["territory"], r["period"]): (r["direction"], r["target"], r["reliability"])
            for r in rows}  # fmt: skip
    words = WORDS[language]
    judged = {key: signs for key, signs in said.items() if signs != ("", "", "")}
    assert judged == {
        key: tuple(words[r[n]] for n in ("direction", "target_sign", "reliability"))
        for key, r in statuses.items()
    }
    assert len(said) > len(judged) > 100
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{WASTE}.xlsx?lang={language}").content), read_only=True
    )
    head, *cells = book.worksheets[0].iter_rows(values_only=True)
    signs = [head.index(name) for name in ("direction", "target", "reliability")]
    in_book = {(row[0], row[3]): tuple(row[i] or "" for i in signs) for row in cells}
    assert in_book == said
