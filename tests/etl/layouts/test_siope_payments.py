"""SIOPE's payments: a national archive without header, summed by municipality and title."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from etl.layouts import lookup_file, siope_payments
from tests.support.layouts import parse
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from etl.parsing.layout import ParsedFile

REGISTER = """\
"000000000000001","2009-01-01","9999-12-31","1","COMUNE DI ABBIATEGRASSO","002","015","1","COMUNE"
"000000000000002","2009-01-01","9999-12-31","2","COMUNE DI MILANO","146","015","1371000","COMUNE"
"000000000000003","2009-01-01","2018-12-31","2","MILANO, GESTIONE","146","015","N.A.","COMUNE"
"000000000000004","2009-01-01","9999-12-31","4","CITTA' METRO","146","015","N.A.","PROVINCIA"
"000000000000005","2009-01-01","9999-12-31","5","COMUNE DI ARESE","009","015","19000","COMUNE"
"000000000000006","2009-01-01","9999-12-31","6","COMUNE DI LODI","031","098","45000","COMUNE"
"""
ROWS = """\
"000000000000001","2024","01","1.03.02.15.004","000000000100000"
"000000000000001","2024","12","2.02.01.09.003","000000000250050"
"000000000000001","2024","12","2.05.99.99.999","-00000000000050"
"000000000000002","2024","03","U2020109003","000000100000000"
"000000000000003","2024","04","2.02.01.09.003","000000000000100"
"000000000000004","2024","04","2.02.01.09.003","000000000000900"
"000000000000005","2024","05","1.01.01.01.002","000000000000700"
"000000000000005","2023","12","2.02.01.09.003","000000000000700"
"000000000000006","2024","05","2.02.01.09.003","000000000012300"
"""


def archive(text: str, name: str = "USCITE_2024.D260801.H0102.csv") -> bytes:
    """Return the bytes of a ZIP as SIOPE gives it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text.encode("latin-1"))
    return packed.getvalue()


def payments(content: bytes, **options: str) -> ParsedFile:
    companions = {"register": REGISTER.encode("latin-1")}
    return parse(siope_payments, content, options, period="2024", companions=companions)


def paid(parsed: ParsedFile) -> dict[str, float]:
    assert set(parsed.cells["period"]) <= {"2024"}
    return dict(zip(parsed.cells["code"], parsed.cells["value"], strict=True))


def test_title_two_is_summed_by_municipality_in_euro() -> None:
    # Abbiategrasso 2,500.50 - 0.50; Milan 1,000,000 and 1 of its other body; the metropolitan
    # body is not a municipality; Arese paid, but nothing of Title 2.
    parsed = payments(archive(ROWS), province="015")
    assert paid(parsed) == {"015002": 2_500.0, "015146": 1_000_001.0, "015009": 0.0}
    assert paid(payments(archive(ROWS)))["098031"] == 123.0
    assert parsed.rejected == ()


def test_the_register_is_a_companion_without_header() -> None:
    options = {"names": siope_payments.REGISTER, "columns": ["body", "kind"]}
    assert parse(lookup_file, REGISTER.encode(), options).cells.empty


def test_an_amount_that_is_not_a_number_leaves_its_municipality_out() -> None:
    parsed = payments(archive(ROWS.replace("000000000250050", "2.500,50")), province="015")
    assert "015002" not in paid(parsed)
    assert [(r.rule, r.line, r.column, r.value) for r in parsed.rejected] == [
        ("number", 2, "cents", "2.500,50")
    ]


def test_a_row_of_another_length_is_rejected_and_the_others_are_read() -> None:
    spoilt = ROWS.replace('"000000000000004","2024",', '"000000000000004",')
    parsed = payments(archive(spoilt), province="015")
    assert set(paid(parsed)) == {"015002", "015146", "015009"}
    assert [(r.rule, r.line) for r in parsed.rejected] == [("ragged", 6)]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (archive(ROWS.replace('"2024","12"', '"2024","11"')), "year_open"),
        (archive(ROWS)[:-40], "archive"),
        (b"<html>", "archive"),
        (archive(ROWS, "LEGGIMI.txt"), "fetch_member"),
        (archive(""), "no_rows"),
    ],
    ids=["a year without December", "cut", "a page", "another archive", "empty"],
)
def test_a_file_without_a_whole_year_of_payments_is_rejected(content: bytes, rule: str) -> None:
    with pytest.raises(SourceError) as error:
        payments(content)
    assert [r.rule for r in error.value.rejections] == [rule]


def test_chunks_of_a_file_are_one_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(siope_payments, "CHUNK", 200)  # a few rows
    parsed = payments(archive(ROWS.replace("000000000012300", "many")))
    assert paid(parsed) == {"015002": 2_500.0, "015146": 1_000_001.0, "015009": 0.0}
    assert [r.line for r in parsed.rejected] == [9]
