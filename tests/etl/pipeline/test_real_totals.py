"""The real files give the same totals as a plain sum over their rows."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.etl.layouts.test_layouts import at_hand
from tests.support.layouts import parse_declared

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


Row = dict[str, str]


@pytest.fixture(scope="module")
def payments(shared_data: Path) -> list[Row]:
    path = shared_data / "projects" / "pnrr_pagamenti_mi_2024-12-13_vs_2025-03-31.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


REPEATED = {
    "finanziamento_totale": Decimal(23_400_000),
    "pagamenti_totali": Decimal("3734519.27"),
}


def figures(name: str, folder: Path, province: str = "") -> pd.Series:
    (file,) = at_hand(name)
    cells = parse_declared(file, folder).cells
    cells = cells[cells["code"].str.startswith(province)]
    sums: pd.Series = cells.groupby(["variable", "period"])["value"].sum()
    return sums


def in_one_municipality(rows: list[Row], day: str) -> list[Row]:
    places = defaultdict(set)
    rows = [row for row in rows if row["data_di_estrazione"] == day]
    for row in rows:
        places[row["cup"]].add(row["istat_code"])
    return [r for r in rows if len(places[r["cup"]]) == 1]


@pytest.mark.parametrize("day", ["2024-12-13", "2025-03-31"])
def test_pnrr_money_by_municipality_adds_up_to_the_raw_rows(
    shared_data: Path, payments: list[Row], day: str
) -> None:
    totals = figures("pnrr_payments", shared_data)
    single = in_one_municipality(payments, day)
    assert totals["projects", day] == len({row["cup"] for row in single})
    assert totals["projects", day] == {"2024-12-13": 1_860, "2025-03-31": 2_022}[day]
    for column, variable in (
        ("finanziamento_pnrr", "funded"),
        ("pagamenti_totali_pnrr", "paid"),
        ("finanziamento_totale", "funded_all_sources"),
        ("pagamenti_totali", "paid_all_sources"),
    ):
        total = sum(Decimal(row[column]) for row in single)
        if day == "2025-03-31":  # the second measure of B44E07000120004 repeats its totals
            total -= REPEATED.get(column, Decimal(0))
        assert totals[variable, day] == pytest.approx(float(total), abs=0.01)


def test_commuters_of_2021_add_up_to_the_raw_rows(shared_data: Path) -> None:
    path = shared_data / "commuting" / "pendolari_2021_in_out_self_sum.csv"
    with path.open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines, delimiter=";") if r["procom"][:3] == "015"]
    out, coming, within = (sum(int(r[c]) for r in rows) for c in ("out", "in", "self"))
    cells = parse_declared(at_hand("work_commuting")[0], shared_data).cells
    totals = cells.groupby("variable")["value"].sum()
    assert len(rows) == 133
    assert totals["commuters"] == out + within == 1_153_274
    assert totals["outside"] == out == 650_021
    assert totals["net"] == coming - out == 192_725


def test_the_shipped_measures_cover_133_municipalities_where_possible(shared_data: Path) -> None:
    assert figures("anpr", shared_data, "015")["entered"].tolist() == [4, 51, 105, 124, 133]
    assert figures("padigitale_funding", shared_data)["funding", "2026-08"] == 84_250_976
