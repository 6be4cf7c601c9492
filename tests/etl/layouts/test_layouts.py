"""Every dataset with a specimen reads it as the expected tables beside it say."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import yaml

from etl.parsing.layout import CELL_COLUMNS
from tests.support.deployment import PROJECT
from tests.support.layouts import parse_declared
from warehouse.declarations.models import Dataset
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.sources import SourceFile

SPECIMENS = PROJECT / "tests" / "specimens"
WITH_CELLS = sorted(p.parent.parent.name for p in SPECIMENS.glob("*/expected/cells.csv"))
WORKS = SPECIMENS / "pnrr_works"


def dataset(name: str) -> Dataset:
    text = (PROJECT / f"warehouse/catalog/datasets/{name}.yaml").read_text(encoding="utf-8")
    return Dataset.model_validate({**yaml.safe_load(text), "id": name})


def at_hand(name: str) -> tuple[SourceFile, ...]:
    """Return the files of a dataset that are not fetched: those have tests of their own."""
    return tuple(file for file in dataset(name).files if not file.fetch)


def all_cells(name: str) -> Iterator[pd.DataFrame]:
    for file in at_hand(name):
        parsed = parse_declared(file, SPECIMENS / name)
        assert parsed.rejected == ()
        yield parsed.cells


@pytest.mark.parametrize("name", WITH_CELLS)
def test_a_specimen_gives_exactly_the_expected_figures(name: str) -> None:
    text = pd.concat(all_cells(name), ignore_index=True).to_csv(index=False)
    kinds = {"code": str, "period": str, "value": float}
    result, expected = (
        pd.read_csv(source, dtype=kinds)[list(CELL_COLUMNS)].sort_values(list(CELL_COLUMNS[:3]))
        for source in (StringIO(text), SPECIMENS / name / "expected" / "cells.csv")
    )
    pd.testing.assert_frame_equal(
        result.reset_index(drop=True), expected.reset_index(drop=True), rtol=1e-12
    )


@pytest.mark.parametrize("name", WITH_CELLS)
def test_a_truncated_or_foreign_file_is_rejected_with_the_columns_it_lacks(name: str) -> None:
    for file in at_hand(name):
        with pytest.raises(
            SourceError, match=r"missing; the header has|not separated by|Excel workbook"
        ):
            parse_declared(file, SPECIMENS / name, b"this,is\nanother,file\n")


@pytest.mark.parametrize("name", WITH_CELLS)
def test_an_empty_file_is_rejected(name: str) -> None:
    for file in at_hand(name):
        with pytest.raises(SourceError, match=r"The file is empty|not a readable Excel workbook"):
            parse_declared(file, SPECIMENS / name, b"\n")


def test_a_file_in_another_encoding_is_rejected() -> None:
    (file,) = at_hand("padigitale_funding")
    with pytest.raises(SourceError, match="bytes that are not utf-8 text"):
        parse_declared(
            file, SPECIMENS / "padigitale_funding", "istat_code;città\n".encode("latin-1")
        )


def test_a_broken_gzip_is_rejected() -> None:
    (file,) = at_hand("pnrr_payments")
    complete = (SPECIMENS / "pnrr_payments" / file.path).read_bytes()
    with pytest.raises(SourceError, match="damaged or cut off"):
        parse_declared(file, SPECIMENS / "pnrr_payments", complete[: len(complete) // 2])


def test_text_where_a_number_should_be_is_rejected_and_the_other_rows_stay() -> None:
    (file,) = at_hand("padigitale_funding")
    folder = SPECIMENS / "padigitale_funding"
    broken = (folder / file.path).read_bytes().replace(b"Arese,401188", b"Arese,circa 400 mila")
    parsed = parse_declared(file, folder, broken)
    (reject,) = parsed.rejected
    assert (reject.line, reject.column, reject.value) == (
        5,
        "importo_finanziamento",
        "circa 400 mila",
    )
    assert reject.rule == "number"
    assert len(parsed.cells) == 5


def test_a_declared_missing_sign_gives_no_figure_and_no_rejection() -> None:
    (file,) = at_hand("urban_index")
    folder = SPECIMENS / "urban_index"
    content = (folder / file.path).read_bytes().decode("latin-1").splitlines()
    column = content[0].split(";").index("n8")
    row = content[3].split(";")
    row[column] = "#N/D"
    content[3] = ";".join(row)
    parsed = parse_declared(file, folder, "\n".join(content).encode("latin-1"))
    assert parsed.rejected == ()
    missing = parsed.cells.query("code == '15146' and variable == 'euro_5_6_cars'")
    assert missing.empty


def test_of_two_copies_in_one_month_the_last_counts() -> None:
    (file,) = at_hand("padigitale_funding")
    folder = SPECIMENS / "padigitale_funding"
    later = b"2026-08-30,015146,Milano,28000000\n"
    parsed = parse_declared(file, folder, (folder / file.path).read_bytes() + later)
    august = parsed.cells.query("period == '2026-08'")
    assert august["value"].tolist() == [28_000_000]


def test_a_row_without_one_of_the_three_flows_gives_no_total() -> None:
    file = at_hand("work_commuting")[0]
    folder = SPECIMENS / "work_commuting"
    broken = (folder / file.path).read_bytes().replace(b"015009;5262;", b"015009; ;")
    parsed = parse_declared(file, folder, broken)
    assert [(r.column, r.value) for r in parsed.rejected] == [("out", " ")]
    assert "015009" not in set(parsed.cells["code"])


def test_an_unreadable_date_leaves_the_municipality_without_a_value() -> None:
    (file,) = at_hand("anpr")
    folder = SPECIMENS / "anpr"
    lines = (folder / file.path).read_text(encoding="utf-8").splitlines()
    lines[4] = lines[4].replace(lines[4].split(",")[4], "presto")
    parsed = parse_declared(file, folder, "\n".join(lines).encode())
    assert [(r.line, r.value, r.rule) for r in parsed.rejected] == [(5, "presto", "date")]
    assert "015146" not in set(parsed.cells["code"])


def test_a_bad_cup_is_rejected_and_its_money_counts_nowhere() -> None:
    file = at_hand("pnrr_works")[0]
    main = (WORKS / file.path).read_bytes()
    parsed = parse_declared(file, WORKS, main.replace(b"C71C22000290006", b"C71C2200029", 1))
    (reject,) = parsed.rejected
    assert (reject.column, reject.value, reject.rule) == ("cup", "C71C2200029", "cup")
    projects = parsed.tables["project"].to_pandas()
    assert len(projects) == 4
    assert not parsed.tables["payment"].to_pandas()["project"].str.contains("c71c2200029").any()
