"""Providers' cells become figures of the current municipalities, region and country."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from etl.harmonise.figures import harmonise, with_territories
from etl.harmonise.territory_codes import (
    ELSEWHERE,
    codes_of_names,
    current_codes,
    istat_codes,
)
from tests.support.specimens import CATALOG


@pytest.mark.parametrize(
    ("text", "istat"),
    [
        ("015146", "015146"),
        ("15146", "015146"),
        ("03015146", "015146"),
        ("3015146", "015146"),
        ("15146.0", "015146"),
        (" 015146 ", "015146"),
        ("1001", "001001"),
        ("F205", "015146"),
        ("f205", "015146"),
        ("L768", "015235"),  # Vermezzo, abolished
        ("A001", "000000"),  # elsewhere
        ("ITC4", "lombardia"),
        ("IT", "italia"),
        ("ITC1", "ITC1"),  # Piemonte, elsewhere
        ("ITC45", "ITC45"),  # the province: the metropolitan city is the sum of its own
    ],
)
def test_any_padding_and_the_cadastral_code_are_understood(text: str, istat: str) -> None:
    assert istat_codes(pd.Series([text]), CATALOG).tolist() == [istat]


@pytest.mark.parametrize("text", ["", "Milano", "MI", "1.234", "123456789", "-"])
def test_any_other_text_is_not_a_code(text: str) -> None:
    assert istat_codes(pd.Series([text]), CATALOG).isna().all()


def test_an_abolished_municipality_becomes_its_successor() -> None:
    codes = pd.Series(["015235", "015246", "015251", "015146"])
    assert current_codes(codes, CATALOG).tolist() == ["015251", "015251", "015251", "015146"]


@pytest.mark.parametrize(
    ("text", "istat"),
    [
        ("MILANO", "015146"),
        ("Milano (MI)", "015146"),
        ("cassano d’adda", "015059"),
        ("CASSANO D`ADDA", "015059"),
        ("Trezzano sul  Naviglio", "015220"),
        ("Cerro al Lambro ", "015071"),
        ("Zelo Surrigone", "015246"),  # a predecessor
        ("MUGGIO'", ELSEWHERE),  # in Monza e Brianza since 2009
        ("Agrate-Brianza", ELSEWHERE),
    ],
)
def test_a_name_is_recognised_in_any_spelling(text: str, istat: str) -> None:
    assert codes_of_names(pd.Series([text]), CATALOG).tolist() == [istat]


@pytest.mark.parametrize("text", ["", "Milan", "Monza (MB)", "Milano (BG)", "Nord Milano"])
def test_an_unknown_name_is_not_guessed(text: str) -> None:
    assert codes_of_names(pd.Series([text]), CATALOG).isna().all()


def test_no_two_municipalities_of_the_province_share_a_name() -> None:
    names = pd.Series([t.name for t in CATALOG.territories.values() if t.level == "municipality"])
    codes = [t.territory for t in CATALOG.territories.values() if t.level == "municipality"]
    assert codes_of_names(names, CATALOG).tolist() == codes


POPULATION = CATALOG.datasets["population"]
LOMBARDIA = CATALOG.territories["lombardia"].provinces


def cells(rows: dict[str, float | None], **columns: object) -> pd.DataFrame:
    """Return residents of 2024 by code, as a layout gives them and a run completes them."""
    table = pd.DataFrame({"code": list(rows), "value": list(rows.values())})
    table["value"] = table["value"].astype(float)
    table["obs_status"] = table["value"].isna().map({True: "Q", False: "A"})
    defaults: dict[str, Any] = {
        "variable": "residents",
        "period": "2024",
        "line": 2,
        "column": "x",
        "file": "a.csv",
        "snapshot": "a",
        "nationwide": False,
        "regional": False,
        "by_name": False,
        "fills": False,
    }
    return table.assign(**{**defaults, **columns})


def figures(table: pd.DataFrame) -> dict[str, tuple[float, str]]:
    result, _ = harmonise(table, POPULATION, CATALOG)
    return {
        place: (value, status)
        for place, value, status in zip(
            result["territory"], result["value"], result["obs_status"], strict=True
        )
    }


def test_a_file_of_the_whole_country_gives_figures_of_the_region_and_the_country() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    result = figures(cells({**rows, "015146": 5, "058091": 100}, nationwide=True))
    assert result == {
        "015146": (5, "A"),
        "lombardia": (11 * 10 + 5, "A"),
        "italia": (11 * 10 + 5 + 100, "A"),
    }


def test_a_sum_that_leaves_out_a_suppressed_cell_is_estimated() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    result = figures(cells({**rows, "015146": 5, "058091": 100, "058001": None}, nationwide=True))
    assert result["lombardia"] == (115, "A")
    assert result["italia"] == (215, "E")


def test_the_known_part_of_a_hidden_sum_counts_for_the_country_only() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    table = cells({**rows, "015146": 5, "058091": 100}, nationwide=True)
    table["obs_status"] = table["obs_status"].mask(table["code"] == "015146", "Q")
    result = figures(table)
    assert isnan(result["015146"][0])
    assert result["015146"][1] == "Q"
    assert result["lombardia"] == (115, "E")


def test_figures_without_a_municipality_are_left_out_of_the_country() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    assert figures(cells({**rows, "000000": 7}, nationwide=True))["italia"] == (120, "A")


def test_a_file_that_lacks_a_province_gives_no_figure_of_the_country() -> None:
    assert set(figures(cells({"015146": 5, "058091": 100}, nationwide=True))) == {"015146"}
    assert set(figures(cells({"015146": 5, "058091": 100}))) == {"015146"}


def test_a_file_of_the_region_alone_gives_no_figure_of_the_country() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    result = figures(cells({**rows, "015146": 5, "058091": 100}, regional=True))
    assert result == {"015146": (5, "A"), "lombardia": (11 * 10 + 5, "A")}
    del rows["012999"]
    assert set(figures(cells({**rows, "015146": 5}, regional=True))) == {"015146"}


def test_a_figure_of_the_country_in_the_file_takes_precedence_over_the_sum() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    result = figures(cells({**rows, "015146": 5, "IT": 1000}, nationwide=True))
    assert result["italia"] == (1000, "A")
    assert result["lombardia"] == (115, "A")


def test_regions_and_provinces_among_municipalities_are_left_out_of_sums() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    result, rejected = harmonise(
        cells({**rows, "015146": 5, "ITC4": 400, "ITC1": 900, "ITC45": 70}, nationwide=True),
        POPULATION,
        CATALOG,
    )
    values = dict(zip(result["territory"], result["value"], strict=True))
    assert values == {"015146": 5, "lombardia": 400, "italia": 115}
    assert not rejected


def test_a_rate_of_the_country_is_not_computed_from_municipal_rates() -> None:
    rates = CATALOG.datasets["fragility"]
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    rows["015146"] = rows.pop("015999")
    table = cells(rows, variable="employment", nationwide=True)
    result, _ = harmonise(table, rates, CATALOG)
    assert set(result["territory"]) == {"015146"}


def test_old_codes_of_the_municipalities_that_left_are_not_rejected() -> None:
    result, rejected = harmonise(cells({"015149": 5, "015146": 7}), POPULATION, CATALOG)
    assert result["territory"].tolist() == ["015146"]  # 015149 was Monza
    assert not rejected


def test_an_unknown_name_is_rejected_and_one_that_left_is_not() -> None:
    table = cells({"Milano": 5, "Monza": 6, "Paperopoli": 7}, by_name=True)
    result, rejected = harmonise(table, POPULATION, CATALOG)
    assert result["territory"].tolist() == ["015146"]
    assert [(file, r.rule, r.value) for file, r in rejected] == [
        ("a.csv", "territory", "Paperopoli")
    ]


def test_a_project_at_an_unknown_code_in_the_province_is_rejected_but_not_elsewhere() -> None:
    codes = {"A": "015146", "B": "015999", "C": "108001", "D": "nowhere", "E": "15235"}
    places = pa.table({"project": list(codes), "territory": list(codes.values())})
    table, (rejection,) = with_territories(places, CATALOG)
    assert table.to_pydict() == {"project": ["A", "E"], "territory": ["015146", "015251"]}
    assert (rejection.rule, rejection.value) == ("territory", "B, D")
    assert "015999, nowhere" in rejection.message["en"]


def test_a_file_that_fills_gaps_gives_only_what_the_other_files_lack() -> None:
    table = pd.concat(
        [
            cells({"015146": 5}),
            cells({"015146": 6, "015002": 7}, file="b.csv", fills=True),
        ]
    )
    result, rejected = harmonise(table, POPULATION, CATALOG)
    assert result.set_index("territory")["value"].to_dict() == {"015146": 5, "015002": 7}
    assert rejected == []
