"""Torino from the national files: the project's own declarations publish, nothing accepted."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from plotly.io.json import to_json_plotly

from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from tests.support.in_process import call, read_in_one_process
from tests.support.third_city import CAPITAL, METRO, PROVINCE, REGION, national_files, torino
from warehouse.config import Config, read_config
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.query.releases import Releases
from warehouse.release.manifest import read_manifest
from warehouse.release.publish import list_releases, published

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

INCOME = "income/Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_2020.csv"
MUNICIPALITIES = 312
WORK, YEAR = "Reddito imponibile - ", "2020"


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Config:
    """Torino, published by the real command without `--accept`."""
    folder = tmp_path_factory.mktemp("torino")
    config = torino(folder, shared_data)
    files = str(national_files(folder / "files", shared_data))
    with read_in_one_process():
        done = call(config, "etl", "refresh", "--publish", "--from", files)
    assert done.returncode == 0, done.stdout
    return read_config(config)


@pytest.fixture(scope="module")
def catalog(deployed: Config) -> Catalog:
    return read_catalog(deployed.catalog)


@pytest.fixture(scope="module")
def observations(deployed: Config) -> pd.DataFrame:
    folder = deployed.releases / str(published(deployed))
    frame: pd.DataFrame = pq.read_table(folder / "observation.parquet").to_pandas()
    return frame


def test_no_audit_had_to_be_accepted(deployed: Config) -> None:
    manifest = read_manifest(deployed.releases / str(published(deployed)))
    assert manifest.accepted == ()
    assert manifest.refused == ()


def test_every_municipality_has_its_figures(catalog: Catalog, observations: pd.DataFrame) -> None:
    current = {t.territory for t in catalog.municipalities if t.valid_to is None}
    assert len(current) == MUNICIPALITIES
    assert {code[:3] for code in current} == {PROVINCE}
    counts = observations.groupby("indicator")["territory"].agg(lambda t: len(current & set(t)))
    assert (counts == MUNICIPALITIES).sum() >= 50
    assert (counts >= MUNICIPALITIES - 3).sum() >= 100  # three did not exist in 2011
    assert observations["indicator"].nunique() >= 120


def incomes(shared_data: Path) -> dict[str, tuple[float, float]]:
    """Return taxpayers with an income, and its amount, by municipality; row 0 has no place."""
    with (shared_data / INCOME).open(encoding="utf-8-sig", newline="") as text:
        return {
            row["Codice Istat Comune"].zfill(6): (
                float(row[f"{WORK}Frequenza"] or 0),
                float(row[f"{WORK}Ammontare in euro"] or 0),
            )
            for row in csv.DictReader(text, delimiter=";")
            if int(row["Codice Istat Comune"])
        }


def test_means_are_those_of_the_providers_file(
    observations: pd.DataFrame, catalog: Catalog, shared_data: Path
) -> None:
    figures = incomes(shared_data)
    rows = observations.query("indicator == 'mean_taxable_income' and period == @YEAR")
    values = rows.set_index("territory")["value"]
    region = catalog.territories[REGION].provinces
    for territory, codes in {
        CAPITAL: {CAPITAL},
        METRO: {code for code in figures if code.startswith(PROVINCE)},
        REGION: {code for code in figures if code[:3] in region},
        "italia": set(figures),
    }.items():
        taxpayers = sum(figures[code][0] for code in codes)
        amount = sum(figures[code][1] for code in codes)
        assert values[territory] == pytest.approx(amount / taxpayers, rel=1e-6), territory


@pytest.fixture(scope="module")
def data(deployed: Config, catalog: Catalog) -> ReleaseData:
    return ReleaseData(catalog, Releases(deployed).open(), lambda: list_releases(deployed))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_its_pages_can_be_drawn(
    deployed: Config, catalog: Catalog, data: ReleaseData, lang: str
) -> None:
    paths = ["/", "/territori", "/dati", "/indicatori/mean_taxable_income", f"/territori/{CAPITAL}"]
    for path in (*paths, *(f"/ambiti/{node.id}" for node in catalog.areas)):
        panels, _, chrome = render(deployed, data, Selection.read(path, f"lang={lang}"))
        text = json.dumps(json.loads(to_json_plotly([panels, chrome])), ensure_ascii=False)
        assert " failed" not in text, path
        assert "Torino" in text or "Turin" in text, path
