"""Editions of a file that differ in form only are read by options, without code."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from etl.layouts import commuting_flows, pnrr_payments, sdmx_csv, wide_csv
from etl.parsing.delimited import read_rows
from etl.parsing.excel import first_sheet
from tests.support.layouts import parse
from tests.support.specimens import SPECIMENS, copied, gathered
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

OLD_ISTAT = """\
"ITTER107","Territory","TIPO_DATO","SEX","Gender","TIME","Select time","Value","Flag Codes","Flags"
"IT","Italy","EMP_R","9","total","2019","2019",59.1,,
"015146","Milano","EMP_R","9","total","2019","2019",72.5,,
"015146","Milano","EMP_R","9","total","2019-Q1","Q1-2019",71.9,"p","provisional"
"015146","Milano","EMP_R","1","males","2019","2019",77.0,,
"""
OLD_OPTIONS = {
    "variables": [{"variable": "rate", "where": {"TIPO_DATO": "EMP_R", "SEX": "9"}}],
    "area": "ITTER107",
    "time": "TIME",
    "value": "Value",
    "status": "Flag Codes",
}


VARIABLES = {"variables": ["commuters", "outside"]}


def test_an_old_export_of_istat_is_read_by_options_alone() -> None:
    parsed = parse(sdmx_csv, OLD_ISTAT.encode(), OLD_OPTIONS)
    cells = parsed.cells[["code", "period", "value", "obs_status", "column"]]
    assert cells.sort_values(["code", "period"]).to_numpy().tolist() == [
        ["015146", "2019", 72.5, "A", "Value"],
        ["015146", "2019-Q1", 71.9, "P", "Value"],
        ["IT", "2019", 59.1, "A", "Value"],
    ]
    in_milano = parse(sdmx_csv, OLD_ISTAT.encode(), OLD_OPTIONS | {"province": "015"}).cells
    assert set(in_milano["code"]) == {"015146"}


@pytest.mark.parametrize("quote", ["", '"'])
def test_blanks_in_a_header_make_no_difference(quote: str) -> None:
    header = ";".join(f"{quote}{name}{quote}" for name in ("Codice ", " CUP", "Valore  totale "))
    content = f"{header}\nA;B;1\n".encode()
    rows, _ = read_rows(content, ["Codice", "CUP ", "Valore totale"], separator=";")
    assert rows.drop(columns="line").to_dict("records") == [
        {"Codice": "A", "CUP ": "B", "Valore totale": "1"}  # by the names that are asked for
    ]
    only, _ = read_rows(content, ["CUP"], separator=";", only=True)
    assert list(only) == ["CUP", "line"]
    with pytest.raises(SourceError, match="twice"):
        read_rows(b"CUP;CUP \nA;B\n", ["CUP"], separator=";")


def test_blanks_in_the_header_of_a_sheet_make_no_difference() -> None:
    book = io.BytesIO()
    pd.DataFrame({" Codice ISTAT\n": ["015146"], "Altro": ["x"]}).to_excel(book, index=False)
    assert list(first_sheet(book.getvalue(), ["Codice ISTAT "])) == ["Codice ISTAT ", "Altro"]


def test_a_failed_formula_of_a_sheet_is_rejected_and_a_blank_cell_is_missing() -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "Comuni"
    for row in (["codice", "valore"], ["015146", 5], ["015002", None], ["015155", "#REF!"]):
        sheet.append(row)
    sheet["B4"].data_type = "e"
    book.save(content)
    columns = {"valore": {"variable": "total"}}
    options = {"code": "codice", "sheet": "Comuni", "columns": columns}
    parsed = parse(wide_csv, content.getvalue(), options, period="2021")
    assert parsed.cells[["code", "value"]].to_numpy().tolist() == [["015146", 5.0]]
    (rejection,) = parsed.rejected
    assert (rejection.line, rejection.column, rejection.rule) == (4, "valore", "number")


def test_another_separator_or_column_name_is_an_option() -> None:
    path = SPECIMENS / "work_commuting/commuting/pendolari_2021_in_out_self_sum.csv"
    content = path.read_bytes()
    declared = parse(commuting_flows, content, VARIABLES, period="2021").cells
    edition = content.replace(b";", b"|").replace(b"procom|", b"codice|", 1)
    options = {**VARIABLES, "separator": "|", "renamed": {"procom": "codice"}}
    again = parse(commuting_flows, edition, options, period="2021").cells
    pd.testing.assert_frame_equal(again, declared)
    with pytest.raises(SourceError, match="not separated by"):
        parse(commuting_flows, edition, VARIABLES, period="2021")


def test_a_renamed_column_counts_only_where_the_known_name_is_missing() -> None:
    rows = b"cup,CUP nuovo\nA,B\n"
    assert read_rows(rows, ["cup"], renamed={"cup": "CUP nuovo"})[0]["cup"].tolist() == ["A"]
    rows = b"altro,CUP nuovo\nA,B\n"
    assert read_rows(rows, ["cup"], renamed={"cup": "CUP nuovo"})[0]["cup"].tolist() == ["B"]


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><message:GenericData/>',
        b"<message:StructureSpecificData xmlns:message='x'>",
    ],
)
def test_sdmx_ml_says_what_to_ask_for(content: bytes) -> None:
    with pytest.raises(SourceError, match="SDMX-ML") as error:
        parse(sdmx_csv, content, OLD_OPTIONS)
    (rejection,) = error.value.rejections
    assert "SDMX-CSV" in rejection.suggestion["en"]
    with pytest.raises(SourceError, match="SDMX-ML"):
        parse(pnrr_payments, content)


@pytest.mark.parametrize(("code", "is_read"), [("15146.0", True), ("15146*", False)])
def test_a_code_with_a_footnote_is_rejected_with_its_line_and_one_of_excel_is_read(
    tmp_path: Path, code: str, *, is_read: bool
) -> None:
    folder = copied("urban_index", tmp_path)
    (file,) = (folder / "multi").iterdir()
    lines = file.read_bytes().split(b"\n")
    (number,) = (n for n, line in enumerate(lines, start=1) if line.startswith(b"15146;"))
    before, rejected_before = gathered("urban_index", folder)
    file.write_bytes(file.read_bytes().replace(b"\n15146;", f"\n{code};".encode()))
    figures, rejected = gathered("urban_index", folder)
    of_milano = before["territory"] == "015146"
    assert of_milano.any()
    if is_read:
        assert len(figures) == len(before)
        assert len(rejected) == len(rejected_before)
    else:
        assert len(figures) == len(before) - of_milano.sum()
        wrong = rejected[rejected["rule"] == "code"]
        assert len(wrong) == 1, "a row is one rejection, however many columns it has"
        assert wrong[["value", "line"]].to_numpy().tolist() == [[code, number]]
        assert wrong["message_en"].str.contains(code, regex=False).all()
