"""Files about funded works become works with an identity, a place, an area and honest money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from etl.pipeline.gather import GatherInputs, gather
from tests.support.specimens import CATALOG, SPECIMENS
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_file_without_a_day_is_older_than_one_with(by_table: Tables) -> None:
    (work,) = rows_of(by_table, "project", "cup-e41b21011710006").to_dict("records")
    assert work["title_it"].startswith("Rifinanziamento e ridefinizione del Fondo 394/81")
    assert pd.isna(work["extracted"])
    assert rows_of(by_table, "project_place", "cup-e41b21011710006")["share"].tolist() == [1]
    assert rows_of(by_table, "funding_line", "cup-e41b21011710006")["amount"].tolist() == [150_000]
