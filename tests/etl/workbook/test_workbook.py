"""The office's workbooks: the template, what is read of it, and what is refused by cell."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl import quarantine
from etl.workbook.choices import lists
from etl.workbook.prefill import rows
from etl.workbook.writer import template
from tests.support.specimens import CATALOG
from tests.support.workbooks import BOOK, FEW, LISTS, address_of, read, with_cells
from warehouse.errors import SourceError
from warehouse.periods import is_period
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.errors import Rejection


def sorted_rows(table: pa.Table, name: str) -> list[dict[str, Any]]:
    keys = PROJECT_TABLES[name].key
    return sorted(table.to_pylist(), key=lambda row: [str(row[k]) for k in keys])


def test_the_filled_workbook_reads_as_the_shipped_example(
    filled_book: bytes, shipped: dict[str, pa.Table]
) -> None:
    parsed = read(filled_book)
    assert parsed.rejected == ()
    for name in parsed.tables:
        result = sorted_rows(parsed.tables[name], name)
        columns = parsed.tables[name].column_names
        expected = [{k: row[k] for k in columns} for row in sorted_rows(shipped[name], name)]
        for row in (*result, *expected):
            row.pop("demonstration", None)  # of a whole project in the workbook, of a fact here
        if name == "funding_line":
            assert _by_source(result) == _by_source(expected)
        else:
            assert result == expected, name


def _by_source(lines: list[dict[str, Any]]) -> list[tuple[str, str, float]]:
    return sorted((r["project"], r["source"], r["amount"]) for r in lines)


def test_the_empty_template_has_only_its_example() -> None:
    for language in ("it", "en"):
        with pytest.raises(SourceError) as wrong:
            read(template(BOOK, LISTS, language))
        assert [r.rule for r in wrong.value.rejections] == ["workbook_empty"]


def test_headers_are_locked_cells_are_open_and_lists_offered() -> None:
    book = openpyxl.load_workbook(BytesIO(template(BOOK, LISTS, "it")))
    page = book["Tappe"]
    assert page.protection.sheet
    assert page["A2"].protection.locked
    assert not page["A3"].protection.locked
    assert page.row_dimensions[1].hidden
    kinds = {str(rule.sqref)[0]: rule for rule in page.data_validations.dataValidation}
    assert "lavori" in kinds["E"].formula1
    assert book["Progetti"]["A2"].comment.text.startswith("Lettere minuscole")


def test_titles_are_enough_and_columns_may_change_places(small: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    for page in book.worksheets:
        if page.title in [sheet.title.it for sheet in BOOK.sheets.values()]:
            page.delete_rows(1)
    page = book["Fondi"]
    page.insert_cols(1)
    buffer = BytesIO()
    book.save(buffer)
    parsed = read(buffer.getvalue())
    assert parsed.rejected == ()
    assert parsed.tables["funding_line"].num_rows == read(small).tables["funding_line"].num_rows


@pytest.fixture(scope="module")
def english(shipped: dict[str, pa.Table]) -> bytes:
    sheets = rows({n: t.to_pandas() for n, t in shipped.items()})
    return template(BOOK, lists(CATALOG, "en"), "en", sheets)


def test_a_workbook_in_english_reads_as_one_in_italian(filled_book: bytes, english: bytes) -> None:
    italian, another = read(filled_book), read(english)
    assert another.rejected == ()
    for name, table in italian.tables.items():
        assert another.tables[name].equals(table), name


def test_an_error_in_an_english_workbook_is_reported_with_english_labels(english: bytes) -> None:
    cell = address_of(english, "Projects", "area", project="remix")
    (result, *_) = read(with_cells(english, "Projects", {cell: "Deep-sea fishing"})).rejected
    assert (result.sheet, result.line) == ("Projects", int(cell[1:]))
    assert result.column == f"{cell[0]} (Main policy area)"


def test_a_period_that_does_not_exist_is_not_one() -> None:
    assert all(map(is_period, ("2024", "2024-S1", "2024-Q4", "2024-12", "2024-02-29")))
    assert not any(map(is_period, ("2024-13", "2025-02-30", "2023-02-29", "2024-Q5", "24")))


def test_a_project_in_an_unknown_zone_stays_without_it(small: bytes) -> None:
    cell = address_of(small, "Progetti", "territories", project="remix")
    parsed = read(with_cells(small, "Progetti", {cell: "Atlantide"}))
    assert [r.rule for r in parsed.rejected] == ["workbook_choice"]
    assert parsed.tables["project"].num_rows == len(FEW)
    assert "remix" not in parsed.tables["project_place"]["project"].to_pylist()


SECOND = {"project": "remix", "milestone": "m2"}
DEFECTS = [
    ("Progetti", "cup", {"project": "remix"}, "B53D1600352000", "workbook_cup"),
    ("Progetti", "level", {"project": "remix"}, "strategicissimo", "workbook_choice"),
    ("Progetti", "territories", {"project": "remix"}, "Nord Milano; Atlantide", "workbook_choice"),
    ("Progetti", "area", {"project": "remix"}, "Pesca d'altura", "workbook_choice"),
    ("Progetti", "planned_end", {"project": "remix"}, "2018-01-01", "workbook_order"),
    ("Progetti", "title_it", {"project": "remix"}, None, "workbook_needed"),
    ("Progetti", "budget", {"project": "remix"}, "8.1", "workbook_programme"),
    ("Progetti", "project", {"project": "giovani"}, "remix", "workbook_repeated"),
    ("Tappe", "baseline_end", SECOND, "2010-01-01", "workbook_order_needed"),
    ("Tappe", "weight", SECOND, 0.5, "workbook_weights"),
    ("Tappe", "weight", SECOND, 1.7, "workbook_share"),
    ("Tappe", "owner", SECOND, "Ente sconosciuto", "workbook_reference"),
    ("Tappe", "project", SECOND, "remixx", "workbook_reference"),
    ("Tappe", "actual_end", SECOND, "forse", "workbook_day"),
    ("Fondi", "amount", {"project": "remix", "source": "Stato"}, "quaranta", "workbook_number"),
    ("Fondi", "amount", {"project": "remix", "source": "Stato"}, "#REF!", "workbook_excel_error"),
    ("Fondi", "amount", {"project": "remix", "source": "Stato"}, -5, "workbook_negative"),
    ("Fondi", "source", {"project": "remix", "source": "Stato"}, "Zecca", "workbook_choice"),
    ("Pagamenti", "amount", {"project": "remix", "period": "2020"}, 99e9, "workbook_overpaid"),
    ("Pagamenti", "period", {"project": "remix", "period": "2020"}, "primavera", "workbook_period"),
    ("Fondi", "amount", {"project": "remix", "source": "Stato"}, "1.234", "workbook_two_ways"),
    ("Fondi", "amount", {"project": "remix", "source": "Stato"}, "nan", "workbook_number"),
    ("Fondi", "amount", {"project": "remix", "source": "Stato"}, "inf", "workbook_number"),
    ("Rapporti", "milestone", {"project": "remix", "milestone": "m2"}, "m99", "workbook_milestone"),
    ("Attori", "role", {"project": "remix", "role": "promotore"}, "re", "workbook_choice"),
    ("Gare", "cig", {"cig": "DEMO000001"}, "12345", "workbook_cig"),
    ("Osservazioni e proposte", "node", {"contribution": "c01"}, "nulla", "workbook_choice"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "column", "key", "value", "rule"), DEFECTS)
def test_a_wrong_cell_is_reported_with_sheet_and_cell_and_the_others_load(
    small: bytes, sheet: str, column: str, key: dict[str, str], value: object, rule: str
) -> None:
    cell = address_of(small, sheet, column, **key)
    parsed = read(with_cells(small, sheet, {cell: value}))
    result = next(r for r in parsed.rejected if r.rule == rule)
    letter = cell.rstrip("0123456789")
    if rule != "workbook_weights":  # reported once, at the project's first milestone
        line = int(cell.removeprefix(letter))
        assert (result.sheet, result.line) == (sheet, line)
    assert result.sheet == sheet
    if rule != "workbook_repeated":
        assert result.column.startswith(f"{letter} (")
    assert _in_both_languages(result)
    assert parsed.tables["project"].num_rows >= len(FEW) - 1
    assert parsed.tables["milestone"].num_rows >= 7


def _in_both_languages(result: Rejection) -> bool:
    texts = [result.message[lang] for lang in ("it", "en")]
    texts += [result.suggestion[lang] for lang in ("it", "en")]
    return all(texts) and len(set(texts)) == len(texts)


def test_a_workbook_that_counts_days_from_1904_has_the_same_days(small: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    book.epoch = CALENDAR_MAC_1904
    buffer = BytesIO()
    book.save(buffer)
    assert b"date1904" in ZipFile(buffer).read("xl/workbook.xml")
    milestones = read(buffer.getvalue()).tables["milestone"]
    assert milestones.equals(read(small).tables["milestone"])


def test_an_added_column_is_reported_once_by_its_letter_and_title(small: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    page = book["Fondi"]
    for line, value in ((2, "Annotazioni"), (3, "da rivedere"), (4, "confermato")):
        page.cell(line, 7).value = value
    buffer = BytesIO()
    book.save(buffer)
    (rejections,) = read(buffer.getvalue()).rejected
    assert (rejections.rule, rejections.sheet) == ("workbook_added", "Fondi")
    assert "G (Annotazioni)" in rejections.message["it"]


def test_a_row_rejected_for_a_cell_is_reported_with_the_cell(small: bytes) -> None:
    cell = address_of(small, "Progetti", "project", project="remix")
    rejections = read(with_cells(small, "Progetti", {cell: "Remix!"})).rejected
    of_row = [r for r in rejections if (r.sheet, r.line) == ("Progetti", int(cell[1:]))]
    assert [r.rule for r in of_row] == ["workbook_code"]
    assert of_row[0].message["it"].endswith(" La riga resta fuori.")
    table = quarantine.table(("plan_projects", "projects.xlsx", r) for r in rejections)
    assert {r.rule for r in rejections} <= set(table["rule"].to_pylist())


def test_a_missing_cell_is_named_by_its_title(small: bytes) -> None:
    cell = address_of(small, "Progetti", "title_it", project="remix")
    (result, *_) = read(with_cells(small, "Progetti", {cell: None})).rejected
    assert result.message["it"] == "Manca Titolo, che è obbligatorio."


def test_in_another_order_of_columns_an_error_has_the_letter_in_the_file(
    small: bytes,
) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    book["Tappe"].insert_cols(1, 2)
    buffer = BytesIO()
    book.save(buffer)
    moved = buffer.getvalue()
    cell = address_of(moved, "Tappe", "owner", **SECOND)
    result = read(with_cells(moved, "Tappe", {cell: "Ente sconosciuto"})).rejected
    assert [f"{r.column.partition(' ')[0]}{r.line}" for r in result] == [cell]


def test_percent_signs_decimal_commas_and_italian_dates_are_read(small: bytes) -> None:
    weight = address_of(small, "Tappe", "weight", project="remix", milestone="m1")
    day = address_of(small, "Tappe", "baseline_start", project="remix", milestone="m1")
    amount = address_of(small, "Fondi", "amount", project="remix", source="Stato")
    steps = with_cells(small, "Tappe", {weight: "5%", day: "01/01/2019"})
    parsed = read(with_cells(steps, "Fondi", {amount: "40.000.000,00 €"}))
    assert parsed.rejected == ()
    assert parsed.tables["milestone"].to_pylist()[0]["weight"] == 0.05
    assert 40e6 in parsed.tables["funding_line"]["amount"].to_pylist()
