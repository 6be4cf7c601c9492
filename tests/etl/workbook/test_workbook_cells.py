"""What a cell of a workbook means, however it is typed."""

from __future__ import annotations

import pytest

from etl.workbook.choices import accepted_lists
from etl.workbook.convert import WrongCellError, choices, convert
from tests.support.specimens import CATALOG


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
