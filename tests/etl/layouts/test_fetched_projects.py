"""Italia Domani's national files, read by the project's own declarations."""

from __future__ import annotations

from typing import Any

from etl.layouts import funded_works, italia_domani_national
from tests.support.layouts import figures, parse
from tests.support.specimens import CATALOG


def declared_options(dataset: str, path: str) -> dict[str, Any]:
    """Return what the project declares of a national file."""
    (file,) = (
        file for file in CATALOG.datasets[dataset].files if file.path == path and file.companions
    )
    return file.options


PLACES = """\
Codice Univoco Submisura;CUP;Codice Locale Progetto;Provincia;Comune
M1C1I1.02.00;B81C22000290006;PRJ_120COM0422X_001279;015;146
M2C1I1.01.00;B81C22000290007;P2;015;146
M2C1I1.01.00;B81C22000290007;P2;098;031
M1C1I1.04.05;B81C22000290008;P3;015;002
M1C3I4.01.00;J51B21002940006;J51B21002940006;000;000
"""
PAYMENTS = """\
Codice Univoco Submisura;CUP;Codice Locale Progetto;Finanziamento Totale;Finanziamento PNRR;\
Pagamento Totale;Pagamento PNRR;Data di Estrazione
M1C1I1.02.00;B81C22000290006;PRJ_120COM0422X_001279;1.031.574,00;1.031.574,00;1.031.574,00;\
1.031.574,00;13/06/2026
M2C1I1.01.00;B81C22000290007;P2;300,00;300,00;0,00;0,00;13/06/2026
M1C1I1.04.05;B81C22000290008;P3;n.d.;100,00;0,00;0,00;13/06/2026
M1C3I4.01.00;J51B21002940006;J51B21002940006;114,00;114,00;0,00;0,00;13/06/2026
"""


def test_payments_are_of_projects_in_one_place_by_the_columns_of_any_edition() -> None:
    options = declared_options("pnrr_payments", "italiadomani/PNRR_Pagamenti.csv")
    companions = {"places": PLACES.encode("utf-8-sig")}
    parsed = parse(
        italia_domani_national, PAYMENTS.encode("utf-8-sig"), options, companions=companions
    )
    day = "2026-06-13"
    assert figures(parsed) == {
        ("015146", "funded", day): 1_031_574,
        ("015146", "paid", day): 1_031_574,
        ("015146", "funded_all_sources", day): 1_031_574,
        ("015146", "paid_all_sources", day): 1_031_574,
        ("015146", "projects", day): 1,
    }
    other_measure = (
        "M2C2I4.02.00;B81C22000290006;OTHER;1.031.574,00;5,00;1.031.574,00;31.574,00;13/06/2026\n"
    )
    twice = PAYMENTS.replace("1.031.574,00;1.031.574,00;", "1.031.574,00;1.000.000,00;", 2)
    parsed_twice = parse(
        italia_domani_national, (twice + other_measure).encode(), options, companions=companions
    )
    assert figures(parsed_twice) == {
        ("015146", "funded", day): 1_000_005,
        ("015146", "paid", day): 1_031_574,
        ("015146", "funded_all_sources", day): 1_031_574,
        ("015146", "paid_all_sources", day): 1_031_574,
        ("015146", "projects", day): 1,
    }
    earlier = PAYMENTS.replace("Pagamento Totale", "Pagamenti Totali").replace(
        "Pagamento PNRR", "Pagamenti Totali PNRR"
    )
    again = parse(
        italia_domani_national, earlier.encode("utf-8-sig"), options, companions=companions
    )
    assert figures(again) == figures(parsed)
    digital = declared_options("pnrr_digital", "italiadomani/PNRR_Pagamenti.csv")
    parsed = parse(italia_domani_national, PAYMENTS.encode(), digital, companions=companions)
    assert figures(parsed)["015002", "funded", day] == 100  # what it lacks is not asked for


LIST = """\
Codice Univoco Submisura;CUP;Codice Locale Progetto;Finanziamento PNRR;Soggetto Attuatore;\
Data di Estrazione
M1C1I1.02.00;B81C22000290006;PRJ_120COM0422X_001279;1.000,50;COMUNE DI MILANO;13/06/2026
M1C1I1.04.05;B81C22000290008;P3;20,00;ISTITUTO COMPRENSIVO;13/06/2026
"""


def test_projects_carried_out_by_a_municipality_are_recognised_by_the_body() -> None:
    options = declared_options("pnrr_validated", "italiadomani/PNRR_Progetti.csv")
    parsed = parse(
        italia_domani_national, LIST.encode(), options, companions={"places": PLACES.encode()}
    )
    result = {key[:2]: value for key, value in figures(parsed).items()}
    assert result["015146", "funded_municipal"] == 1_000.5
    assert result["015146", "projects_municipal"] == 1
    assert result["015002", "funded_municipal"] == 0
    assert result["015002", "projects"] == 1


TARGETS = """\
Codice Univoco Submisura;CUP;Codice Locale Progetto;Codice Indicatore;Valore Realizzato;\
Valore Programmato;Mese;Anno;Data di Estrazione
M1C1I1.02.00;B81C22000290006;PRJ_120COM0422X_001279;T0081;1,00;1,00;Agosto;2024;13/06/2026
M1C1I1.02.00;B81C22000290006;PRJ_120COM0422X_001279;C7;900,00;1.200,00;Agosto;2024;13/06/2026
M1C1I1.02.00;B81C22000290006;PRJ_120COM0422X_001279;C8;;1,00;Agosto;2024;13/06/2026
M1C1I1.04.05;B81C22000290008;P3;T1;uno;1,00;Agosto;2024;13/06/2026
"""


def test_targets_are_reached_where_the_achieved_value_is_at_least_the_planned() -> None:
    options = declared_options("pnrr_targets", "italiadomani/PNRR_Indicatori_Target.csv")
    companions = {"places": PLACES.encode()}
    parsed = parse(italia_domani_national, TARGETS.encode(), options, companions=companions)
    day = "2026-06-13"
    assert figures(parsed) == {
        ("015146", "targets", day): 2,
        ("015146", "reached", day): 1,
    }
    assert [(r.line, r.value) for r in parsed.rejected] == [(5, "uno")]


def test_payments_of_works_are_read_from_the_columns_of_either_edition() -> None:
    (file,) = (
        file
        for file in CATALOG.datasets["pnrr_works"].files
        if file.path == "italiadomani/PNRR_Pagamenti.csv"
    )
    names = {**file.options["paid"], "measure": "Descrizione Submisura"}
    header = ["Codice Univoco Submisura", "CUP", "Codice Locale Progetto", "Data di Estrazione"]
    header += ["Finanziamento Totale", "Finanziamento PNRR", *names.values()]
    row = ["M1C1I1.02.00", "B81C22000290006", "P1", "13/06/2026", "1.000,50", "900,00"]
    row += ["250,25", *["0,00"] * (len(names) - 2), "Cloud"]
    places = PLACES.splitlines()
    shares = [f"{places[0]};Percentuale di Localizzazione"]
    shares += ["M1C1I1.02.00;B81C22000290006;P1;015;146;100,00"]
    companions = {"places": "\n".join([*shares, ""]).encode()}
    new = [file.options["renamed"].get(name, name) for name in header]
    assert new != header
    for edition in (header, new):
        content = "\n".join([";".join(edition), ";".join(row), ""]).encode("utf-8-sig")
        parsed = parse(funded_works, content, file.options, companions=companions)
        assert not parsed.rejected
        paid = parsed.tables["payment"].to_pandas()
        assert paid["amount"].max() == 250.25
