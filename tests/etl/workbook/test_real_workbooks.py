"""Workbooks as people and programs really write them: read right, or refused by name."""

from __future__ import annotations

import resource
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter

from etl.parsing.archive import MOST_RATIO
from etl.workbook.sheet_reader import MOST_EMPTY, MOST_ROWS
from etl.workbook.spreadsheet import Spreadsheet
from tests.support.specimens import CATALOG
from tests.support.workbooks import (
    INDICATOR,
    MILESTONE,
    PROJECT,
    VALUE,
    indicators,
    part_of,
    projects,
    read,
    rules,
    with_cells,
    with_text,
)
from warehouse.errors import SourceError

TEN = [{**MILESTONE, "milestone": f"m{n}", "weight": 0.1} for n in range(1, 11)]
MEGABYTES_FOR_A_LAST_CELL = 100


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as error:
        read(content)
    (rejection,) = error.value.rejections
    return rejection.in_("it")


def test_a_formula_without_its_result_is_refused_by_its_cell() -> None:
    for formula in ("=1/2", "=Progetti!A3"):
        parsed = read(with_cells(projects(milestones=[MILESTONE]), "Tappe", {"F3": formula}))
        (rejection,) = parsed.rejected
        assert rejection.rule == "workbook_formula"
        assert "F3" in rejection.message["it"]
        assert "La riga resta fuori" in rejection.message["it"]
        assert "salvarla" in rejection.suggestion["it"]
        assert parsed.tables["milestone"].num_rows == 0


def test_a_formula_with_its_result_is_its_result() -> None:
    content = with_cells(projects(milestones=[MILESTONE]), "Tappe", {"F3": "=2/4"})
    content = with_text(
        content, part_of("milestones"), r"<f>2/4</f><v ?/?>(</v>)?", "<f>2/4</f><v>0.5</v>"
    )
    assert read(content).tables["milestone"]["weight"].to_pylist() == [0.5]


def test_the_zero_that_a_library_writes_for_every_formula_is_not_a_result() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("Foglio")
    page.write_formula(0, 0, "=1+1")
    page.write_formula(0, 1, "=1+1", None, 2)
    page.write_number(0, 2, 0)
    book.close()
    ((_, cells),) = Spreadsheet(buffer.getvalue()).rows("Foglio")
    assert [str(cells[n]) for n in range(3)] == ["=", "2", "0"]


@pytest.mark.parametrize("size", ["A1:M4", "A1", "A1:XFD1048576", "nonsense"])
def test_what_a_sheet_says_of_its_size_changes_nothing(size: str) -> None:
    content = projects(milestones=TEN)
    wrong = with_text(
        content, part_of("milestones"), r'<dimension ref="[^"]*"', f'<dimension ref="{size}"'
    )
    assert read(wrong).tables["milestone"].equals(read(content).tables["milestone"])
    assert read(wrong).tables["milestone"].num_rows == len(TEN)


def test_a_formatted_cell_at_the_end_of_a_sheet_takes_no_memory() -> None:
    content = with_text(
        projects(milestones=TEN),
        part_of("milestones"),
        "</sheetData>",
        '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parsed = read(content)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (parsed.tables["milestone"].num_rows, parsed.rejected) == (len(TEN), ())
    assert grown / 1024 < MEGABYTES_FOR_A_LAST_CELL


def test_what_follows_many_empty_rows_is_named_and_not_read() -> None:
    last = len(TEN) + 2
    for gap, count in ((MOST_EMPTY, len(TEN) + 1), (MOST_EMPTY + 1, len(TEN))):
        row = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>piazza-verde</t></is></c></row>'
        far = row.format(n=last + gap)
        content = with_text(
            projects(milestones=TEN), part_of("milestones"), "</sheetData>", f"{far}</sheetData>"
        )
        parsed = read(content)
        assert parsed.tables["milestone"].num_rows == len(TEN)
        assert rules(parsed) == (["note"] if count > len(TEN) else ["below"])
        assert parsed.rejected[0].line == last + gap


def test_a_sheet_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ROWS == 100_000
    monkeypatch.setattr("etl.workbook.sheet_reader.MOST_ROWS", 1_000)
    cell = '<c r="A{n}" t="inlineStr"><is><t>benches</t></is></c>'
    rows = "".join(
        f'<row r="{n}">{cell.format(n=n)}{cell.format(n=n).replace("A", "B")}</row>'
        for n in range(3, 1_005)
    )
    many = with_text(indicators(values=[]), "xl/worksheets/sheet3.xml", "</sheetData>",
                     rows.replace("\\", "") + "</sheetData>")  # fmt: skip
    with pytest.raises(SourceError) as error:
        read(many, "indicators")
    assert error.value.rejections[0].rule == "workbook_rows"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "junk.bin"])
def test_an_archive_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(part: str) -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(projects())) as book, ZipFile(buffer, "w", ZIP_DEFLATED) as bomb:
        for name in book.namelist():
            if name != part:
                bomb.writestr(name, book.read(name))
        bomb.writestr(part, b"<si/>" * 3_000_000)
    assert len(buffer.getvalue()) < 60_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert f"{MOST_RATIO} volte" in refusal(buffer.getvalue())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_document_type_in_a_sheet_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    for part in (part_of("projects"), "xl/workbook.xml"):
        content = with_text(projects(), part, r"<(worksheet|workbook)", entities)
        assert "non è una cartella di lavoro Excel" in refusal(content)


def test_a_row_that_keeps_the_code_of_the_example_is_read() -> None:
    kept = {**PROJECT, "project": "nuovo-progetto", "title_it": "Biblioteca di quartiere"}
    parsed = read(projects(projects=[kept, PROJECT]))
    titles = ["Biblioteca di quartiere", "Piazza verde"]
    assert parsed.tables["project"]["title_it"].to_pylist() == titles
    example = {"indicator": "cycle_paths_per_inhabitant", "title_it": "Panchine vere"}
    value = {**VALUE, "indicator": "cycle_paths_per_inhabitant"}
    content = indicators(indicators=[{**INDICATOR, **example}], values=[value])
    assert read(content, "indicators").cells["value"].to_list() == [3]


def test_a_text_that_begins_with_a_hash_is_a_text_and_only_errors_are_errors() -> None:
    title = "#ForestaMI: prima messa a dimora"
    parsed = read(projects(milestones=[{**MILESTONE, "title_it": title}]))
    assert parsed.tables["milestone"]["title_it"].to_pylist() == [title]
    for error in ("#REF!", "#RIF!", "#N/D", "#VALORE!", "#DIV/0!", "#n/a"):
        parsed = read(projects(milestones=[{**MILESTONE, "title_it": error}]))
        assert rules(parsed) == ["excel_error"]


def test_line_ends_that_excel_escapes_are_line_ends() -> None:
    report = {"project": "piazza-verde", "reported": date(2026, 6, 30)}
    raw = "Prima riga_x000D_\nSeconda_x0007_ riga, _x005F_x000D_ scritto"
    content = with_cells(
        projects(reports=[{**report, "narrative_it": "testo"}]), "Rapporti", {"E3": raw}
    )
    (text,) = read(content).tables["progress_report"]["narrative_it"].to_pylist()
    assert text == "Prima riga\nSeconda riga, _x000D_ scritto"


def test_a_date_in_a_column_of_periods_is_refused() -> None:
    for cell in (datetime(2025, 1, 1), datetime(2025, 12, 31)):  # noqa: DTZ001  # of Excel
        parsed = read(with_cells(indicators(), "Valori", {"C3": cell}), "indicators")
        assert rules(parsed) == ["period_day"]
        assert parsed.cells.empty


def test_an_indicator_has_periods_of_one_length() -> None:
    periods = ["2023", "2024", "2025-06-30", "2025"]
    values = [{**VALUE, "period": period} for period in periods]
    parsed = read(indicators(values=values), "indicators")
    assert rules(parsed) == ["grain"]
    assert (
        "2025-06-30: gli altri valori di benches sono per anni" in parsed.rejected[0].message["it"]
    )
    assert sorted(parsed.cells["period"]) == ["2023", "2024", "2025"]


def test_years_outside_the_window_are_refused() -> None:
    for day in (date(2206, 12, 31), date(1989, 12, 31)):
        parsed = read(projects(milestones=[{**MILESTONE, "planned_end": day}]))
        assert rules(parsed) == ["year"]
        assert "(1990–2100)" in parsed.rejected[0].message["it"]
    parsed = read(indicators(values=[{**VALUE, "period": "2206"}]), "indicators")
    assert rules(parsed) == ["year"]


def test_a_former_municipality_says_what_it_is_part_of() -> None:
    for place in ("Vermezzo", "VERMEZZO", "015235"):
        parsed = read(indicators(values=[{**VALUE, "territory": place}]), "indicators")
        assert rules(parsed) == ["merged"]
        assert "è confluito in Vermezzo con Zelo" in parsed.rejected[0].message["it"]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("www.esempio.it/a b".replace(" b", ""), "https://www.esempio.it/a"),
        ("https://www.esempio.it/pagina?x=1#y", "https://www.esempio.it/pagina?x=1#y"),
        ("HTTP://esempio.it", "HTTP://esempio.it"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://esempio.it", None),
        ("file:///etc/passwd", None),
        ("esempio.it", None),
        ("https://", None),
        ("https://utente@esempio.it", "https://utente@esempio.it"),
        ('https://esempio.it/"onclick="x', None),
        ("https://esempio.it:porta/", None),
        ("//esempio.it", None),
    ],
)
def test_only_addresses_of_web_pages_become_links(address: str, link: str | None) -> None:
    parsed = read(projects(projects=[{**PROJECT, "address": address}]))
    assert parsed.tables["project"]["address"].to_pylist() == [link]
    assert rules(parsed) == ([] if link else ["link"])


def test_notes_under_a_table_are_one_line() -> None:
    notes = {"A14": "Nota: i pesi sono provvisori.", "A16": "Fonte: ufficio Piano", "C20": "fine"}
    parsed = read(with_cells(projects(milestones=TEN), "Tappe", notes))
    (rejection,) = parsed.rejected
    assert (rejection.rule, rejection.line) == ("workbook_note", 14)
    assert "14, 16, 20" in rejection.message["it"]
    assert parsed.tables["milestone"].num_rows == len(TEN)


def test_a_refused_cell_and_its_row_count_once() -> None:
    parsed = read(projects(milestones=[{**MILESTONE, "milestone": "M 1!"}]))
    (rejection,) = parsed.rejected
    assert rejection.rule == "workbook_code"
    assert rejection.message["en"].endswith("The row is left out.")
    half = {"project": "piazza-verde", "milestone": "m1"}
    assert rules(read(projects(milestones=[half]))) == ["incomplete"]


def test_a_renamed_sheet_is_named_beside_the_missing_one() -> None:
    book = openpyxl.load_workbook(BytesIO(projects()))
    book["Fondi"].title = "Fondi 2026"
    buffer = BytesIO()
    book.save(buffer)
    text = refusal(buffer.getvalue())
    assert "Manca il foglio Fondi;" in text
    assert "Fondi 2026" in text


def test_other_formats_must_be_saved_as_xlsx() -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for content in (b"\xd0\xcf\x11\xe0" + bytes(600), buffer.getvalue()):
        assert "salvarlo come .xlsx" in refusal(content)


def test_the_metropolitan_city_is_accepted_where_the_indicator_declares_it() -> None:
    places = ["cm-milano", "Lombardia", "Italia", "015146"]
    values = [{**VALUE, "territory": place} for place in places]
    parsed = read(indicators(values=values), "indicators")
    assert rules(parsed) == ["levels"] * 3
    assert "Territori delle cifre" in parsed.rejected[0].suggestion["it"]
    declared = [{**INDICATOR, "levels": ["metro", "region", "country"]}]
    parsed = read(indicators(indicators=declared, values=values), "indicators")
    assert rules(parsed) == ["levels"]  # of the municipality
    levels = CATALOG.by_level("metro", "region", "country")
    assert sorted(parsed.cells["code"]) == sorted(place.territory for place in levels)


def test_a_workbook_of_the_template_before_is_read() -> None:
    book = openpyxl.load_workbook(BytesIO(indicators()))
    book["Indicatori"].delete_cols(16)
    book["Valori"]["B2"] = "Comune *"
    for page in ("Indicatori", "Valori"):
        book[page].delete_rows(1)
    buffer = BytesIO()
    book.save(buffer)
    parsed = read(buffer.getvalue(), "indicators")
    assert (rules(parsed), parsed.cells["value"].to_list()) == ([], [3])
