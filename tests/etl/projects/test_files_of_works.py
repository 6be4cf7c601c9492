"""Single files of funded works: their layouts, and rows that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from etl.layouts import funded_works, project_csv
from tests.etl.layouts.test_layouts import WORKS, dataset
from tests.support.layouts import parse, parse_declared
from tests.support.specimens import CATALOG, SPECIMENS
from warehouse.errors import SourceError
from warehouse.schema.conform import conform

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from warehouse.declarations.sources import SourceFile


TRAM, HOUSE = "cup-b44e07000120004", "cup-e27h21009420002"


def test_a_work_for_private_persons_is_named_by_its_measure() -> None:
    file = payments()
    private = {**file.options, "persons": ["M6C1"]}
    parsed = parse(funded_works, (WORKS / file.path).read_bytes(), private)
    by_table = parsed.tables["project"].to_pandas().set_index("measure_code")
    hidden = by_table.loc["M6C1I1.01.00"]
    assert hidden["title_it"] == hidden["measure"]
    assert by_table.loc["M1C1I1.07.01", "title_it"].startswith("SU00142")


def test_an_amount_that_is_not_a_number_is_rejected_and_not_zero() -> None:
    file = payments()
    content = (WORKS / file.path).read_bytes().replace(b"1937471.0", b"molti", 1)
    parsed = parse_declared(file, WORKS, content)
    assert [(r.line, r.column, r.value, r.rule) for r in parsed.rejected] == [
        (3, "finanziamento_totale", "molti", "number")
    ]
    assert HOUSE not in parsed.tables["funding_line"]["project"].to_pylist()


def test_an_amount_below_zero_is_rejected_and_leaves_its_work_out() -> None:
    file = payments()
    content = (WORKS / file.path).read_bytes().replace(b"3523816.33", b"-3523816.33", 1)
    parsed = parse_declared(file, WORKS, content)
    assert [(r.column, r.value, r.rule) for r in parsed.rejected] == [
        ("finanziamento_pnrr", "-3523816.33", "below_zero")
    ]
    assert TRAM not in parsed.tables["project"]["project"].to_pylist()


@pytest.mark.parametrize("day", ["0000-01-01", "0202-03-07", "soon"])
@pytest.mark.filterwarnings("error")
def test_a_day_outside_the_accepted_years_is_rejected(day: str) -> None:
    file = payments()
    content = (WORKS / file.path).read_bytes().replace(b"2025-03-31", day.encode(), 1)
    parsed = parse_declared(file, WORKS, content)
    assert [(r.line, r.value, r.rule) for r in parsed.rejected] == [(2, day, "date")]


@pytest.mark.parametrize("turned", [False, True])
def test_a_grant_renounced_and_granted_again_is_in_force_in_any_order(*, turned: bool) -> None:
    (file,) = dataset("padigitale_works").files
    content = (SPECIMENS / "padigitale_works" / file.path).read_text("utf-8").splitlines()
    header, row = content[0], next(line for line in content if ",A," in line)
    rows = [row, row.replace(",A,", ",R,")]
    text = "\n".join([header, *(reversed(rows) if turned else rows), ""])
    (work,) = parse_declared(file, SPECIMENS, text.encode()).tables["project"].to_pylist()
    assert work["state"] != "revoked"


def payments() -> SourceFile:
    return dataset("pnrr_works").files[0]


NATIONAL = """Codice Univoco Submisura;Descrizione Submisura;CUP;Codice Locale Progetto;\
Data di Estrazione;Stato CUP;Titolo Progetto;Sintesi Progetto;CUP Descrizione Settore;\
Soggetto Attuatore;Codice Fiscale Soggetto Attuatore;Finanziamento Totale;Finanziamento PNRR;\
Finanziamento - Stato;Finanziamento UE (diverso da PNRR);Finanziamento Regione;\
Finanziamento Provincia;Finanziamento Comune;Finanziamento Altro Pubblico;Finanziamento Privato;\
Finanziamento Da Reperire;Finanziamento PNC;Altri fondi
M1C3I2.03.00;Parchi;B81C22000290006;P1;13/06/2026;Attivo;Parco;Verde;ALTRO;COMUNE;80101010101;\
1.300,50;1.000,50;100,00;0,00;0,00;0,00;0,00;0,00;0,00;200,00;0,00;0,00
"""


LONG = NATIONAL.splitlines()[-1]


PLACES = """Codice Univoco Submisura;CUP;Codice Locale Progetto;Provincia;Comune;\
Percentuale di Localizzazione
M1C3I2.03.00;B81C22000290006;P1;015;146;75,00
M1C3I2.03.00;B81C22000290006;P1;015;002;25,00
"""


TENDERS = """CUP;CIG;Descrizione Procedura di Aggiudicazione;Importo Aggiudicato
B81C22000290006;8924679E15;Lavori;1.000,00
B81C22000290006;breve;Lavori;N/D
"""


def test_the_national_file_gives_shares_tenders_and_money_still_to_be_found() -> None:
    (file,) = (f for f in national_files() if f.fetch)
    companions = {"places": PLACES.encode(), "tenders": TENDERS.encode()}
    parsed = parse(funded_works, NATIONAL.encode("utf-8-sig"), file.options, companions=companions)
    by_table = {n: conform(n, t).to_pandas() for n, t in parsed.tables.items() if n != "extraction"}
    shares = by_table["project_place"].set_index("territory")["share"].to_dict()
    assert shares == {"015146": 0.75, "015002": 0.25}
    lines = by_table["funding_line"].set_index("source")
    assert lines["amount"].to_dict() == {"pnrr": 1_000.5, "state": 100, "to_be_found": 200}
    assert not lines.loc["to_be_found", "secured"]
    assert by_table["procedure"][["cig", "amount"]].to_numpy().tolist() == [["8924679E15", 1_000.0]]
    assert [(r.column, r.value) for r in parsed.rejected] == [("cig", "breve")]


def national_files() -> list[SourceFile]:
    files = CATALOG.datasets["pnrr_works"].files
    return [f for f in files if f.path.endswith("PNRR_Progetti.csv")]


def test_the_first_layout_of_the_national_files_is_read_too(shared_data: Path) -> None:
    (file,) = (f for f in national_files() if not f.fetch)
    parsed = parse_declared(file, shared_data)
    assert parsed.rejected == ()
    assert parsed.tables["project"].num_rows == 494
    lines = parsed.tables["funding_line"].to_pandas()
    assert set(lines["source"]) == {"pnrr"}
    assert lines["amount"].sum() == 116_322_550  # with Regione Lombardia's 38,632,000
    assert parsed.tables["extraction"].num_rows == 0  # nobody knows the day of the copy


COHESION = (
    "COD_LOCALE_PROGETTO;CUP;OC_TITOLO_PROGETTO;OC_SINTESI_PROGETTO;OC_COD_TEMA_SINTETICO;"
    "OC_TEMA_SINTETICO;CUP_DESCR_SETTORE;OC_DENOM_BENEFICIARIO;DATA_AGGIORNAMENTO;"
    "OC_STATO_PROGETTO;OC_DATA_INIZIO_PREVISTA;OC_DATA_FINE_PREVISTA;OC_DATA_INIZIO_EFFETTIVA;"
    "OC_DATA_FINE_EFFETTIVA;COD_COMUNE;OC_FINANZ_TOT_PUB_NETTO;FINANZ_UE;"
    "FINANZ_STATO_FONDO_DI_ROTAZIONE;FINANZ_REGIONE;FINANZ_PROVINCIA;FINANZ_COMUNE;"
    "FINANZ_ALTRO_PUBBLICO;FINANZ_DA_REPERIRE;TOT_PAGAMENTI\n"
    "1A;B81C22000290006;Rete;Fibra;02;Reti e servizi digitali;ALTRO;COMUNE DI RHO;20260630;"
    "Concluso;20190101;20201231;20190304;20210630;003015182:::003015002;"
    "1.000,50;500,25;500,25;;;;;;1.000,50\n"
)


@pytest.mark.parametrize(
    ("content", "line", "rule"),
    [
        (b"", 0, "empty"),
        (NATIONAL.replace("Verde", "Citt\xe0").encode("latin-1"), 2, "encoding"),
        (NATIONAL.encode("utf-16-le"), 1, "binary"),
        (NATIONAL.replace("Verde", '"Verde').encode(), 2, "quote_open"),
        (NATIONAL.replace("Altri fondi", "Altri fondi;CUP").encode(), 1, "header_twice"),
        (NATIONAL.replace("Altri fondi", "Altri").encode(), 1, "columns_missing"),
        (f"{NATIONAL}M1;due".encode(), 3, "cut"),
    ],
)
def test_a_large_file_is_checked_like_any_other(content: bytes, line: int, rule: str) -> None:
    (file,) = (f for f in national_files() if f.fetch)
    with pytest.raises(SourceError) as raised:
        parse(funded_works, content, file.options)
    assert [(r.line, r.rule) for r in raised.value.rejections] == [(line, rule)]


def test_a_row_of_a_large_file_is_rejected_at_its_own_line() -> None:
    (file,) = (f for f in national_files() if f.fetch)
    companions = {"places": PLACES.encode(), "tenders": TENDERS.encode()}
    quoted = NATIONAL.replace("Verde", '"Verde\ne blu"')
    text = f"{quoted}{LONG};9;9\n{LONG.replace('B81C22000290006', 'B81')}\n"
    parsed = parse(funded_works, text.encode(), file.options, companions=companions)
    assert {(r.line, r.rule) for r in parsed.rejected} >= {(4, "ragged"), (5, "cup")}


def test_a_cohesion_project_has_its_state_dates_places_and_money() -> None:
    options = CATALOG.datasets["opencoesione_works"].files[1].options
    parsed = parse(funded_works, COHESION.encode("utf-8-sig"), options)
    (work,) = parsed.tables["project"].to_pylist()
    assert (work["state"], str(work["planned_end"]), str(work["actual_end"])) == (
        "concluded",
        "2020-12-31",
        "2021-06-30",
    )
    assert parsed.tables["project_node"]["node"].to_pylist() == ["digital"]
    assert set(parsed.tables["project_place"]["territory"].to_pylist()) == {"015182", "015002"}
    assert sum(parsed.tables["funding_line"]["amount"].to_pylist()) == 1_000.5


def test_a_project_table_rejects_a_bad_row_and_reads_the_others() -> None:
    content = (
        b"project,level,planned_start,demonstration\n"
        b"a,strategic,2019-13-01,true\n"
        b",x,,\n"
        b"c,operational,2020-02-01,false\n"
    )
    parsed = parse(project_csv, content, {"table": "project"})
    assert [(r.line, r.column, r.rule) for r in parsed.rejected] == [
        (3, "project", "key"),
        (2, "planned_start", "date"),
    ]
    assert parsed.tables["project"]["project"].to_pylist() == ["c"]


def test_a_project_table_with_an_unknown_column_is_rejected() -> None:
    with pytest.raises(SourceError, match="does not have the columns"):
        parse(project_csv, b"project,colour\na,red\n", {"table": "project"})


def test_the_shipped_plan_reads_without_a_rejection_and_its_weights_sum_to_one() -> None:
    plan: dict[str, pd.DataFrame] = {}
    for file in dataset("plan_projects").files:
        if not file.path.startswith("shipped:"):
            continue
        path = file.path.removeprefix("shipped:")
        parsed = parse_declared(
            file, SPECIMENS, (SPECIMENS.parents[1] / "etl/shipped" / path).read_bytes()
        )
        assert parsed.rejected == ()
        plan |= {n: conform(n, t).to_pandas() for n, t in parsed.tables.items()}
    assert plan["project"]["level"].value_counts().to_dict() == {
        "operational": 24,
        "strategic": 10,
    }
    assert plan["project"]["demonstration"].all()
    weights = plan["milestone"].groupby("project")["weight"].sum()
    assert len(weights) == 34
    assert weights.sub(1).abs().max() < 1e-9
