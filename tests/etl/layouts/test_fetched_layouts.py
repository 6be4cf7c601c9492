"""The layouts of what is fetched, from a few rows as the providers write them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from etl.layouts import (
    ispra_soil,
    istat_ages,
    sdmx_csv,
    wide_csv,
)
from tests.support.layouts import figures, parse
from warehouse.errors import SourceError

WASTE = (
    "\t\t\t\tProduzione e raccolta differenziata dei rifiuti urbani, 2024\r\n"
    "IstatComune;Provincia;Comune;Popolazione;Dato riferito a; Totale RD (t);Totale RU (t);"
    "Percentuale RD (%)\r\n"
    "\t\t\t\t03015146;Milano;MILANO;1.371.498;Comune;412.345,67;657.674,492;62,7%\r\n"
    "\t\t\t\t03015002;Milano;ABBIATEGRASSO;32.709;Comune;-;13.623,100;-\r\n"
    "\t\t\t\t03015251;Milano;VERMEZZO CON ZELO;5.824;Vedi aggregazione: X;;;\r\n"
    "\t\t\t\t03098001;Lodi;ABBADIA CERRETO;280;Comune;90,5;120,1;75,4%\r\n"
    "(1) La frazione umida comprende il compostaggio domestico\r\n"
)


WASTE_OPTIONS = {
    "code": "IstatComune",
    "header": "IstatComune",
    "separator": ";",
    "decimal": ",",
    "ignored": ".%",
    "missing": ["", "-"],
    "only": {"Dato riferito a": "Comune"},
    "province": "015",
    "columns": {
        "Popolazione": {"variable": "residents"},
        "Totale RD (t)": {"variable": "separate_tonnes"},
        "Totale RU (t)": {"variable": "total_tonnes"},
        "Percentuale RD (%)": {"variable": "separate_rate"},
    },
}


COSTS = (
    "Costi pro capite;;;\r\n;;;\r\nAnno 2021\r\n"
    "IstatComune;Comune o Aggregazione;Numero di comuni;Pop.(abitanti);CTSab;CTOTab\r\n"
    "03015146;Milano;1;1.371.498;20,43;210,53\r\n"
    "03015072;Cerro Maggiore;1;14.938;;122,45\r\n"
    "03098001;Abbadia Cerreto - Dato aggregazione;4;5.705;10,69;108,83\r\n"
)


SDMX = (
    "DATAFLOW,FREQ,REF_AREA,DATA_TYPE,RESULT,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"
    "IT1:41_983(1.0),A,015146,KILLINJ,F,2022,10250,,\n"
    "IT1:41_983(1.0),A,015146,KILLINJ,M,2022,38,p,\n"
    "IT1:41_983(1.0),A,015146,KILLINJ,F,2023,9,,3\n"
    "IT1:41_983(1.0),A,015146,KILLINJ,M,2023,circa 40,,\n"
    "IT1:41_983(1.0),A,015002,KILLINJ,F,2023,,,\n"
    "IT1:41_983(1.0),A,082053,KILLINJ,F,2023,2503,,\n"
)


HURT = {"variable": "hurt", "where": {"RESULT": "F"}}


DEAD = {"variable": "dead", "where": {"RESULT": "M"}}


def test_ispra_writes_titles_tabs_points_percents_and_a_note() -> None:
    parsed = parse(wide_csv, WASTE.encode(), WASTE_OPTIONS, period="2024")
    assert parsed.rejected == ()
    assert figures(parsed) == {
        ("03015146", "residents", "2024"): 1_371_498,
        ("03015002", "residents", "2024"): 32_709,
        ("03015146", "separate_tonnes", "2024"): 412_345.67,
        ("03015146", "total_tonnes", "2024"): 657_674.492,
        ("03015002", "total_tonnes", "2024"): 13_623.1,
        ("03015146", "separate_rate", "2024"): 62.7,
    }
    assert parsed.cells["line"].min() == 3


def test_a_file_of_ispra_that_is_cut_off_in_a_row_is_rejected() -> None:
    cut = WASTE[: WASTE.index("03098001") + 5]
    with pytest.raises(SourceError, match="ends in the middle of line 6"):
        parse(wide_csv, cut.encode(), WASTE_OPTIONS, period="2024")


def test_a_file_without_the_declared_header_reports_its_own() -> None:
    with pytest.raises(SourceError, match="not separated by “;”"):
        parse(
            wide_csv, WASTE.replace("IstatComune", "Codice").encode(), WASTE_OPTIONS, period="2024"
        )


def test_costs_of_several_municipalities_together_are_left_out() -> None:
    options = WASTE_OPTIONS | {
        "only": {"Numero di comuni": "1"},
        "columns": {"CTOTab": {"variable": "cost"}, "CTSab": {"variable": "disposal"}},
    }
    assert figures(parse(wide_csv, COSTS.encode(), options, period="2024")) == {
        ("03015146", "cost", "2024"): 210.53,
        ("03015072", "cost", "2024"): 122.45,
        ("03015146", "disposal", "2024"): 20.43,
    }


def test_istats_own_file_of_ages_has_a_title_and_a_total_that_is_not_an_age() -> None:
    rows = [
        f'"{code}";"{name}";{age};{age};{age + 1};{2 * age + 1}'
        for code, name in (("015146", "Milano"), ("082053", "Palermo"))
        for age in [*range(101), 999]
    ]
    title = '"Popolazione residente per età e sesso al 1° gennaio 2025"'
    header = '"Codice comune";"Comune";"Età";"Totale maschi";"Totale femmine";"Totale"'
    text = "\r\n".join([title, header, *rows, ""])
    options = {
        "code": "Codice comune",
        "age": "Età",
        "count": "Totale",
        "header": "Codice comune",
        "separator": ";",
        "province": "015",
    }
    parsed = parse(istat_ages, text.encode("utf-8-sig"), options, period="2025")
    assert parsed.rejected == ()
    result = figures(parsed)
    assert result["015146", "under_15", "2025"] == 225  # 1 + 3 + … + 29 = 15²
    assert result["015146", "from_19_to_25", "2025"] == 315  # 26² - 19²
    assert result["015146", "residents", "2025"] == 10_201  # 101²
    assert {code for code, _, _ in result} == {"015146"}


def test_rows_of_sdmx_become_variables_by_their_codes() -> None:
    parsed = parse(sdmx_csv, SDMX.encode(), {"variables": [HURT, DEAD], "province": "015"})
    assert figures(parsed) == {
        ("015146", "hurt", "2022"): 10_250,
        ("015146", "hurt", "2023"): 9_000,  # UNIT_MULT 3: thousands
        ("015146", "dead", "2022"): 38,
    }
    assert parsed.cells.query("variable == 'dead'")["obs_status"].tolist() == ["P"]
    assert [(r.line, r.value, r.rule) for r in parsed.rejected] == [(5, "circa 40", "number")]


def test_codes_of_sdmx_that_are_added_must_all_be_present() -> None:
    both = {"variable": "killed_or_hurt", "where": {"RESULT": ["F", "M"]}}
    assert figures(parse(sdmx_csv, SDMX.encode(), {"variables": [both]})) == {
        ("015146", "killed_or_hurt", "2022"): 10_288
    }


def test_a_code_whose_zeros_the_source_leaves_out_is_zero_where_it_writes_others() -> None:
    more = "IT1:41_983(1.0),A,015002,KILLINJ,M,2023,1,,\n"
    both = {"variable": "hurt_or_dead", "where": {"RESULT": ["F", "M"]}, "omits_zero": True}
    dead = {**DEAD, "omits_zero": True}
    result = figures(parse(sdmx_csv, (SDMX + more).encode(), {"variables": [both, dead]}))
    assert result == {
        ("015146", "hurt_or_dead", "2022"): 10_288,
        ("082053", "hurt_or_dead", "2023"): 2_503,  # nobody died
        ("015146", "dead", "2022"): 38,
        ("082053", "dead", "2023"): 0,
        ("015002", "dead", "2023"): 1,
    }  # "circa 40" and an empty cell do not count as zeros, and no sum goes without them


def test_codes_of_sdmx_that_are_taken_away_have_all_to_be_there_too() -> None:
    difference = {"variable": "rest", "where": {"RESULT": "F"}, "less": {"RESULT": "M"}}
    assert figures(parse(sdmx_csv, SDMX.encode(), {"variables": [difference]})) == {
        ("015146", "rest", "2022"): 10_212
    }


def test_a_dimension_of_sdmx_that_is_left_open_is_reported_with_its_codes() -> None:
    everything = {"variable": "people", "where": {"DATA_TYPE": "KILLINJ"}}
    with pytest.raises(SourceError, match=r"RESULT \(F, M\)"):
        parse(sdmx_csv, SDMX.encode(), {"variables": [everything]})


def soil(**columns: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "Comuni_2006_2024"
    names = {
        "PRO_COM": "15146",
        "Nome_Comune": "Milano",
        "Incremento netto 2012-2015 [ettari]": 30.0,
        "Incremento lordo 2012-2015 [ettari]": 31.0,
        "Incremento netto 2015-2016 [ettari]": 4.5,
        "Suolo consumato 2016 [ettari]": 10_000.5,
        "Suolo consumato 2016 [%]": 55.0,
    } | columns
    sheet.append(list(names))
    sheet.append([None, "unità", "ha"])
    sheet.append(list(names.values()))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_consumed_soil_goes_back_from_the_last_stock() -> None:
    parsed = parse(ispra_soil, soil(), {"province": "015"})
    assert figures(parsed) == {
        ("15146", "consumed", "2016"): 10_000.5,
        ("15146", "consumed", "2015"): 9_996.0,  # 10000.5 - 4.5
        ("15146", "consumed", "2012"): 9_966.0,  # 9996 - 30
        ("15146", "yearly_increase", "2016"): 4.5,
        ("15146", "yearly_increase", "2015"): 10.0,  # 30 in three years
        ("15146", "gross_yearly_increase", "2015"): pytest.approx(31 / 3),
    }


def test_an_increase_that_is_missing_leaves_the_years_before_it_without_a_stock() -> None:
    missing = {"Incremento netto 2015-2016 [ettari]": "n.d."}
    parsed = parse(ispra_soil, soil(**missing), {})
    assert [(r.column, r.value) for r in parsed.rejected] == [
        ("Incremento netto 2015-2016 [ettari]", "n.d.")
    ]
    assert figures(parsed) == {
        ("15146", "consumed", "2016"): 10_000.5,
        ("15146", "yearly_increase", "2015"): 10.0,
        ("15146", "gross_yearly_increase", "2015"): pytest.approx(31 / 3),
    }


def test_another_workbook_is_not_a_file_of_consumed_soil() -> None:
    with pytest.raises(SourceError, match="not a readable Excel workbook"):
        parse(ispra_soil, b"PK\x03\x04 nothing", {})
