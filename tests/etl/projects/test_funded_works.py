"""Files about funded works become works with an identity, a place, an area and honest money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from etl.layouts import funded_works, project_csv
from etl.pipeline.gather import GatherInputs, gather
from tests.etl.layouts.test_layouts import WORKS, dataset
from tests.support.layouts import parse, parse_declared
from tests.support.specimens import CATALOG, SPECIMENS
from warehouse.errors import SourceError
from warehouse.schema.conform import conform
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.declarations.sources import SourceFile

SOURCES = ("pnrr_works", "padigitale_works", "pnc_works", "opencup_works", "opencoesione_works")
CLOUD, SEGRATE = "cup-c71c22000290006", "cup-b91c22000070006"
TRAM, HOUSE = "cup-b44e07000120004", "cup-e27h21009420002"
SHARED, RESEARCH = "cup-j31j22002440006", "cup-d45f21005290001"
Tables = dict[str, pd.DataFrame]


def tables(folder: Path, *names: str) -> tuple[Tables, pd.DataFrame]:
    datasets = {name: CATALOG.datasets[name] for name in names}
    by_table = gather(GatherInputs(CATALOG.model_copy(update={"datasets": datasets}), folder))
    return {n: by_table[n].to_pandas() for n in PROJECT_TABLES}, by_table["quarantine"].to_pandas()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All specimens of works in one folder, as a provider's files are."""
    place: Path = tmp_path_factory.mktemp("works")
    for name in SOURCES:
        for path in (SPECIMENS / name).rglob("*.*"):
            target = place / path.relative_to(SPECIMENS / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return place


@pytest.fixture(scope="module")
def works(folder: Path) -> tuple[Tables, pd.DataFrame]:
    return tables(folder, *SOURCES)


@pytest.fixture(scope="module")
def by_table(works: tuple[Tables, pd.DataFrame]) -> Tables:
    return works[0]


def rows_of(by_table: Tables, name: str, project: str) -> pd.DataFrame:
    return by_table[name][by_table[name]["project"] == project]


def test_the_key_of_every_table_is_unique(by_table: Tables) -> None:
    for name, table in by_table.items():
        assert not table.duplicated(list(PROJECT_TABLES[name].key)).any(), name


def test_a_cup_in_many_files_is_one_work_with_an_extraction_of_each(by_table: Tables) -> None:
    assert len(rows_of(by_table, "project", CLOUD)) == 1
    extractions = rows_of(by_table, "extraction", CLOUD).assign(
        extracted=lambda t: t["extracted"].astype(str)
    )
    assert set(zip(extractions["extracted"], extractions["dataset"], strict=True)) == {
        ("2023-02-21", "pnrr_works"),  # validated
        ("2023-03-01", "pnrr_works"),  # places
        ("2023-03-04", "padigitale_works"),
        ("2025-03-31", "pnrr_works"),
    }
    assert extractions["snapshot"].str.len().eq(64).all()
    lines = rows_of(by_table, "funding_line", CLOUD)
    assert lines[["source", "amount"]].to_numpy().tolist() == [["pnrr", 419_124.0]]


def test_the_newest_file_counts_and_older_ones_fill_its_gaps(by_table: Tables) -> None:
    (work,) = rows_of(by_table, "project", CLOUD).to_dict("records")
    assert str(work["extracted"]) == "2025-03-31"
    assert work["dataset"] == "pnrr_works"
    # ReGiS' title is "1.2c_c707Comune di Cinisello Balsamo"; the call's own words say more.
    assert work["title_it"] == "1.2 Abilitazione al cloud - Comuni - Aprile 2022"
    assert str(work["actual_start"]) == "2022-09-05"
    (body,) = rows_of(by_table, "project_actor", SEGRATE)["actor"]
    assert body == "comune-di-segrate"  # unnamed among the payments


def test_a_cup_under_two_measures_is_one_work_whose_common_total_counts_once(
    by_table: Tables,
) -> None:
    lines = rows_of(by_table, "funding_line", TRAM).set_index("source")["amount"]
    # 3,523,816.33 + 9,000,000.00 from the plan; 23,400,000.00 in all, written in both rows
    assert lines["pnrr"] == pytest.approx(12_523_816.33)
    assert lines.sum() == pytest.approx(23_400_000)
    last = rows_of(by_table, "payment", TRAM).query("period == '2025-03-31'")
    assert last["amount"].sum() == pytest.approx(3_734_519.27)


def test_parts_of_a_cup_with_totals_of_their_own_are_summed(by_table: Tables) -> None:
    # Politecnico di Milano, 2021 and 2022: 1,602,345 + 1,741,966.6
    extractions = rows_of(by_table, "extraction", RESEARCH).dropna(subset="funding")
    assert extractions["funding"].tolist() == pytest.approx([3_344_311.6])
    (work,) = rows_of(by_table, "project", RESEARCH).to_dict("records")
    assert work["local_code"] == "D45F21005290001_2021, D45F21005290001_2022"


def test_payments_at_each_extraction_stay(by_table: Tables) -> None:
    paid = rows_of(by_table, "extraction", HOUSE).dropna(subset="paid").sort_values("extracted")
    assert [str(day) for day in paid["extracted"]] == ["2024-12-13", "2025-03-31"]
    assert paid["paid"].iloc[-1] == 1_189_310.96
    assert set(rows_of(by_table, "payment", HOUSE)["period"]) == {"2024-12-13", "2025-03-31"}


def test_a_work_in_two_municipalities_has_no_share_of_its_money(by_table: Tables) -> None:
    places = rows_of(by_table, "project_place", SHARED)
    assert set(places["territory"]) == {"015077", "015146"}
    assert places["share"].isna().all()
    assert rows_of(by_table, "project_place", CLOUD)["share"].tolist() == [1.0]


def test_the_longest_beginning_gives_the_area_and_the_most_money_the_first(
    by_table: Tables,
) -> None:
    nodes = rows_of(by_table, "project_node", TRAM).sort_values("position")
    # M2C2I4 (not M2C2) with nine million, then M5C2
    assert nodes[["node", "role"]].to_numpy().tolist() == [
        ["mobility", "primary"],
        ["welfare", "secondary"],
    ]


def test_a_work_that_fits_no_rule_has_no_area(by_table: Tables) -> None:
    (work,) = by_table["project"].query("dataset == 'opencup_works'")["project"]
    assert rows_of(by_table, "project_node", work).empty


def test_the_sources_of_2023_are_used_where_they_do_not_exceed_todays_money(
    by_table: Tables,
) -> None:
    # 1,937,471.00 in all - 1,716,421.00 from the plan = 221,050.00, the Region's in 2023
    assert dict(rows_of(by_table, "funding_line", HOUSE)[["source", "amount"]].to_numpy()) == {
        "pnrr": 1_716_421.00,
        "region": 221_050.00,
    }
    # 23,400,000.00 - 12,523,816.33, whose source nobody says
    unspecified = rows_of(by_table, "funding_line", TRAM).set_index("source")["amount"][
        "unspecified"
    ]
    assert unspecified == pytest.approx(10_876_183.67)


def test_tenders_belong_to_their_work_and_other_provinces_stay_out(by_table: Tables) -> None:
    real = by_table["procedure"][~by_table["procedure"]["demonstration"]]
    assert real[["project", "cig"]].to_numpy().tolist() == [["cup-b11b21006470006", "ZF834A42FA"]]
    assert not by_table["project"]["project"].eq("cup-b11b21006670006").any()


def test_a_renounced_application_has_no_money(folder: Path) -> None:
    padigitale, _ = tables(folder, "padigitale_works")
    given_up = padigitale["project"].set_index("project").loc["cup-g41c22000190006"]
    assert (given_up["state"], given_up["phase"]) == ("revoked", "renounced")
    assert rows_of(padigitale, "funding_line", "cup-g41c22000190006").empty
    # Segrate gave up the call of April 2022 and has that of September under the same CUP.
    app = padigitale["project"].set_index("project").loc["cup-b91f22002260006"]
    assert app["title_it"] == "1.4.3 - app IO - Comuni - Settembre 2022"
    assert app["measure_code"] == "M1C1I1.04.03"  # the file names it, the declaration codes it
    assert rows_of(padigitale, "funding_line", "cup-b91f22002260006")["amount"].tolist() == [
        36_400.0
    ]


def test_a_wrong_cup_is_rejected_by_file_line_and_column(
    works: tuple[Tables, pd.DataFrame],
) -> None:
    (wrong,) = works[1].query("dataset == 'padigitale_works'").to_dict("records")
    assert wrong["file"] == "digital/padigitale2026_candidature_mi_latest_available.csv"
    assert (wrong["column"], wrong["value"], wrong["rule"]) == (
        "codice_cup",
        "I71C22OO1520006",  # letters O for noughts
        "cup",
    )
    lines = (SPECIMENS / "padigitale_works" / wrong["file"]).read_text("utf-8").splitlines()
    assert wrong["value"] in lines[wrong["line"] - 1]


def test_a_work_of_the_cohesion_sample_is_marked_as_one(by_table: Tables) -> None:
    sample = by_table["project"].query("dataset == 'opencoesione_works'")
    assert set(sample["traits"]) == {"sample"}
    assert sample["cup"].isna().all()
    assert not by_table["funding_line"]["project"].isin(sample["project"]).any()


def test_targets_have_their_unit_and_the_month_that_the_source_names(
    by_table: Tables,
) -> None:
    target = rows_of(by_table, "work_target", CLOUD).to_dict("records")[0]
    assert target["unit"] == "Numero"
    assert target["planned"] >= target["realised"] >= 0


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


def test_a_file_without_a_day_is_older_than_one_with(by_table: Tables) -> None:
    (work,) = rows_of(by_table, "project", "cup-e41b21011710006").to_dict("records")
    assert work["title_it"].startswith("Rifinanziamento e ridefinizione del Fondo 394/81")
    assert pd.isna(work["extracted"])
    assert rows_of(by_table, "project_place", "cup-e41b21011710006")["share"].tolist() == [1]
    assert rows_of(by_table, "funding_line", "cup-e41b21011710006")["amount"].tolist() == [150_000]


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
