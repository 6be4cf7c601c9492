"""Layouts of registers and lists that are fetched: sensors, staff, projects, offices, cars."""

from __future__ import annotations

import re

import pytest

from etl.layouts import (
    aci_registrations,
    arpa_air,
    bdap_staff,
    ipa_offices,
    italia_domani,
    lookup_file,
    opencoesione,
)
from tests.support.layouts import figures, parse
from warehouse.errors import SourceError

SENSORS = b"""idsensore,sensore,provincia,comune
101,PM10 Arese,MI,Arese
102,NO2 Arese,MI,Arese
103,PM10 Milano,MI,Milano
"""


AIR = b"idsensore,mean,days_over_50\n101,24.5,12\n102,30.25,0\n103,,\n999,1,1\n"


OF_AIR = {
    "variables": {
        "no2": {"sensor": "NO2", "column": "mean"},
        "pm10_days": {"sensor": "PM10", "column": "days_over_50"},
    },
}


def test_estimates_of_the_air_are_those_of_the_sensors_municipality() -> None:
    parsed = parse(arpa_air, AIR, OF_AIR, period="2024", companions={"sensors": SENSORS})
    assert parsed.rejected == ()
    assert figures(parsed) == {("Arese", "no2", "2024"): 30.25, ("Arese", "pm10_days", "2024"): 12}


def test_estimates_without_the_register_of_sensors_say_what_is_missing() -> None:
    with pytest.raises(SourceError, match=r"companion file .sensors. is missing"):
        parse(arpa_air, AIR, OF_AIR, period="2024")


def test_a_companion_has_no_figures_but_has_to_be_readable() -> None:
    assert parse(lookup_file, SENSORS, {"columns": ["idsensore"]}).cells.empty
    with pytest.raises(SourceError, match="codice"):
        parse(lookup_file, SENSORS, {"columns": ["codice"]})


def test_cohesion_projects_count_in_their_one_municipality_and_year_of_start() -> None:
    content = (
        "COD_LOCALE_PROGETTO;OC_FINANZ_TOT_PUB_NETTO;TOT_PAGAMENTI;COD_COMUNE;"
        "OC_DATA_INIZIO_PROGETTO\n"
        '"1A";1221,72;1.000,00;003015146;20190304\n'
        '"1B";100;50;003015146;20191231\n'
        '"1C";900;900;003015146:::003015002;20190101\n'
        '"1D";900;900;003098031;20190101\n'
        '"1E";900;;003015002;20190101\n'
        '"1F";molti;1;003015002;20190101\n'
        '"1G";900;1;003015002;\n'
    )
    parsed = parse(opencoesione, content.encode("utf-8-sig"), {"province": "015"})
    assert figures(parsed) == {
        ("015146", "funded", "2019"): 1_321.72,
        ("015146", "paid", "2019"): 1_050,
        ("015146", "projects", "2019"): 2,
    }
    assert [(r.line, r.column, r.value) for r in parsed.rejected] == [
        (7, "OC_FINANZ_TOT_PUB_NETTO", "molti")
    ]


STAFF = "\n".join(
    [
        ";".join(["Codice Ente BDAP", "Descrizione Tipo Istituzione", *bdap_staff.COUNTS]),
        "11;COMUNI;4;3;2;0;1;0;1;1;0;2",  # 10 people, 2 hired, 2 left
        "11;COMUNI;1;0;0;0;0;0;0;1;0;0",
        "22;COMUNI;5;5;0;0;0;0;n.d.;0;0;0",
        "33;UNIONI DI COMUNI;7;7;0;0;0;0;0;0;0;0",
        "44;COMUNI;9;9;0;0;0;0;0;0;0;0",
        "",
    ]
)


REGISTER = """Id_Ente;Denominazione;Codice_ISTAT_Comune
11;Comune di Abbiategrasso;015002
22;Comune di Nova Città;015005
33;Unione;015002
44;Comune di Lodi;098031
"""


def test_staff_is_summed_over_contracts_and_half_a_sum_is_not_published() -> None:
    companions = {"register": REGISTER.encode("cp1252")}
    options = {"province": "015", "encoding": "cp1252"}
    parsed = parse(
        bdap_staff, STAFF.encode("cp1252"), options, period="2024", companions=companions
    )
    assert figures(parsed) == {
        ("015002", "employees", "2024"): 11,
        ("015002", "hired", "2024"): 3,
        ("015002", "left", "2024"): 2,
    }
    assert [(r.line, r.column, r.value) for r in parsed.rejected] == [
        (4, "Numero Dipendenti Donne Assunte", "n.d.")
    ]


PROJECTS = """Missione;Codice Univoco Submisura;CUP;Codice Locale Progetto;\
Finanziamento PNRR;Finanziamento Totale;Data di Estrazione
M1;M1C1I1.02.00;B81C22000290006;P1;1.000,50;2.000,00;13/06/2026
M2;M2C1I1.01.00;B81C22000290007;P2;300,00;300,00;13/06/2026
M2;M2C1I1.01.00;B81C22000290008;P3;n.d.;1,00;13/06/2026
"""


PLACES = """Codice Univoco Submisura;CUP;Codice Locale Progetto;\
Provincia;Comune;Percentuale di Localizzazione
M1C1I1.02.00;B81C22000290006;P1;015;146;100,00
M2C1I1.01.00;B81C22000290007;P2;015;146;50,00
M2C1I1.01.00;B81C22000290007;P2;015;002;25,00
M2C1I1.01.00;B81C22000290007;P2;098;031;25,00
M2C1I1.01.00;B81C22000290008;P3;015;002;100,00
"""


def test_money_of_a_project_in_several_places_goes_by_the_declared_share() -> None:
    companions = {"places": PLACES.encode("utf-8-sig")}
    parsed = parse(
        italia_domani, PROJECTS.encode("utf-8-sig"), {"province": "015"}, companions=companions
    )
    day = "2026-06-13"
    assert figures(parsed) == {  # of 015002 a third project's money cannot be read
        ("015146", "funded", day): 1_150.5,  # 1000.5 + 300 * 50 %
        ("015146", "places", day): 2,
    }
    assert [(r.line, r.value) for r in parsed.rejected] == [(4, "n.d.")]


BODIES = """\
_id,Codice_IPA,Denominazione_ente,Codice_natura,Codice_Categoria,Codice_comune_ISTAT,Data_aggiornamento
1,c_f205,Comune di Milano,2430,L6,015146,2026-03-02
2,c_a010,Comune di Abbiategrasso,2430,L6,015002,2025-11-30
3,cons_mi,"Consorzio, Milano",2220,L6,015146,2026-05-04
4,c_e648,Comune di Lodi,2430,L6,098031,
"""


HEADS = "_id,Codice_IPA,Nome_responsabile\n1,c_f205,Anna\n2,c_f205,Anna\n3,cons_mi,Ugo\n"


def test_a_municipality_has_an_office_where_it_has_named_its_head() -> None:
    companions = {"offices": HEADS.encode("utf-8-sig")}
    parsed = parse(
        ipa_offices, BODIES.encode("utf-8-sig"), {"province": "015"}, companions=companions
    )
    assert figures(parsed) == {
        ("015146", "municipalities", "2026"): 1,
        ("015146", "with_office", "2026"): 1,
        ("015002", "municipalities", "2026"): 1,
        ("015002", "with_office", "2026"): 0,
    }


def test_a_list_of_bodies_without_days_has_no_year() -> None:
    undated = re.sub(r"202\d-\d\d-\d\d", "", BODIES).encode()
    with pytest.raises(SourceError, match="No row has a day in Data_aggiornamento"):
        parse(ipa_offices, undated, companions={"offices": HEADS.encode()})


CARS = """\
tipoEnteTerritoriale,enteTerritoriale,provincia,alimentazione,primeIscrizioni
Comune,ABBIATEGRASSO,MILANO,Benzina,300
Comune,ABBIATEGRASSO,MILANO,Elettrica,40
Comune,ABBIATEGRASSO,MILANO,Ibrido Benzina-Elettrico,160
Comune,CASSINETTA DI LUGAGNANO,MILANO,Gasolio,7
Comune,OZZERO,MILANO,Benzina,n.d.
Comune,OZZERO,MILANO,Elettrica,1
Comune,LODI,LODI,Elettrica,9
Provincia,MILANO,MILANO,Elettrica,5000
"""


def test_new_cars_are_summed_over_fuels_and_no_electric_row_is_zero() -> None:
    parsed = parse(aci_registrations, CARS.encode(), {"province": "Milano"}, period="2024")
    assert figures(parsed) == {
        ("ABBIATEGRASSO", "registrations", "2024"): 500,  # 300 + 40 + 160
        ("ABBIATEGRASSO", "electric", "2024"): 40,  # no hybrids
        ("CASSINETTA DI LUGAGNANO", "registrations", "2024"): 7,
        ("CASSINETTA DI LUGAGNANO", "electric", "2024"): 0,
    }
    assert [(r.line, r.column, r.value) for r in parsed.rejected] == [
        (6, "primeIscrizioni", "n.d.")
    ]


def test_new_cars_without_the_word_for_electric_are_not_zeros() -> None:
    renamed = CARS.replace("Elettrica", "BEV").encode()
    with pytest.raises(SourceError, match="No row has “elettrica” in the column alimentazione"):
        parse(aci_registrations, renamed, {"province": "Milano"}, period="2024")
