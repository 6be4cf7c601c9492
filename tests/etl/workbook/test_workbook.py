"""The office's workbooks: the template, what is read of it, and what is refused by cell."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl import quarantine
from etl.layouts import plan_workbook
from etl.parsing.layout import FileContext
from etl.pipeline.discovery import SHIPPED_FOLDER, InputFolder
from etl.pipeline.gather import RunContext, read_files
from etl.workbook.choices import accepted_lists, lists
from etl.workbook.prefill import rows
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import SourceError
from warehouse.periods import is_period
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from etl.parsing.layout import ParsedFile
    from warehouse.errors import Rejection

CATALOG = read_catalog(read_config().catalog)
LISTS = lists(CATALOG)
BOOK = workbook("projects")
HEAD = 2  # rows above the first one to fill
FEW = ("remix", "giovani", "op-forestami")


@pytest.fixture(scope="module")
def shipped() -> dict[str, pa.Table]:
    return read_files(InputFolder(CATALOG, SHIPPED_FOLDER, "shipped"), RunContext())


@pytest.fixture(scope="module")
def filled_book(shipped: dict[str, pa.Table]) -> bytes:
    return template(BOOK, LISTS, "it", rows({n: t.to_pandas() for n, t in shipped.items()}))


@pytest.fixture(scope="module")
def small(shipped: dict[str, pa.Table]) -> bytes:
    """The workbook of a few projects, quick to spoil and to read."""
    sheets = rows({n: t.to_pandas() for n, t in shipped.items()})
    few = {
        name: [r for r in result if r.get("project", "remix") in FEW]
        for name, result in sheets.items()
    }
    few["contributions"] = few["contributions"][:1]
    return template(BOOK, LISTS, "it", few)


def parse(content: bytes) -> ParsedFile:
    context = FileContext(dataset="plan_projects", lists=accepted_lists(CATALOG))
    return plan_workbook.parse(content, plan_workbook.Options(), context)


def spoilt(content: bytes, *changes: tuple[str, str, Any]) -> bytes:
    """Return the workbook with other values in some cells: (sheet, cell, value)."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, cell, value in changes:
        book[sheet][cell] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def where(content: bytes, sheet: str, name: str, **key: str) -> str:
    """Return the address of the cell `name` in the row whose cells are as in `of`."""
    page = openpyxl.load_workbook(BytesIO(content))[sheet]
    columns = {cell.value: get_column_letter(cell.column or 1) for cell in page[1]}
    for line in range(HEAD + 1, page.max_row + 1):
        if all(page[f"{columns[k]}{line}"].value == v for k, v in key.items()):
            return f"{columns[name]}{line}"
    raise AssertionError(key)


def sorted_rows(table: pa.Table, name: str) -> list[dict[str, Any]]:
    keys = PROJECT_TABLES[name].key
    return sorted(table.to_pylist(), key=lambda row: [str(row[k]) for k in keys])


def test_the_filled_workbook_reads_as_the_shipped_example(
    filled_book: bytes, shipped: dict[str, pa.Table]
) -> None:
    parsed = parse(filled_book)
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
            parse(template(BOOK, LISTS, language))
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
    parsed = parse(buffer.getvalue())
    assert parsed.rejected == ()
    assert parsed.tables["funding_line"].num_rows == parse(small).tables["funding_line"].num_rows


@pytest.fixture(scope="module")
def english(shipped: dict[str, pa.Table]) -> bytes:
    sheets = rows({n: t.to_pandas() for n, t in shipped.items()})
    return template(BOOK, lists(CATALOG, "en"), "en", sheets)


def test_a_workbook_in_english_reads_as_one_in_italian(filled_book: bytes, english: bytes) -> None:
    italian, another = parse(filled_book), parse(english)
    assert another.rejected == ()
    for name, table in italian.tables.items():
        assert another.tables[name].equals(table), name


def test_an_error_in_an_english_workbook_is_reported_with_english_labels(english: bytes) -> None:
    cell = where(english, "Projects", "area", project="remix")
    (result, *_) = parse(spoilt(english, ("Projects", cell, "Deep-sea fishing"))).rejected
    assert (result.sheet, result.line) == ("Projects", int(cell[1:]))
    assert result.column == f"{cell[0]} (Main policy area)"


def _without_sheet(book: openpyxl.Workbook) -> None:
    del book["Fondi"]


def _without_column(book: openpyxl.Workbook) -> None:
    for row in (1, 2):
        book["Pagamenti"].cell(row, 3).value = None


def _without_projects(book: openpyxl.Workbook) -> None:
    book["Progetti"].delete_rows(HEAD + 1, 1000)


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_without_sheet, "workbook_no_sheet"),
        (_without_column, "workbook_sheet_header"),
        (_without_projects, "workbook_empty"),
    ],
)
def test_a_workbook_that_would_remove_loaded_data_is_rejected_as_a_whole(
    small: bytes, spoil: Callable[[openpyxl.Workbook], None], rule: str
) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    spoil(book)
    buffer = BytesIO()
    book.save(buffer)
    with pytest.raises(SourceError) as wrong:
        parse(buffer.getvalue())
    assert wrong.value.rejections[0].rule == rule


def test_a_period_that_does_not_exist_is_not_one() -> None:
    assert all(map(is_period, ("2024", "2024-S1", "2024-Q4", "2024-12", "2024-02-29")))
    assert not any(map(is_period, ("2024-13", "2025-02-30", "2023-02-29", "2024-Q5", "24")))


def test_a_project_in_an_unknown_zone_stays_without_it(small: bytes) -> None:
    cell = where(small, "Progetti", "territories", project="remix")
    parsed = parse(spoilt(small, ("Progetti", cell, "Atlantide")))
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
    cell = where(small, sheet, column, **key)
    parsed = parse(spoilt(small, (sheet, cell, value)))
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


def _stranger() -> bytes:
    buffer = BytesIO()
    pd.DataFrame({"a": [1]}).to_excel(buffer, sheet_name="Foglio1", engine="openpyxl")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [lambda: b"", lambda: b"PK\x03\x04 broken", lambda: b"<html>404</html>", _stranger],
)
def test_a_file_that_is_not_such_a_workbook_is_rejected_as_a_whole(
    content: Callable[[], bytes],
) -> None:
    with pytest.raises(SourceError):
        parse(content())


def _member(content: bytes, number: int) -> tuple[int, int]:
    """Return where the packed bytes of a sheet begin and how many they are."""
    with ZipFile(BytesIO(content)) as book:
        packed = book.getinfo(f"xl/worksheets/sheet{number}.xml")
    names = content[packed.header_offset + 26 : packed.header_offset + 30]
    head = 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
    return packed.header_offset + head, packed.compress_size


def _flipped(content: bytes) -> bytes:
    start, size = _member(content, 3)
    damaged = b"\xff" * min(size, 40)  # no block of this kind can be unpacked
    return content[:start] + damaged + content[start + len(damaged) :]


def _encrypted(content: bytes) -> bytes:
    """Return it with the flag "encrypted" on every member of its directory."""
    parts = content.split(b"PK\x01\x02")
    return b"PK\x01\x02".join([parts[0], *(p[:4] + bytes([p[4] | 1]) + p[5:] for p in parts[1:])])


def _broken_xml(content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as book, ZipFile(buffer, "w") as another:
        for name in book.namelist():
            text = book.read(name)
            another.writestr(name, text[: len(text) // 2] if name.endswith("sheet3.xml") else text)
    return buffer.getvalue()


@pytest.mark.parametrize("spoil", [_flipped, _encrypted, _broken_xml])
def test_a_damaged_workbook_is_rejected_as_a_whole(
    small: bytes, spoil: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(SourceError) as wrong:
        parse(spoil(small))
    assert [r.rule for r in wrong.value.rejections] == ["workbook_file"]


def test_a_workbook_that_counts_days_from_1904_has_the_same_days(small: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    book.epoch = CALENDAR_MAC_1904
    buffer = BytesIO()
    book.save(buffer)
    assert b"date1904" in ZipFile(buffer).read("xl/workbook.xml")
    milestones = parse(buffer.getvalue()).tables["milestone"]
    assert milestones.equals(parse(small).tables["milestone"])


def test_an_added_column_is_reported_once_by_its_letter_and_title(small: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    page = book["Fondi"]
    for line, value in ((2, "Annotazioni"), (3, "da rivedere"), (4, "confermato")):
        page.cell(line, 7).value = value
    buffer = BytesIO()
    book.save(buffer)
    (rejections,) = parse(buffer.getvalue()).rejected
    assert (rejections.rule, rejections.sheet) == ("workbook_added", "Fondi")
    assert "G (Annotazioni)" in rejections.message["it"]


def test_a_row_rejected_for_a_cell_is_reported_with_the_cell(small: bytes) -> None:
    cell = where(small, "Progetti", "project", project="remix")
    rejections = parse(spoilt(small, ("Progetti", cell, "Remix!"))).rejected
    of_row = [r for r in rejections if (r.sheet, r.line) == ("Progetti", int(cell[1:]))]
    assert [r.rule for r in of_row] == ["workbook_code"]
    assert of_row[0].message["it"].endswith(" La riga resta fuori.")
    table = quarantine.table(("plan_projects", "projects.xlsx", r) for r in rejections)
    assert {r.rule for r in rejections} <= set(table["rule"].to_pylist())


def test_a_missing_cell_is_named_by_its_title(small: bytes) -> None:
    cell = where(small, "Progetti", "title_it", project="remix")
    (result, *_) = parse(spoilt(small, ("Progetti", cell, None))).rejected
    assert result.message["it"] == "Manca Titolo, che è obbligatorio."


def test_in_another_order_of_columns_an_error_has_the_letter_in_the_file(
    small: bytes,
) -> None:
    book = openpyxl.load_workbook(BytesIO(small))
    book["Tappe"].insert_cols(1, 2)
    buffer = BytesIO()
    book.save(buffer)
    moved = buffer.getvalue()
    cell = where(moved, "Tappe", "owner", **SECOND)
    result = parse(spoilt(moved, ("Tappe", cell, "Ente sconosciuto"))).rejected
    assert [f"{r.column.partition(' ')[0]}{r.line}" for r in result] == [cell]


def test_percent_signs_decimal_commas_and_italian_dates_are_read(small: bytes) -> None:
    weight = where(small, "Tappe", "weight", project="remix", milestone="m1")
    day = where(small, "Tappe", "baseline_start", project="remix", milestone="m1")
    amount = where(small, "Fondi", "amount", project="remix", source="Stato")
    parsed = parse(
        spoilt(
            small,
            ("Tappe", weight, "5%"),
            ("Tappe", day, "01/01/2019"),
            ("Fondi", amount, "40.000.000,00 €"),
        )
    )
    assert parsed.rejected == ()
    assert parsed.tables["milestone"].to_pylist()[0]["weight"] == 0.05
    assert 40e6 in parsed.tables["funding_line"]["amount"].to_pylist()
