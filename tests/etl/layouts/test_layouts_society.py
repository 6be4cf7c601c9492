"""Sums of columns, rents, ages and the waste questionnaire: what is hidden, chosen or refused."""

from __future__ import annotations

import json
from math import isnan
from typing import TYPE_CHECKING, Any

import pytest

from etl.layouts import eligendo_json, item_list, omi_quotations, sose_waste, wide_csv
from tests.support.layouts import parse
from tests.support.specimens import SPECIMENS, gathered
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from etl.parsing.layout import ParsedFile

SUM = {"code": "code", "suppressed": ["*"]}
OMI = {"types": {"20": ["sale_price", "rent", "zones"]}}
COLUMNS = {"low": {"variable": "both", "plus": ["high"]}}


def sum_of(row: str) -> ParsedFile:
    content = f"code,low,high\n015146,{row}\n015002,1,2\n".encode()
    return parse(wide_csv, content, {**SUM, "columns": COLUMNS}, period="2020")


def figure(parsed: ParsedFile, code: str) -> tuple[float, str]:
    result = parsed.cells[parsed.cells["code"] == code]
    return result["value"].item(), result["obs_status"].item()


def test_a_measure_may_be_the_sum_of_columns() -> None:
    parsed = sum_of("10,5.5")
    assert figure(parsed, "015146") == (15.5, "A")
    assert figure(parsed, "015002") == (3, "A")


@pytest.mark.parametrize(("row", "value"), [("*,5", 5), ("10,*", 10)])
def test_a_hidden_part_hides_the_sum_and_the_other_part_stays(row: str, value: float) -> None:
    assert figure(sum_of(row), "015146") == (value, "Q")


def test_a_sum_whose_parts_are_all_hidden_has_no_value() -> None:
    value, status = figure(sum_of("*,*"), "015146")
    assert isnan(value)
    assert status == "Q"


def test_a_part_that_is_blank_leaves_no_sum_and_no_rejection() -> None:
    parsed = sum_of("10,")
    assert "015146" not in set(parsed.cells["code"])
    assert parsed.rejected == ()


def test_a_part_that_is_not_a_number_is_rejected_under_its_own_column() -> None:
    parsed = sum_of("10,five")
    assert [(r.line, r.column, r.value) for r in parsed.rejected] == [(2, "high", "five")]
    assert set(parsed.cells["code"]) == {"015002"}


def test_a_rent_that_cannot_be_read_leaves_the_price_and_no_half_a_mean() -> None:
    header = "semestre,Comune_amm,Cod_Tip,Stato,Compr_min,Compr_max,Loc_min,Loc_max\n"
    zone = "2018-2,F205,20,NORMALE,7300,8900,n.d.,29\n"
    parsed = parse(omi_quotations, (header + zone + zone.replace("n.d.", "23")).encode(), OMI)
    assert [(r.line, r.column) for r in parsed.rejected] == [(2, "Loc_min")]
    result = {r.variable: r.value for r in parsed.cells.itertuples()}
    assert result == {"sale_price": 8100, "zones": 2}


def test_the_questionnaire_gives_only_the_declared_variables() -> None:
    content = (SPECIMENS / "waste_cost" / "waste" / "sose_file.json").read_bytes()
    options = {"province": "Milano", "variables": ["cost_per_inhabitant"]}
    cells = parse(sose_waste, content, options).cells
    assert set(cells["variable"]) == {"cost_per_inhabitant", "residents"}


def test_residual_waste_is_what_is_not_separate() -> None:
    # Milano 2013: 1,262,101 residents, 0.491379578437496 t each, 42.5062902653951 % separate
    (milano,) = (
        row
        for row in json.loads((SPECIMENS / "waste/waste/sose_file.json").read_text("utf-8"))
        if row["COMUNE"] == "Milano"
    )
    options = {"province": "Milano", "variables": ["residual_tonnes", "residual_rate"]}
    cells = parse(sose_waste, json.dumps([milano]).encode(), options).cells
    of_2013 = cells[cells["period"] == "2013"].set_index("variable")["value"]
    each = 0.491379578437496 * (100 - 42.5062902653951) / 100
    assert of_2013["residual_tonnes"] == pytest.approx(1_262_101 * each)
    assert of_2013["residual_rate"] == pytest.approx(1000 * each)  # 282.5 kg per inhabitant


def test_a_column_is_divided_by_another_and_a_rate_on_nothing_is_missing() -> None:
    content = b"code,tonnes,people\n015146,6,3\n015002,1,0\n"
    columns = {"tonnes": {"variable": "rate", "per": "people", "scale": 1000}}
    parsed = parse(wide_csv, content, {"code": "code", "columns": columns}, period="2024")
    assert parsed.cells[["code", "value"]].values.tolist() == [["015146", 2000]]
    assert parsed.rejected == ()


def test_an_absent_municipality_has_zero_as_the_municipalities_then_were() -> None:
    content = b"code,accidents\n015146,3\n015235,1\n015146,2\n"
    options = {"code": "code", "columns": {"accidents": {"variable": "n"}}}
    context: dict[str, Any] = {
        "zone_of": dict.fromkeys(["015146", "015002", "015235", "015246", "015251"]),
        "merged_into": {"015235": "015251", "015246": "015251"},
    }
    parsed = parse(
        wide_csv, content, {**options, "summed": True, "whole": True}, period="2018", **context
    )
    # Vermezzo is in the file: Zelo Surrigone has zero, Vermezzo con Zelo did not exist
    assert dict(zip(parsed.cells["code"], parsed.cells["value"], strict=True)) == {
        "015146": 5,
        "015235": 1,
        "015002": 0,
        "015246": 0,
    }


def test_a_municipality_without_the_last_reading_has_no_turnout() -> None:
    path = SPECIMENS / "referendums/governance"
    content = (path / "referendum_2025-06-08_scheda1_votanti_prov_milano_verbatim.json").read_text(
        "utf-8"
    )
    document = json.loads(content)
    document["enti"]["enti_f"][0]["com_vot"].pop()  # Abbiategrasso at 15:00 of the second day
    parsed = parse(eligendo_json, json.dumps(document).encode(), period="2025")
    cells = parsed.cells[parsed.cells["variable"] == "voters"]
    assert cells["value"].tolist() == [354_138, 1_445]  # Milano, Vermezzo con Zelo
    assert [(r.line, r.column) for r in parsed.rejected] == [(1, "vot_t")]


def test_json_of_another_shape_is_rejected() -> None:
    with pytest.raises(SourceError, match="enti"):
        parse(eligendo_json, b"[]", period="2025")


def test_an_impossible_cost_is_left_out() -> None:
    result, _ = gathered("waste_cost", SPECIMENS / "waste_cost")
    costs = result[
        (result["variable"] == "cost_per_inhabitant") & (result["territory"] == "015038")
    ]
    assert costs["period"].tolist() == ["2013"]  # €1.20 in 2010 is not a cost


def test_doses_without_a_place_and_towns_of_brianza_are_left_out() -> None:
    doses, rejected = gathered("vaccinations", SPECIMENS / "vaccinations")
    assert set(doses["territory"]) == {"015146", "015155", "015251"}
    assert rejected.empty
    fund, _ = gathered("food_solidarity", SPECIMENS / "food_solidarity")
    assert set(fund["territory"]) == {"015002", "015146", "015155", "015251"}


def test_a_difference_of_columns_is_hidden_by_either() -> None:
    minus = {"low": {"variable": "rest", "minus": ["high"]}}
    content = b"code,low,high\n015146,10,4\n015002,10,*\n"
    parsed = parse(wide_csv, content, {**SUM, "columns": minus}, period="2020")
    assert figure(parsed, "015146") == (6, "A")
    assert figure(parsed, "015002")[1] == "Q"


def test_a_complete_list_gives_zero_to_municipalities_without_items() -> None:
    options = {"code": "place", "key": "id", "variable": "libraries"}
    content = b"id,place\na,015146\nb,015146\nb,015146\nc,016024\n"
    zones = dict.fromkeys(("015146", "015002", "015235"), "z")
    options["province"] = "015"
    result = parse(
        item_list,
        content,
        {**options, "whole": True},
        period="2020",
        zone_of=zones,
        merged_into={"015235": "015251"},
    ).cells
    assert dict(zip(result["code"], result["value"], strict=True)) == {"015146": 2, "015002": 0}
    only = parse(item_list, content, options, period="2020").cells
    assert only["code"].tolist() == ["015146"]
