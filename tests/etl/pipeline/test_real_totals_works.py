"""The funded works of the real files add up to plain SQL over their raw rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from etl.pipeline.gather import GatherInputs, gather
from tests.support.specimens import CATALOG

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

PNRR = "pnrr_works"
PAYMENTS = "pnrr_pagamenti_mi_2024-12-13_vs_2025-03-31.csv.gz"
LAST = "pnrr_pagamenti_progetti_mi_2025-03-31.csv"
# A row a municipality → one a part of a CUP → one a CUP: the total that its parts repeat once.
BY_CUP = """
    with part as (
        select distinct cup, codice_locale_progetto, codice_univoco_submisura,
            finanziamento_totale::decimal(18, 2) as total,
            finanziamento_pnrr::decimal(18, 2) as pnrr,
            pagamenti_totali::decimal(18, 2) as paid
        from read_csv('{file}', all_varchar = true)
        where data_di_estrazione = '{day}'
    )
    select cup,
        if(min(total) = max(total), max(total), sum(total)) as total,
        if(min(paid) = max(paid), max(paid), sum(paid)) as paid,
        sum(pnrr) as pnrr
    from part group by cup
"""


@pytest.fixture(scope="module")
def tables(shared_data: Path) -> dict[str, pd.DataFrame]:
    catalog = CATALOG.model_copy(update={"datasets": {PNRR: CATALOG.datasets[PNRR]}})
    return {
        name: table.to_pandas()
        for name, table in gather(GatherInputs(catalog, shared_data)).items()
    }


def raw_totals(shared_data: Path, query: str, **values: str) -> dict[str, Any]:
    folder = shared_data / "projects"
    paths = {key: str(folder / value) if key == "file" else value for key, value in values.items()}
    with duckdb.connect() as connection:
        sql = query.replace("BY_CUP_2024", BY_CUP.replace("{day}", "2024-12-13"))
        sql = sql.replace("BY_CUP", BY_CUP).format(**paths)
        (row,) = connection.sql(sql).df().to_dict("records")
    return {str(name): value for name, value in row.items()}


@pytest.mark.parametrize("day", ["2024-12-13", "2025-03-31"])
def test_each_extraction_has_the_works_and_the_money_of_its_rows(
    shared_data: Path, tables: dict[str, pd.DataFrame], day: str
) -> None:
    query = "select count(*) as n, sum(total) as total, sum(paid) as paid from (BY_CUP)"
    raw = raw_totals(shared_data, query, file=PAYMENTS, day=day)
    extractions = tables["extraction"].assign(extracted=lambda t: t["extracted"].astype(str))
    extractions = extractions[(extractions["extracted"] == day) & extractions["paid"].notna()]
    assert len(extractions) == raw["n"]
    assert extractions["funding"].sum() == pytest.approx(float(raw["total"]), abs=0.01)
    assert extractions["paid"].sum() == pytest.approx(float(raw["paid"]), abs=0.01)


def test_the_works_of_the_last_extraction_keep_their_money_once(
    shared_data: Path, tables: dict[str, pd.DataFrame]
) -> None:
    query = "select count(*) as n, sum(total) as total, sum(pnrr) as pnrr from (BY_CUP)"
    raw = raw_totals(shared_data, query, file=LAST, day="2025-03-31")
    works = tables["project"].assign(extracted=lambda t: t["extracted"].astype(str))
    works = works[works["extracted"] == "2025-03-31"]
    lines = tables["funding_line"]
    lines = lines[lines["project"].isin(list(works["project"]))]
    assert len(works) == raw["n"] == 2_084
    assert lines["amount"].sum() == pytest.approx(float(raw["total"]), abs=1)
    plan = lines[lines["source"] == "pnrr"]["amount"].sum()
    assert plan == pytest.approx(float(raw["pnrr"]), abs=0.01)


def test_between_two_extractions_works_move_as_the_rows_say(
    shared_data: Path, tables: dict[str, pd.DataFrame]
) -> None:
    query = """
        with was as (BY_CUP_2024),
        now as (BY_CUP)
        select count(*) filter (where now.paid > was.paid) as more,
            count(*) filter (where now.paid < was.paid) as less,
            sum(now.paid - was.paid) as difference
        from was join now using (cup)
    """
    raw = raw_totals(shared_data, query, file=PAYMENTS, day="2025-03-31")
    paid = (
        tables["extraction"]
        .dropna(subset="paid")
        .pivot_table(index="project", columns="extracted", values="paid")
    )
    both = paid.dropna()
    change = both.iloc[:, 1] - both.iloc[:, 0]
    assert ((change > 0.005).sum(), (change < -0.005).sum()) == (raw["more"], raw["less"])
    assert (raw["more"], raw["less"]) == (449, 10)
    assert change.sum() == pytest.approx(float(raw["difference"]), abs=0.01)


def test_every_cup_of_every_file_is_one_work_with_an_area(
    shared_data: Path, tables: dict[str, pd.DataFrame]
) -> None:
    query = """
        select count(*) as n from (
            select cup from read_csv('{file}', all_varchar = true)
            union select cup from read_csv('{folder}/{last}', all_varchar = true)
            union select "CUP" from read_csv('{folder}/{validated}', all_varchar = true)
            union select "CUP" from read_csv('{folder}/{universe}', all_varchar = true)
            union select "CUP" from read_csv('{folder}/{first}', all_varchar = true)
                where "Provincia" = '015'
        )
    """
    raw = raw_totals(
        shared_data,
        query,
        file=PAYMENTS,
        first="verbatim_italiadomani/PNRR_Localizzazione.csv",
        folder=str(shared_data / "projects"),
        last=LAST,
        validated="pnrr_progetti_validati_mi_2023-02.csv",
        universe="pnrr_localizzazioni_universo_regis_mi_2023-03.csv",
    )
    works = tables["project"]["project"]
    assert len(works) == raw["n"]
    assert works.is_unique
    assert set(tables["project_node"]["project"]) == set(works)
    assert set(tables["project_place"]["project"]) == set(works)
    assert tables["quarantine"].empty


def test_works_in_several_municipalities_are_in_each(
    shared_data: Path, tables: dict[str, pd.DataFrame]
) -> None:
    query = """
        select count(*) as n, count(distinct cup) as works from (
            select distinct cup, istat_code from read_csv('{file}', all_varchar = true)
        ) where cup in (
            select cup from read_csv('{file}', all_varchar = true)
            group by cup having count(distinct istat_code) > 1
        )
    """
    raw = raw_totals(shared_data, query, file=LAST)
    works = tables["project"].assign(extracted=lambda t: t["extracted"].astype(str))
    last = list(works.loc[works["extracted"] == "2025-03-31", "project"])
    places = tables["project_place"]
    places = places[places["project"].isin(last) & places["share"].isna()]
    assert (len(places), places["project"].nunique()) == (raw["n"], raw["works"])
