"""From a provider's address to the figures of a release, also when the provider fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
import yaml

from etl.fetch import fetch
from etl.pipeline.gather import GatherInputs, gather
from tests.support.deployment import PROJECT, command, second_city
from tests.support.http_server import QUICK
from tests.support.misbehaving_server import Provider, gives, says
from warehouse.config import read_config
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.release.publish import published

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from etl.fetch import Fetched
    from etl.pipeline.gather import Inputs

WASTE = """\t\t\t\tProduzione e raccolta differenziata dei rifiuti urbani
IstatComune;Comune;Popolazione;Dato riferito a;Indifferenziato (t);Totale RU (t);Percentuale RD (%)
\t\t\t\t03015146;MILANO;1.371.498;Comune;245.328,8;657.674,492;62,7%
\t\t\t\t03015002;ABBIATEGRASSO;32.709;Vedi aggregazione: X;;;
Note: dati provvisori
"""


@pytest.fixture(scope="module")
def waste() -> Catalog:
    """The project's own declaration of waste, and nothing else."""
    catalog = read_catalog(PROJECT / "warehouse" / "catalog")
    return catalog.model_copy(update={"datasets": {"waste": catalog.datasets["waste"]}})


def asking(catalog: Catalog, server: Provider) -> Catalog:
    """Return the catalogue with the fetched files of 2023 and 2024 at the local provider."""
    dataset = catalog.datasets["waste"]
    files = [
        file.model_copy(
            update={
                "years": (2023, 2024),
                "fetch": file.fetch.model_copy(update={"address": f"{server.address}/{{year}}"}),
            }
        )
        if file.fetch
        else file
        for file in dataset.files
    ]
    dataset = dataset.model_copy(update={"files": tuple(files)})
    return catalog.model_copy(update={"datasets": {"waste": dataset}})


def run(catalog: Catalog, folder: Path) -> tuple[tuple[Fetched, ...], Inputs]:
    results = fetch(catalog, folder / "fetched", pace=folder / "pace", limits=QUICK)
    return results, gather(GatherInputs(catalog, fetched=folder / "fetched"))


def milano(inputs: Inputs, variable: str) -> pd.Series[float]:
    figures = inputs["component"].to_pandas()
    rows = figures[(figures["territory"] == "015146") & (figures["variable"] == variable)]
    values: pd.Series[float] = rows.set_index("period")["value"]
    return values


def test_fetched_figures_take_precedence_over_shipped_ones_and_name_their_source(
    server: Provider, tmp_path: Path, waste: Catalog
) -> None:
    server.does("/2024", gives(WASTE.encode(), "text/html"))
    server.does("/2023", gives(WASTE.replace("657.674", "650.000").encode()))
    results, inputs = run(asking(waste, server), tmp_path)
    assert [result.status for result in results] == ["new", "new"]
    tonnes = milano(inputs, "total_tonnes")
    assert tonnes["2023"] == 650_000.492
    assert tonnes["2024"] == 657_674.492
    assert "2013" in tonnes.index  # what was not fetched stays as it ships
    snapshots = inputs["snapshot"].to_pandas().set_index("address")
    assert snapshots.loc[f"{server.address}/2024", "fetched"] == results[1].fetched
    assert inputs["quarantine"].to_pandas().query("file.str.startswith('ispra')").empty


def test_a_file_that_was_never_fetched_is_not_an_error(tmp_path: Path, waste: Catalog) -> None:
    (tmp_path / "fetched").mkdir()
    quarantine = gather(GatherInputs(waste, fetched=tmp_path / "fetched"))["quarantine"].to_pandas()
    assert quarantine[quarantine["rule"] == "file_missing"].empty


def test_a_provider_that_fails_later_leaves_the_figures_unchanged(
    server: Provider, tmp_path: Path, waste: Catalog
) -> None:
    server.does("/2023", gives(WASTE.encode(), etag='"a"'))
    server.does("/2024", gives(WASTE.encode()), gives(b"<html>manutenzione</html>"), says(500))
    catalog = asking(waste, server)
    _, before = run(catalog, tmp_path)
    for _ in range(2):
        results, after = run(catalog, tmp_path)
        assert [result.status for result in results] == ["unchanged", "failed"]
        assert after["component"].equals(before["component"])


def test_an_online_refresh_publishes_the_provider_s_figures(
    server: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    config = second_city(tmp_path / "city")
    header, *rows = (tmp_path / "city" / "files" / "streets.csv").read_text("utf-8").splitlines()
    for year in (2024, 2025):
        of_year = [row for row in rows if f",{year}," in row]
        server.does(f"/{year}", gives("\n".join([header, *of_year, ""]).encode()))
    path = tmp_path / "city" / "catalog" / "datasets" / "streets.yaml"
    declaration = yaml.safe_load(path.read_text(encoding="utf-8"))
    declaration["files"][0] |= {
        "path": "roads/streets_{year}.csv",
        "years": [2024, 2025],
        "fetch": {"kind": "http", "address": f"{server.address}/{{year}}"},
    }
    path.write_text(yaml.safe_dump(declaration), encoding="utf-8")
    done = command(config, "etl", "refresh", "--online", "--dataset", "streets", "--publish")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(server.requests) == 2
    assert "roads/streets_2024.csv e 1 in più" in done.stdout  # alike files are one line
    settings = read_config(config)
    release = settings.releases / (published(settings) or "")
    figures = pq.read_table(release / "component.parquet").to_pandas()
    assert set(figures["dataset"]) == {"streets"}  # and nothing of the city that ships
    assert set(figures["period"]) == {"2024", "2025"}
