from __future__ import annotations

import math

import pytest
from babel.numbers import format_decimal

from dashboard.series import consecutive
from warehouse import formatting

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "lang", "text"),
    [
        (3245459, 0, "it", "3.245.459"),
        (3245459, 0, "en", "3,245,459"),
        (69.0, 1, "it", "69,0"),
        (-1.6, 1, "it", "−1,6"),
        (0.25, 1, "it", "0,2"),  # half to even
        (0.35, 1, "it", "0,3"),  # 0.35 is a little less than it looks
        (-0.04, 1, "it", "0,0"),  # no minus before zero
        (None, 1, "it", "–"),
        (math.nan, 1, "it", "–"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    value: float | None, decimals: int, lang: str, text: str
) -> None:
    assert formatting.number(value, decimals, lang) == text


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
def test_digits_and_separators_are_those_of_babel(lang: str, decimals: int) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    for size in range(-4, 13):
        for value in (1.005, 2.5, 9.9996, 1.2345678):
            rounded = round(value * 10**size, decimals)
            assert formatting.number(value * 10**size, decimals, lang) == format_decimal(
                rounded, pattern, locale=lang
            )


def test_a_signed_number_has_its_plus_and_a_true_minus() -> None:
    assert formatting.number(0.3, 1, "it", signed=True) == "+0,3"
    assert formatting.number(-0.3, 1, "it", signed=True) == "−0,3"
    assert formatting.number(0.0, 1, "it", signed=True) == "0,0"


@pytest.mark.parametrize(
    ("period", "italian", "english"),
    [
        ("2023", "2023", "2023"),
        ("2026-08", "ago 2026", "Aug 2026"),
        ("2025-03-31", "31 mar 2025", "31 Mar 2025"),
        ("2018-S2", "2º sem. 2018", "2nd half 2018"),
        ("2018-Q3", "3º trim. 2018", "3rd quarter 2018"),
    ],
)
def test_periods_are_written_in_words(period: str, italian: str, english: str) -> None:
    assert formatting.period(period, "it") == italian
    assert formatting.period(period, "en") == english


@pytest.mark.parametrize(
    ("before", "after", "is_joined"),
    [
        ("2019", "2020", True),
        ("2020", "2024", False),
        ("2023-06", "2023-07", True),
        ("2023-06", "2023-09", False),
        ("2016-S1", "2016-S2", True),
        ("2016-S1", "2017-S1", False),
        ("2024-12-13", "2025-03-31", False),
    ],
)
def test_a_line_joins_consecutive_periods_only(before: str, after: str, is_joined: bool) -> None:  # noqa: FBT001  # a parameter of the table
    assert consecutive(before, after) is is_joined


@pytest.mark.parametrize(
    ("period", "italian", "english"),
    [
        ("2025-07-12", "12 lug ’25", "12 Jul ’25"),
        ("2026-08", "ago 2026", "Aug 2026"),
        ("2024", "2024", "2024"),
    ],
)
def test_a_day_is_short_where_there_is_little_space(
    period: str, italian: str, english: str
) -> None:
    assert formatting.short_period(period, "it") == italian
    assert formatting.short_period(period, "en") == english
