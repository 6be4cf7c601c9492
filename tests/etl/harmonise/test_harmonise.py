"""Codes as providers write them become the six digits of ISTAT."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from etl.harmonise.figures import harmonise, placed
from etl.harmonise.territory_codes import NOWHERE, istat_codes, named, today
from tests.support.specimens import CATALOG


@pytest.mark.parametrize(
    ("written", "istat"),
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
def test_any_padding_and_the_cadastral_code_are_understood(written: str, istat: str) -> None:
    assert istat_codes(pd.Series([written]), CATALOG).tolist() == [istat]


@pytest.mark.parametrize("written", ["", "Milano", "MI", "1.234", "123456789", "-"])
def test_anything_else_is_no_code(written: str) -> None:
    assert istat_codes(pd.Series([written]), CATALOG).isna().all()


def test_an_abolished_municipality_counts_in_its_successor() -> None:
    codes = pd.Series(["015235", "015246", "015251", "015146"])
    assert today(codes, CATALOG).tolist() == ["015251", "015251", "015251", "015146"]


@pytest.mark.parametrize(
    ("written", "istat"),
    [
        ("MILANO", "015146"),
        ("Milano (MI)", "015146"),
        ("cassano d’adda", "015059"),
        ("CASSANO D`ADDA", "015059"),
        ("Trezzano sul  Naviglio", "015220"),
        ("Cerro al Lambro ", "015071"),
        ("Zelo Surrigone", "015246"),  # a predecessor
        ("MUGGIO'", NOWHERE),  # in Monza e Brianza since 2009
        ("Agrate-Brianza", NOWHERE),
    ],
)
def test_a_name_is_known_in_any_spelling(written: str, istat: str) -> None:
    assert named(pd.Series([written]), CATALOG).tolist() == [istat]


@pytest.mark.parametrize("written", ["", "Milan", "Monza (MB)", "Milano (BG)", "Nord Milano"])
def test_a_name_that_nobody_has_is_not_guessed(written: str) -> None:
    assert named(pd.Series([written]), CATALOG).isna().all()


def test_no_two_municipalities_of_the_province_have_one_name() -> None:
    names = pd.Series([t.name for t in CATALOG.territories.values() if t.level == "municipality"])
    codes = [t.territory for t in CATALOG.territories.values() if t.level == "municipality"]
    assert named(names, CATALOG).tolist() == codes


POPULATION = CATALOG.datasets["population"]
LOMBARDIA = CATALOG.territories["lombardia"].provinces


def cells(rows: dict[str, float | None], **columns: object) -> pd.DataFrame:
    """Return residents of 2024 by code, as a layout gives them and a run completes them."""
    table = pd.DataFrame({"code": list(rows), "value": list(rows.values())})
    table["value"] = table["value"].astype(float)
    table["obs_status"] = table["value"].isna().map({True: "Q", False: "A"})
    given: dict[str, Any] = {
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
    return table.assign(**{**given, **columns})


def figures(table: pd.DataFrame) -> dict[str, tuple[float, str]]:
    found, _ = harmonise(table, POPULATION, CATALOG)
    return {
        place: (value, status)
        for place, value, status in zip(
            found["territory"], found["value"], found["obs_status"], strict=True
        )
    }


def test_a_file_of_the_whole_country_also_speaks_of_the_region_and_the_country() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    found = figures(cells({**rows, "015146": 5, "058091": 100}, nationwide=True))
    assert found == {
        "015146": (5, "A"),
        "lombardia": (11 * 10 + 5, "A"),
        "italia": (11 * 10 + 5 + 100, "A"),
    }


def test_a_sum_that_leaves_out_a_suppressed_cell_is_estimated() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    found = figures(cells({**rows, "015146": 5, "058091": 100, "058001": None}, nationwide=True))
    assert found["lombardia"] == (115, "A")
    assert found["italia"] == (215, "E")


def test_what_is_known_of_a_hidden_sum_counts_for_the_country_and_not_for_its_place() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    table = cells({**rows, "015146": 5, "058091": 100}, nationwide=True)
    table["obs_status"] = table["obs_status"].mask(table["code"] == "015146", "Q")
    found = figures(table)
    assert isnan(found["015146"][0])
    assert found["015146"][1] == "Q"
    assert found["lombardia"] == (115, "E")


def test_what_has_no_municipality_is_no_part_of_the_country() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    assert figures(cells({**rows, "000000": 7}, nationwide=True))["italia"] == (120, "A")


def test_a_file_that_lacks_a_province_says_nothing_of_the_country() -> None:
    assert set(figures(cells({"015146": 5, "058091": 100}, nationwide=True))) == {"015146"}
    assert set(figures(cells({"015146": 5, "058091": 100}))) == {"015146"}


def test_a_file_of_the_region_alone_says_nothing_of_the_country() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    found = figures(cells({**rows, "015146": 5, "058091": 100}, regional=True))
    assert found == {"015146": (5, "A"), "lombardia": (11 * 10 + 5, "A")}
    del rows["012999"]
    assert set(figures(cells({**rows, "015146": 5}, regional=True))) == {"015146"}


def test_what_a_file_says_of_the_country_counts_more_than_a_sum() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    found = figures(cells({**rows, "015146": 5, "IT": 1000}, nationwide=True))
    assert found["italia"] == (1000, "A")
    assert found["lombardia"] == (115, "A")


def test_regions_and_provinces_beside_municipalities_enter_no_sum() -> None:
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    del rows["015999"]
    found, refused = harmonise(
        cells({**rows, "015146": 5, "ITC4": 400, "ITC1": 900, "ITC45": 70}, nationwide=True),
        POPULATION,
        CATALOG,
    )
    said = dict(zip(found["territory"], found["value"], strict=True))
    assert said == {"015146": 5, "lombardia": 400, "italia": 115}
    assert not refused


def test_a_rate_of_the_whole_country_is_not_made_of_municipal_rates() -> None:
    rates = CATALOG.datasets["work_commuting"]
    rows: dict[str, float | None] = {f"{province}999": 10 for province in LOMBARDIA}
    rows["015146"] = rows.pop("015999")
    table = cells(rows, variable="outside_share", nationwide=True)
    found, _ = harmonise(table, rates, CATALOG)
    assert set(found["territory"]) == {"015146"}


def test_old_codes_of_the_municipalities_that_left_are_no_fault() -> None:
    found, refused = harmonise(cells({"015149": 5, "015146": 7}), POPULATION, CATALOG)
    assert found["territory"].tolist() == ["015146"]  # 015149 was Monza
    assert not refused


def test_an_unknown_name_is_refused_and_one_that_left_is_not() -> None:
    table = cells({"Milano": 5, "Monza": 6, "Paperopoli": 7}, by_name=True)
    found, refused = harmonise(table, POPULATION, CATALOG)
    assert found["territory"].tolist() == ["015146"]
    assert [(file, r.rule, r.value) for file, r in refused] == [
        ("a.csv", "territory", "Paperopoli")
    ]


def test_a_project_at_a_code_of_ours_that_nobody_knows_is_told_and_one_elsewhere_is_not() -> None:
    codes = {"A": "015146", "B": "015999", "C": "108001", "D": "nowhere", "E": "15235"}
    places = pa.table({"project": list(codes), "territory": list(codes.values())})
    kept, (told,) = placed(places, CATALOG)
    assert kept.to_pydict() == {"project": ["A", "E"], "territory": ["015146", "015251"]}
    assert (told.rule, told.value) == ("territory", "B, D")
    assert "015999, nowhere" in told.message["en"]


def test_a_file_that_fills_gives_only_what_the_others_lack() -> None:
    both = pd.concat(
        [
            cells({"015146": 5}),
            cells({"015146": 6, "015002": 7}, file="b.csv", fills=True),
        ]
    )
    found, refused = harmonise(both, POPULATION, CATALOG)
    assert found.set_index("territory")["value"].to_dict() == {"015146": 5, "015002": 7}
    assert refused == []
