"""Lombardia and Italia, added up again from the provider's file without the project's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query.store import Store

INCOME = "Reddito imponibile - Ammontare in euro"
TAXPAYERS = "Reddito imponibile - Frequenza"
LEVELS = ["region", "country"]
LOMBARDIA = (12, 13, 14, 15, 16, 17, 18, 19, 20, 97, 98, 108)  # its provinces


def values(release: Store, indicator: str, period: str) -> pd.DataFrame:
    frame = release.frame("indicator_levels", indicators=[indicator], levels=LEVELS)
    return frame[frame["period"] == period].set_index("territory")


def test_mean_taxable_income_of_2020(release: Store, shared_data: Path) -> None:
    # Italia, without those of no municipality: 815,190,534,345 / 39,095,020 = 20,852 euro
    # Lombardia: 169,729,274,245 euro / 6,928,011 taxpayers = 24,499 euro
    name = "Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_2020.csv"
    rows = pd.read_csv(shared_data / "income" / name, sep=";", index_col=False)
    rows = rows[rows["Regione"] != "Mancante/errata"]
    published = values(release, "mean_taxable_income", "2020")
    lombardia = rows[rows["Regione"] == "Lombardia"]
    for territory, part in (("lombardia", lombardia), ("italia", rows)):
        euro, taxpayers = part[INCOME].sum(), part[TAXPAYERS].sum()
        assert published.loc[territory, "numerator"] == euro
        assert published.loc[territory, "denominator"] == taxpayers
        assert published.loc[territory, "value"] == pytest.approx(euro / taxpayers)
    assert published["value"].round().to_dict() == {"lombardia": 24_499, "italia": 20_852}


def test_high_incomes_of_2020_are_of_the_same_taxpayers_above_and_below(
    release: Store, shared_data: Path
) -> None:
    # Italia: 68,962,439,223 of 864,046,591,882 euro that the source does not hide, 7.98 %;
    # with three people at 250,000 euro in each hidden cell it would be 8.14 % at most
    name = "Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_2020.csv"
    rows = pd.read_csv(shared_data / "income" / name, sep=";", index_col=False)
    rows = rows[rows["Regione"] != "Mancante/errata"]
    of_classes = [c for c in map(str, rows) if c.startswith("Reddito complessivo")]
    positive = [c for c in of_classes if "minore" not in c]
    amounts = [c for c in positive if c.endswith("Ammontare in euro")]
    high = "Reddito complessivo oltre 120000 euro - Ammontare in euro"
    published = values(release, "high_income_share_of_income", "2020")
    for territory, part in (("lombardia", rows[rows["Regione"] == "Lombardia"]), ("italia", rows)):
        assert published.loc[territory, "numerator"] == part[high].sum()
        assert published.loc[territory, "denominator"] == part[amounts].sum().sum()
    assert published["obs_status"].to_dict() == {"lombardia": "E", "italia": "E"}
    assert published["value"].round(2).to_dict() == {"lombardia": 12.19, "italia": 7.98}


def test_density_of_2024(release: Store, shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "territory" / "situas_dimensioni_comuni.csv", decimal=",")
    published = values(release, "population_density", "2024")
    for territory, part in (("lombardia", rows[rows["COD_REG"] == 3]), ("italia", rows)):
        expected = part["POP_RES"].sum() / part["AREA_KMQ"].sum()
        assert published.loc[territory, "value"] == pytest.approx(expected)
    assert published["value"].round().to_dict()["italia"] == 195


def test_a_region_is_neither_part_of_the_metropolitan_city_nor_its_sum(release: Store) -> None:
    frame = release.frame(
        "indicator_levels", indicators=["mean_taxable_income"], levels=["metro", *LEVELS]
    )
    newest = frame[frame["period"] == "2020"].set_index("territory")["numerator"]
    assert newest["cm-milano"] < newest["lombardia"] < newest["italia"]


def test_women_among_administrators_of_2023(release: Store, shared_data: Path) -> None:
    # Italia: 43,801 women / (43,801 + 84,047) = 34.3 %; Lombardia: 8,453 / 23,577 = 35.9 %
    path = shared_data / "governance" / "amministratori_comunali_genere_2023-11-01.csv"
    rows = pd.read_csv(path, sep=";")
    published = values(release, "women_administrators", "2023")
    in_lombardia = rows["CODICE_ISTAT"].floordiv(1000).isin(LOMBARDIA)
    for territory, part in (("lombardia", rows[in_lombardia]), ("italia", rows)):
        women, men = part["F"].sum(), part["M"].sum()
        assert published.loc[territory, "value"] == pytest.approx(100 * women / (women + men))
    assert published["value"].round(1).to_dict() == {"lombardia": 35.9, "italia": 34.3}


def test_municipalities_in_the_national_register_in_2019(release: Store) -> None:
    # by 31 December 2019 Italia 5,310 of 7,903 with 41,092,425 of 60,387,559 residents
    published = values(release, "anpr_municipalities", "2019")
    assert published["numerator"].to_dict() == {"lombardia": 1_121, "italia": 5_310}
    assert published["denominator"].to_dict() == {"lombardia": 1_506, "italia": 7_903}
    people = values(release, "anpr_residents", "2019").loc["italia"]
    assert people["value"] == pytest.approx(100 * 41_092_425 / 60_387_559)


def test_spending_on_standard_is_of_lombardia_and_not_of_the_country(release: Store) -> None:
    # 7,360,517,152.81 / 7,197,444,112.59 euro = 102.3 %; the file lacks five regions
    published = values(release, "spending_on_standard", "2022")
    assert published["numerator"].to_dict() == pytest.approx({"lombardia": 7_360_517_152.81})
    assert published.loc["lombardia", "denominator"] == pytest.approx(7_197_444_112.59)


def test_who_stays_in_the_municipality_in_2011(release: Store, shared_data: Path) -> None:
    path = shared_data / "commuting" / "pendo2011_S_aggregato_matrix.csv.gz"
    rows = pd.read_csv(path, sep=";")
    published = values(release, "commuting_within_municipality", "2011")
    home, people = rows["procom_residenza"], rows["Numero_di_individui"]
    # Vermezzo and Zelo Surrigone are one today: 176 went from one to the other
    merged = {15235: 15251, 15246: 15251}
    stays = home.replace(merged) == rows["procom_lavoro"].replace(merged)
    for territory, codes in (
        ("lombardia", home.floordiv(1000).isin(LOMBARDIA)),
        ("italia", home > 0),
    ):
        assert published.loc[territory, "numerator"] == people[codes & stays].sum()
        assert published.loc[territory, "denominator"] == people[codes].sum()


def test_density_of_2023(release: Store) -> None:
    # residents on 31 December 2022: 58,850,717 and 9,950,742, over the area of the register
    published = values(release, "population_density", "2023")["numerator"]
    assert published.to_dict() == {"lombardia": 9_950_742, "italia": 58_850_717}


def test_food_solidarity_of_lombardia(release: Store) -> None:
    # 55,850,538.26 euro / 10,060,574 residents in the annex = 5.55 euro
    published = values(release, "food_solidarity_2020", "2020")
    assert published["numerator"].to_dict() == pytest.approx({"lombardia": 55_850_538.26})
    assert published.loc["lombardia", "value"] == pytest.approx(5.55, abs=0.005)
