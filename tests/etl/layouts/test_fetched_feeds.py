"""Feeds of 2026: rows as the providers write them, read by the project's own declarations."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from etl.layouts import (
    bdap_accounts,
    commuting_pairs,
    lookup_file,
    opencivitas,
    padigitale_applications,
    padigitale_funding,
    small_municipalities,
    wide_csv,
)
from tests.support.layouts import figures, parse
from tests.support.specimens import CATALOG
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from warehouse.declarations.sources import SourceFile


def declared_file(dataset: str, path: str) -> SourceFile:
    """Return what the project declares of a file."""
    files = CATALOG.datasets[dataset].files
    (file,) = (file for file in files if file.path == path and file.layout != "lookup_file")
    return file


# AGCOM's report of 30 June 2025 in the form of the later ones; Altino has no figure of FTTH.
HOUSEHOLDS = """\
Regione;Provincia;Comune;pro_com;Celle 20m x 20m raggiunte;Famiglie Residenti (calcolato);\
Famiglie raggiunte FTTH (calcolato);Copertura FTTH DESI
Abruzzo;Chieti;Altino;69001;1137;1092;;0,0%
Abruzzo;Chieti;Chieti;69022;9997;20773;20030;96,4%
Abruzzo;Chieti;Fara Filiorum Petri;69030;708;652;570;87,4%
"""


def test_households_with_fibre_are_those_that_the_authority_computes() -> None:
    file = declared_file("broadband_map", "agcom/comuni_2025-12.csv")
    old = parse(wide_csv, HOUSEHOLDS.encode("cp1252"), file.options, period=file.period)
    file = declared_file("broadband_map", "agcom/comuni_2026-06.csv")
    new = parse(wide_csv, HOUSEHOLDS.encode("utf-8-sig"), file.options, period=file.period)
    assert figures(new) == {
        ("69001", "households", "2026-06"): 1_092,
        ("69022", "households", "2026-06"): 20_773,
        ("69022", "households_fttp", "2026-06"): 20_030,
        ("69030", "households", "2026-06"): 652,
        ("69030", "households_fttp", "2026-06"): 570,
    }
    assert set(old.cells["period"]) == {"2025-12"}
    assert not old.rejected


PAIRS = (
    "Prov_res\tProcom_res\tProv_lav\tProcom_lav\tPendolari\r\n"
    "015\t015146\t015\t015146\t500\r\n"
    "015\t015146\t015\t015002\t20\r\n"
    "015\t015002\t015\t015146\t70\r\n"
    "015\t015002\t015\t015002\t30\r\n"
    "098\t098031\t015\t015146\t40\r\n"
)


def test_flows_between_municipalities_are_summed_at_both_their_ends() -> None:
    file = declared_file("work_commuting", "istat/pendolarismo_lavoro_2021.csv")
    parsed = parse(commuting_pairs, PAIRS.encode(), file.options, period=file.period)
    assert not parsed.rejected
    result = figures(parsed)
    milano = {name: value for (code, name, _), value in result.items() if code == "015146"}
    assert milano == {
        "commuters": 520,  # 500 + 20
        "outside": 20,
        "inbound": 110,  # 70 + 40
        "inside": 500,
        "net": 90,  # 110 - 20
        "workplaces": 610,  # 110 + 500
    }
    assert result["098031", "workplaces", "2021"] == 0  # nobody comes to Lodi in these rows


def test_commuters_within_a_zone_are_counted_for_municipalities_with_a_zone() -> None:
    zones = {"015146": "milano", "015002": "magentino-abbiatense", "015005": "magentino-abbiatense"}
    rows = PAIRS + "015\t015002\t015\t015005\t5\r\n"
    parsed = parse(commuting_pairs, rows.encode(), period="2021", zone_of=zones)
    result = parsed.cells[parsed.cells["variable"] == "within_zone"]
    assert result.set_index("code")["value"].to_dict() == {"015146": 500, "015002": 35}  # 30 + 5


def test_a_flow_that_is_not_a_number_leaves_both_its_ends_without_figures() -> None:
    broken = PAIRS.replace("\t70\r", "\tmolti\r").encode()
    parsed = parse(commuting_pairs, broken, period="2021")
    assert [(r.line, r.value) for r in parsed.rejected] == [(4, "molti")]
    assert set(parsed.cells["code"]) == {"098031"}


# The header of the summary of revenue by title; amounts with a point, some below zero.
ACCOUNTS = """\
"Codice Tipologia Soggetto";"Codice Regione";"Codice Provincia";"Codice Comune";"Codice Titolo";\
"Accertamenti";"Riscossioni in C/Competenza";""
"ELCOMU";"03";"015";"002";"01";"1000.50";"800.25";""
"ELCOMU";"03";"015";"002";"02";"300";"250";""
"ELCOMU";"03";"015";"002";"03";"500";"150";""
"ELCOMU";"03";"015";"002";"04";"9999";"9999";""
"ELCOMU";"03";"015";"146";"01";"700";"600";""
"ELCOMU";"03";"015";"146";"02";"";"10";""
"ELCOMU";"03";"015";"146";"03";"200";"100";""
"ELCOMU";"03";"098";"031";"01";"90";"80";""
"REGION";"03";"015";"146";"01";"1000000";"1000000";""
"""


def test_accounts_have_own_and_current_revenue_where_no_title_is_missing() -> None:
    file = declared_file("municipal_accounts", "bdap/rendiconto_entrate_{year}.csv")
    parsed = parse(bdap_accounts, ACCOUNTS.encode("latin-1"), file.options, period="2024")
    assert not parsed.rejected
    assert figures(parsed) == {
        ("015002", "own_collected", "2024"): 950.25,  # 800.25 + 150
        ("015002", "own_assessed", "2024"): 1_500.5,  # 1000.50 + 500
        ("015002", "current_assessed", "2024"): 1_800.5,  # + 300
    }


def bodies(**columns: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    table = {
        "USERNAME": ["U1", "U2", "ZZ999REG003"],
        "ENTE_TIPOLOGIA": ["COMUNE", "COMUNE", "REGIONE"],
        "ENTE": ["AGLIE'", "ABBIATEGRASSO", "LOMBARDIA"],
        "COMUNE_ISTAT_COD": ["001001", "15002", ""],
    } | columns
    sheet.append(list(table))
    for row in zip(*table.values(), strict=True):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# Agliè 2022: figures of OpenCivitas (CC BY 4.0); its name as a user and the other rows are ours.
NEEDS = """\
USERNAME;Indicatore/Determinante;Valore;Anomalia;Privacy
U1;SPESA_STORICA;1606705,67;;
U1;SPESA_STORICA_PROAB;625,66;;
U1;FST_RIPROPORZIONATO_BI;1884746,17;;
U1;DIFF_OUT_PERC_TOT;-2,1;;
U1;F_POP_C;2568;;
U2;SPESA_STORICA;10;A;
U2;FST_RIPROPORZIONATO_BI;molto;;
U2;DIFF_OUT_PERC_TOT;;;
ZZ999REG003;SPESA_STORICA;5000000000;;
"""


def test_needs_are_of_municipalities_and_without_flagged_figures() -> None:
    companions = {"bodies": bodies()}
    parsed = parse(opencivitas, NEEDS.encode("utf-8-sig"), period="2022", companions=companions)
    assert figures(parsed) == {
        ("001001", "historic_spending", "2022"): 1_606_705.67,
        ("001001", "standard_spending", "2022"): 1_884_746.17,
        ("001001", "service_level", "2022"): pytest.approx(97.9),  # 100 - 2.1
        ("001001", "residents", "2022"): 2_568,  # 1,606,705.67 / 625.66
    }
    assert [(r.line, r.value) for r in parsed.rejected] == [(8, "molto")]


def test_needs_without_the_workbook_of_bodies_say_what_is_missing() -> None:
    with pytest.raises(SourceError, match="bodies"):
        parse(opencivitas, NEEDS.encode(), period="2022")
    with pytest.raises(SourceError, match="not a readable Excel workbook"):
        parse(opencivitas, NEEDS.encode(), period="2022", companions={"bodies": b"PK"})
    with pytest.raises(SourceError, match="ALTRO"):
        parse(lookup_file, bodies(), {"workbook": True, "columns": ["ALTRO"]})


GRANTS = """\
codice_ipa,ente,tipologia_ente,comune,cod_comune,importo_finanziamento,avviso,\
data_invio_candidatura,data_finanziamento,codice_cup,stato_candidatura,data_stato_candidatura
"c_l319","Comune di Tradate","Comuni","Tradate","012127",14000.0,\
"1.4.4 Adozione SPID CIE  - Comuni - Aprile 2022","2022-06-22T09:14:25.000+0000","2022-08-02",\
"C61F22001660006","E","2026-02-02"
"c_f851","Comune di Nave","Comuni","Nave","017117",19711.0,\
"1.4.3 - pagoPA - Comuni - Aprile 2022","2022-04-27T13:05:03.000+0000","2022-07-13",\
"C61F22000080006","R","2022-11-15"
"c_f851","Comune di Nave","Comuni","Nave","017117",16121.0,\
"1.4.3 - app IO - Comuni - Aprile 2022","2022-04-22T15:30:37.000+0000","2022-08-12",\
"C61F22000090006","E","2024-10-10"
"c_f874","Comune di Nerviano","Comuni","Nerviano","015154",14000.0,\
"1.4.4 Adozione SPID CIE  - Comuni - Aprile 2022","2022-05-03T07:14:19.000+0000","2022-08-02",\
"I31F22000170006","E","2024-07-29"
"""
SCHOOLS = """\
cod_comune,importo_finanziamento,avviso,data_finanziamento,stato_candidatura,data_stato_candidatura
015154,1000.0,1.4.1 Esperienza del Cittadino - Scuole - Aprile 2022,2022-09-01,A,
"""


def test_grants_of_the_providers_file_are_counted_by_the_number_of_their_call() -> None:
    file = declared_file("padigitale_measures", "padigitale/candidature_comuni_finanziate.csv")
    parsed = parse(padigitale_applications, GRANTS.encode(), file.options)
    result = figures(parsed)
    assert result["015154", "measures", "2022"] == 1
    assert result["017117", "measures", "2025"] == 1  # of the two of 1.4.3 one was renounced
    assert {period for _, _, period in result} == {"2022", "2023", "2024", "2025", "2026"}
    provisional = parsed.cells[parsed.cells["obs_status"] == "P"]
    assert set(provisional["period"]) == {"2026"}  # the file's latest day is 2 February 2026


def test_funding_is_that_of_all_bodies_with_their_seat_in_the_municipality() -> None:
    companions = {"schools": SCHOOLS.encode(), "others": SCHOOLS.replace("1000", "500").encode()}
    parsed = parse(padigitale_funding, GRANTS.encode(), companions=companions)
    assert figures(parsed) == {
        ("012127", "funding", "2026-02"): 14_000,
        ("015154", "funding", "2026-02"): 15_500,  # 14000 + 1000 + 500
        ("017117", "funding", "2026-02"): 16_121,
    }
    with pytest.raises(SourceError, match="others"):
        parse(padigitale_funding, GRANTS.encode(), companions={"schools": SCHOOLS.encode()})


AGES = (
    '"Popolazione residente per età e sesso al 1° gennaio 2025"\r\n'
    '"Codice comune";"Comune";"Età";"Totale maschi";"Totale femmine";"Totale"\r\n'
    '"015002";"Abbiategrasso";0;100;90;190\r\n'
    '"015002";"Abbiategrasso";999;16000;16900;32900\r\n'
    '"015044";"Casarile";999;2000;2020;4020\r\n'
)


def test_small_municipalities_are_recognised_by_the_total_of_istats_own_file() -> None:
    file = declared_file("small_municipalities", "istat/POSAS_{year}_it_Comuni.csv")
    parsed = parse(small_municipalities, AGES.encode("utf-8-sig"), file.options, period="2025")
    assert figures(parsed) == {
        ("015002", "residents", "2025"): 32_900,
        ("015002", "residents_small", "2025"): 0,
        ("015044", "residents", "2025"): 4_020,
        ("015044", "residents_small", "2025"): 4_020,
    }
