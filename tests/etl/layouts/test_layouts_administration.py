"""PA digitale's dates, elections, women in office, the matrix and targets: chosen and refused."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from etl.layouts import (
    commuting_matrix,
    election_turnout,
    padigitale_progress,
    pnrr_payments,
    pnrr_validated,
)
from tests.support.layouts import parse
from tests.support.specimens import CATALOG, SPECIMENS, copied, gathered
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from etl.parsing.layout import ParsedFile

PROJECT = "015146,1.4.5 SEND,{copy},Comuni,{status},2022-09-01T08:00:00.000+0000,2023-01-10,{day}\n"
COLUMNS = ",".join(padigitale_progress.COLUMNS) + "\n"
CALLS = {
    "paid": {"calls": "1.4.5", "state": "completed"},
    "has": {"calls": "1.4.5", "state": "held"},
}


def progress(status: str, day: str, copy: str = "2025-12-31") -> dict[tuple[str, str], float]:
    content = COLUMNS + PROJECT.format(status=status, day=day, copy=copy)
    options = {"first": 2022, "calls": CALLS, "followed": ["paid"]}
    cells = parse(padigitale_progress, content.encode(), options).cells
    return {(c["variable"], c["period"]): c["value"] for c in cells.to_dict("records")}


def test_a_project_is_held_from_its_grant_and_completed_from_its_payment() -> None:
    result = progress("E", "2024-05-05")
    assert [result["has", y] for y in ("2022", "2023", "2024")] == [0, 1, 1]
    assert [result["paid", y] for y in ("2022", "2023", "2024")] == [0, 0, 1]


def test_a_renunciation_counts_from_its_day_and_one_without_a_day_from_the_start() -> None:
    dated, undated = progress("R", "2024-05-05"), progress("R", "")
    assert [dated["has", y] for y in ("2023", "2024")] == [1, 0]
    assert [undated["has", y] for y in ("2023", "2024")] == [0, 0]
    assert (dated["renounced", "2024"], dated["granted", "2024"]) == (1, 1)


@pytest.mark.parametrize(
    ("copy", "last"), [("2024-12-31", "2024"), ("2024-08-16", "2024"), ("2024-03-27", "2023")]
)
def test_a_copy_counts_for_a_year_once_it_reaches_its_second_half(copy: str, last: str) -> None:
    periods = {period for variable, period in progress("A", "", copy) if variable == "has"}
    assert max(periods) == last


def test_days_are_those_from_application_to_grant() -> None:
    result = progress("A", "2023-01-10")
    assert (result["days", "2023"], result["grants", "2023"]) == (131, 1)  # 29+31+30+31 days and 10


def election(row: str) -> ParsedFile:
    content = "code,voters,electors,before\n015146,50,100,61.5\n" + row
    names = {"code": "code", "voters": "voters", "electors": "electors"}
    return parse(
        election_turnout, content.encode(), {**names, "previous": {"before": 2018}}, period="2022"
    )


def test_a_zero_turnout_before_means_that_the_municipality_did_not_exist() -> None:
    cells = election("015251,30,60,0\n").cells
    before = cells[cells["period"] == "2018"]
    assert before["code"].tolist() == ["015146"]


def test_voters_that_are_not_numbers_are_rejected_and_leave_no_turnout() -> None:
    parsed = election("015251,n.d.,60,70\n")
    assert [(r.line, r.column, r.value) for r in parsed.rejected] == [(3, "voters", "n.d.")]
    assert set(parsed.cells["code"]) == {"015146"}


def test_municipalities_are_recognised_by_name_and_merged_ones_have_one_turnout() -> None:
    result, rejected = gathered("general_elections", SPECIMENS / "general_elections")
    merged = result[result["territory"].eq("015251") & result["period"].eq("2013")]
    # Vermezzo 2,960 and Zelo Surrigone 1,254 electors; 2,452 and 1,071 voters
    assert merged.set_index("variable")["value"].to_dict() == {
        "electors": 4_214,
        "voters": 3_523,
        "turnout": pytest.approx(100 * 3_523 / 4_214),
    }
    assert rejected.empty


def test_roles_are_summed_and_a_commissioner_gives_no_figure() -> None:
    result, _ = gathered("administrators", SPECIMENS / "administrators")
    milano = result[result["territory"].eq("015146") & result["period"].eq("2020")]
    assert milano.set_index("variable")["value"].to_dict() == {
        "women": 22,
        "administrators": 61,
        "executive_women": 5,  # the mayor, a deputy and 11 members: 8 men
        "executives": 13,
    }
    assert "015087" not in set(result["territory"])


def test_a_zone_keeps_those_who_go_to_its_other_municipalities() -> None:
    zones = {t.territory: t.parent for t in CATALOG.territories.values()}
    content = (
        "procom_residenza,procom_lavoro,Numero_di_individui\n"
        "15209,15209,10\n15209,15077,4\n15209,15146,6\n15209,16024,2\n1001,15209,9\n"
    )
    options = {"province": "015", "capital": "015146"}
    cells = parse(commuting_matrix, content.encode(), options, period="2011", zone_of=zones).cells
    assert cells.set_index("variable")["value"].to_dict() == {
        "commuters": 22,
        "within_municipality": 10,
        "within_zone": 14,
        "within_province": 20,
        "to_capital": 6,
    }


PAYMENTS = """\
codice_univoco_submisura,cup,codice_locale_progetto,finanziamento_totale,finanziamento_pnrr,\
pagamenti_totali,pagamenti_totali_pnrr,data_di_estrazione,istat_code
M5C2I2.03.02,B44E07000120004,B44E07000120004,23400000.0,3523816.33,3734519.27,0.0,2025-03-31,015146
M2C2I4.02.00,B44E07000120004,B44E07000120004_M2C2I4.2,23400000.0,9000000.0,3734519.27,0.0,2025-03-31,015146
"""


def test_one_cup_under_two_measures_is_one_project() -> None:
    # 3,523,816.33 + 9,000,000 of recovery plan; 23,400,000 in all, so 10,876,183.67 of other money
    cells = parse(pnrr_payments, PAYMENTS.encode()).cells
    assert cells.set_index("variable")["value"].to_dict() == {
        "funded": 12_523_816.33,
        "funded_all_sources": 23_400_000,
        "paid": 0,
        "paid_all_sources": 3_734_519.27,
        "projects": 1,
        "places": 1,
        "shared_places": 0,
    }


def test_totals_that_differ_or_are_less_than_the_shares_are_summed() -> None:
    differing = PAYMENTS.replace("23400000.0,9000000.0", "9500000.0,9000000.0")
    cells = parse(pnrr_payments, differing.encode()).cells.set_index("variable")["value"]
    assert cells["funded_all_sources"] == 32_900_000
    smaller = PAYMENTS.replace("23400000.0", "12000000.0")
    cells = parse(pnrr_payments, smaller.encode()).cells.set_index("variable")["value"]
    assert cells["funded_all_sources"] == 24_000_000


def test_projects_in_two_municipalities_count_in_neither() -> None:
    rows = "CUP,Codice Locale Progetto,Finanziamento PNRR,Soggetto attuatore\n"
    rows += "A,1,100,COMUNE DI ARESE\nB,2,50,REGIONE LOMBARDIA\nC,3,7,COMUNE DI ARESE\n"
    rows += "A,1b,20,COMUNE DI ARESE\n"  # A again under another measure: the same project
    places = "CUP,Codice Locale Progetto,COD_ISTAT_COMUNE\n"
    places += "A,1,015009\nB,2,015009\nC,3,015009\nC,3,015146\n"
    companions = {"places": places.encode()}
    cells = parse(pnrr_validated, rows.encode(), period="2023-02", companions=companions).cells
    assert cells.set_index("variable")["value"].to_dict() == {
        "projects": 2,
        "projects_municipal": 1,
        "funded": 170,
        "funded_municipal": 120,
    }


def test_without_the_file_of_places_the_projects_are_rejected_as_a_whole() -> None:
    with pytest.raises(SourceError, match="places"):
        parse(
            pnrr_validated,
            b"CUP,Codice Locale Progetto,Finanziamento PNRR,Soggetto attuatore\nA,1,1,X\n",
            period="2023-02",
        )


def test_a_target_that_is_not_a_number_is_rejected_and_the_others_stay(tmp_path: Path) -> None:
    folder = copied("pnrr_targets", tmp_path)
    (file,) = (folder / "projects").glob("pnrr_indicatori_target*")
    text = gzip.decompress(file.read_bytes()).decode()
    file.write_bytes(gzip.compress(text.replace('"12,00"', '"dodici"').encode()))
    complete, _ = gathered("pnrr_targets", SPECIMENS / "pnrr_targets")
    result, rejected = gathered("pnrr_targets", folder)
    assert rejected["value"].tolist() == ["dodici"]
    assert len(result) == len(complete)
