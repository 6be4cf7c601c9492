"""Codes as providers write them become the six digits of ISTAT."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.codes import istat_codes, named, today
from etl.harmonise import harmonise
from tests.etl.specimens import CATALOG


@pytest.mark.parametrize(
    ("written", "istat"),
    [
        ("015146", "015146"),
        ("15146", "015146"),
        ("03015146", "015146"),
        ("3015146", "015146"),
        ("15146.0", "015146"),
        (" 015146 ", "015146"),
        ("1001", "001001"),
        ("F205", "015146"),
        ("f205", "015146"),
        ("L768", "015235"),  # Vermezzo, abolished
        ("A001", "000000"),  # elsewhere
    ],
)
def test_any_padding_and_the_cadastral_code_are_understood(written: str, istat: str) -> None:
    assert istat_codes(pd.Series([written]), CATALOG).tolist() == [istat]


@pytest.mark.parametrize("written", ["", "Milano", "MI", "1.234", "123456789", "-"])
def test_anything_else_is_no_code(written: str) -> None:
    assert istat_codes(pd.Series([written]), CATALOG).isna().all()


def test_an_abolished_municipality_counts_in_its_successor() -> None:
    codes = pd.Series(["015235", "015246", "015251", "015146"])
    assert today(codes, CATALOG).tolist() == ["015251", "015251", "015251", "015146"]
