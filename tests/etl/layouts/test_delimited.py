"""What a cell says as a number, and which blank cells at a row's end are none."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.parsing.delimited import read_rows
from etl.parsing.numbers import figures, numbers

ITALIAN = {"decimal": ",", "ignored": "."}


@pytest.mark.parametrize(
    ("text", "how", "number"),
    [
        ("1.234.567,89", ITALIAN, 1_234_567.89),
        ("-1.234", ITALIAN, -1_234),
        ("1234567,89", ITALIAN, 1_234_567.89),
        ("73,67%", {"decimal": ",", "ignored": ".%"}, 73.67),
        ("1.073,5 %", {"decimal": ",", "ignored": ".%"}, 1_073.5),
        ("1.234", {"ignored": "."}, 1_234),
        ("1,234.5", {"ignored": ","}, 1_234.5),
        ("1 234,5", {"decimal": ",", "ignored": " "}, 1_234.5),
        ("1234.56", ITALIAN, None),
        ("12.50", ITALIAN, None),
        ("1234.567", ITALIAN, None),
        ("1.2345,6", ITALIAN, None),
        ("1,234.5", ITALIAN, None),
        ("12.5", {"ignored": "."}, None),
        ("1,23", {"ignored": ","}, None),
    ],
)
def test_a_thousands_separator_is_ignored_only_between_groups_of_three(
    text: str, how: dict[str, str], number: float | None
) -> None:
    (read,) = numbers(pd.Series([text], dtype="str"), **how)
    assert (read == number) if number is not None else pd.isna(read)


def test_figures_of_no_rows_are_floats() -> None:
    empty = pd.DataFrame({"a": [], "b": []}, dtype="str")
    assert figures(empty, ["a", "b"]).dtypes.tolist() == [float, float]


@pytest.mark.parametrize(
    ("text", "rows", "ragged"),
    [
        ("a,b,c\n1,2,3\n4,5,\n", 2, []),
        ("a,b,c,,\n1,2,3\n4,5,6,,\n", 2, []),  # the header has them too
        ("a,b,c\n1,2,3,\n4,5,6,\n", 2, []),  # no row is without
        ("a,b,c\n1,2,3,\n4,5,6,\nthe end\n", 2, [4]),
        ("a,b,c\n1,2,3\n4,5,6,\n", 1, [3]),
        ("a,b,c\n1,2,3\n4,5,6,7\n", 1, [3]),
        ("a,b,c,\n1,2,3\n4,5,6\n", 2, []),  # only the header has one
        ("a,b,c,\n1,2,3,,\n4,5,6,,\n", 2, []),  # every row has one more than the header
        ("a,b,c,\n1,2,3,,\n4,5,6,7,\n", 1, [3]),
        ("a,b,c,\n1,2,3,\n4,5,,6,\n", 1, [3]),
        ("a,b,c,\n1,2,3,\n4,5,6,,\n", 1, [3]),
    ],
)
def test_blank_cells_beyond_the_header_are_in_every_row_or_the_row_is_too_long(
    text: str, rows: int, ragged: list[int]
) -> None:
    read, refused = read_rows(text.encode(), ["a", "b", "c"])
    assert len(read) == rows
    assert [r.line for r in refused if r.rule == "ragged"] == ragged
