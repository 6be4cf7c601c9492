"""From the archives of a provider on this machine to figures, as the project declares them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from etl.fetch import fetch
from etl.pipeline.gather import GatherInputs, gather
from tests.etl.layouts.test_fetched_feeds import ACCOUNTS, HOUSEHOLDS, NEEDS, PAIRS, bodies
from tests.support.http_server import QUICK
from tests.support.misbehaving_server import Provider, gives, provider
from tests.support.specimens import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from warehouse.declarations.loader import Catalog


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as running:
        yield running


def packed(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"cartella/{name}", content)
        archive.writestr("leggimi.pdf", b"%PDF-1.4")
    return buffer.getvalue()


def asking(name: str, server: Provider, years: Mapping[str, tuple[int, ...]]) -> Catalog:
    """Return the catalogue of one dataset, its fetched files at the local provider.

    `years`: those of a file that is asked for by year, by its path.
    """
    dataset = CATALOG.datasets[name]
    files = []
    for file in dataset.files:
        if file.fetch:
            address = f"{server.address}/{file.path.rsplit('.', 1)[0]}"
            way = file.fetch.model_copy(update={"address": address})
            of_years = years.get(file.path, file.years)
            update = {"fetch": way, "years": of_years, "at_least": 0}
            files.append(file.model_copy(update=update))
    dataset = dataset.model_copy(update={"files": tuple(files)})
    return CATALOG.model_copy(update={"datasets": {name: dataset}})


def come(catalog: Catalog, folder: Path) -> tuple[list[str], pd.DataFrame, pd.DataFrame]:
    """Return what became of each file, the figures and what was refused."""
    results = fetch(catalog, folder / "fetched", pace=folder / "pace", limits=QUICK)
    inputs = gather(GatherInputs(catalog, fetched=folder / "fetched"))
    figures, refused = (inputs[name].to_pandas() for name in ("component", "quarantine"))
    come = refused[refused["file"].isin([result.path for result in results])]
    return [result.status for result in results], figures, come


def value(figures: pd.DataFrame, territory: str, variable: str, period: str) -> float:
    keys = ["territory", "variable", "period"]
    values = figures.set_index(keys)["value"]
    return float(values[territory, variable, period])


def test_a_matrix_is_extracted_from_its_archive(server: Provider, tmp_path: Path) -> None:
    archive = packed("matrix_pendoLAVORO_2021.txt", PAIRS.encode())
    server.does("/istat/pendolarismo_lavoro_2021", gives(archive, "application/zip"))
    statuses, figures, refused = come(asking("work_commuting", server, {}), tmp_path)
    assert statuses == ["new"]
    assert value(figures, "015146", "workplaces", "2021") == 610  # 70 + 40 + 500
    assert refused.empty


def test_accounts_of_a_year_are_extracted_from_their_archive(
    server: Provider, tmp_path: Path
) -> None:
    path = "bdap/rendiconto_entrate_{year}.csv"
    name = "2024_Rendiconto SDB Entrate Riepilogo Titoli_LOMBARDIA.csv"
    archive = packed(name, ACCOUNTS.encode("latin-1"))
    server.does("/bdap/rendiconto_entrate_2024", gives(archive, "application/zip"))
    catalog = asking("municipal_accounts", server, {path: (2024,)})
    statuses, figures, refused = come(catalog, tmp_path)
    assert statuses == ["new"]
    assert value(figures, "015002", "own_assessed", "2024") == 1_500.5  # 1000.50 + 500
    assert set(figures["territory"]) == {"015002"}  # and no region without all its provinces
    assert refused.empty


def test_needs_are_fetched_with_their_bodies(server: Provider, tmp_path: Path) -> None:
    for year in (2018, 2019, 2021, 2022):
        sheet, table = packed("enti.xlsx", bodies()), packed("dati.csv", NEEDS.encode())
        server.does(f"/opencivitas/enti_{year}", gives(sheet, "application/zip"))
        needs = table if year == 2022 else packed("dati.csv", NEEDS.replace("U1", "U2").encode())
        server.does(f"/opencivitas/indicatori_{year}", gives(needs, "application/zip"))
    statuses, figures, refused = come(asking("opencivitas", server, {}), tmp_path)
    assert statuses == ["new"] * 8
    assert value(figures, "015002", "historic_spending", "2019") == 1_606_705.67
    assert "italia" not in set(figures["territory"])
    # each file has a cell that is not a number; that of 2022 has no body in the province
    assert set(refused["value"]) == {"molto", ""}
    assert refused.loc[refused["rule"] == "nothing_chosen", "file"].tolist() == [
        "opencivitas/indicatori_2022.csv"
    ]


def test_households_are_fetched_from_two_surveys(server: Provider, tmp_path: Path) -> None:
    rows = HOUSEHOLDS.replace("69022", "15146")
    server.does("/agcom/comuni_2025-12", gives(rows.encode("cp1252"), "text/csv"))
    server.does("/agcom/comuni_2026-06", gives(rows.encode("utf-8-sig"), "text/csv"))
    statuses, figures, _ = come(asking("broadband_map", server, {}), tmp_path)
    assert statuses == ["new", "new"]
    assert value(figures, "015146", "households_fttp", "2025-12") == 20_030
    assert value(figures, "015146", "households", "2026-06") == 20_773
