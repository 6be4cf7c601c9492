"""A review writes numbers as its language does, and says what each audit looks for."""

from __future__ import annotations

import pytest

from etl.review.formatting import ReviewFormatter
from tests.support.small_city import small_catalog
from warehouse.build.audits import audits
from warehouse.front_matter import description


@pytest.mark.parametrize(
    ("value", "signed", "expected"),
    [
        (-1.55, True, "−1,6"),
        (0.04, True, "0,0"),
        (1234.5, False, "1.234,5"),
        (None, False, "–"),
        (float("nan"), True, "–"),
    ],
)
def test_numbers_are_written_in_the_style_of_the_language(
    value: float | None,
    signed: bool,  # noqa: FBT001  # a case of the table
    expected: str,
) -> None:
    assert ReviewFormatter(small_catalog(), "it").number(value, 1, signed=signed) == expected


def test_every_audit_says_what_it_looks_for_in_both_languages() -> None:
    for audit in audits():
        italian, english = (description(audit.sql, language) for language in ("it", "en"))
        assert italian != english, audit.name
        assert min(len(italian), len(english)) > 10, audit.name
