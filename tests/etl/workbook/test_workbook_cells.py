"""What a cell of a workbook means, however it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from etl.workbook.choices import accepted_lists
from etl.workbook.convert import WrongCellError, choices, convert
from tests.support.specimens import CATALOG
from warehouse.config import Years


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234.567", 1_234_567),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1,234,567", 1_234_567),
        ("1'234,5", 1234.5),
        ("1\u00a0234 €", 1234),
        ("1234.567", 1234.567),
        ("0,125", 0.125),
        ("−5", -5),
        ("12,5 %", 0.125),
    ],
)
def test_a_number_as_text_is_read_in_italian_or_english_notation(text: str, number: float) -> None:
    assert convert(text, "number", {}) == number


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345%", "1e5", "1.2.3", "nan", "inf", "uno"])
def test_a_text_that_may_mean_two_numbers_or_none_is_rejected(text: str) -> None:
    with pytest.raises(WrongCellError):
        convert(text, "number", {})


@pytest.mark.parametrize(
    "text",
    [
        *("015060", "15060", "C014", "Cassina de' Pecchi", "Cassina de’ Pecchi"),
        *("cassina  de pecchi", "CASSINA\u00a0DE' PECCHI", "Cassìna de` Pecchi"),
    ],
)
def test_a_municipality_is_recognised_by_code_and_by_any_spelling(text: str) -> None:
    for name in ("municipalities", "territories"):
        accepted = choices(accepted_lists(CATALOG)[name])
        assert convert(text, "text", accepted) == "015060"


def test_a_zone_and_a_municipality_of_one_name_are_distinguished() -> None:
    places = choices(accepted_lists(CATALOG)["territories"])
    assert convert("Milano", "text", places) == "015146"
    assert convert("Milano (zona)", "text", places) == "milano"


@pytest.mark.parametrize(
    "text",
    [
        *("30.6.2026", "30.06.2026", "30/06/26", "30.06.26"),
        *("2026-06-30 00:00:00", "30/06/2026 0:00", "2026-06-30T00:00:00Z", "30/6/2026 00.00"),
    ],
)
def test_a_day_is_read_however_it_is_typed(text: str) -> None:
    assert convert(text, "day", {}) == date(2026, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "26-06-30",  # 26 June 2030, or 30 June 2026
        "30-06-26",
        "30/06/95",  # 1995 or 2095
        "31/02/26",
        "06/30/2026",
        "2026-06-30 14:30",
        "giugno",
    ],
)
def test_a_day_that_may_be_another_is_rejected(text: str) -> None:
    with pytest.raises(WrongCellError, match=r"^day$"):
        convert(text, "day", {})


def test_a_window_of_years_makes_two_digits_certain_and_excludes_the_others() -> None:
    assert convert("30/06/95", "day", {}, Years(first=2000, last=2100)) == date(2095, 6, 30)
    assert convert("30-06-45", "day", {}) == date(2045, 6, 30)
    with pytest.raises(WrongCellError, match=r"^year$"):
        convert("30/06/1999", "day", {}, Years(first=2000, last=2100))
    with pytest.raises(ValueError, match="first year comes before"):
        Years(first=2100, last=1990)
