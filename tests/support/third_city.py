# ruff: noqa: E501  # paths of files
"""Torino as a deployment: the project's own declarations, read from the national files."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Row = dict[str, str]

CATALOG = PROJECT / "warehouse" / "catalog"
PROVINCE, SIGN, CAPITAL, METRO, REGION = "001", "TO", "001272", "cm-torino", "piemonte"
PROVINCES = "001 002 003 004 005 006 096 103"  # of Piemonte
COLUMN = "Codice Provincia (Storico)"
LIST = "territory/situas_comuni_2026-08-14.csv"
NOT_OF_A_CITY = ("plan_projects", "municipal_boundaries")
ZONES = 8  # blocks of municipalities by code: the real zones are in no file
LAST_DAY = "2018-12-31"
MERGED = {  # before 2019
    "001005": ("Alice Superiore", "001317"),
    "001138": ("Lugnacco", "001317"),
    "001182": ("Pecco", "001317"),
    "001151": ("Meugliano", "001318"),
    "001277": ("Trausella", "001318"),
    "001297": ("Vico Canavese", "001318"),
}
# The declared files that have the whole country; cuts for Milano are left out.
NATIONAL = (
    "administrators: governance/amministratori_comunali_genere_2023-11-01.csv",
    "anpr: digital/ANPRdatiMigrazione_verbatim.csv",
    "commuting_matrix: commuting/pendo2011_S_aggregato_matrix.csv.gz",
    "consumed_soil: environment/ispra_consumo_suolo_2006_2024_comuni_province_regioni_verbatim.xlsx",
    "crimes: multi/istat_tasso_delittuosita_province_2006_2024.xlsx",
    "daily_commuting: commuting/pendolari_2011_in_out_self_sum.csv",
    "european_elections: governance/elezioni_europee_2024_affluenza_verbatim.csv",
    "general_elections: governance/elezioni_politiche_2022_affluenza_verbatim.csv",
    "irpef: income/Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_{year}.csv",
    "irpef: income/Comuni_irpef_2022_b_taxyear2021_derived.csv",
    "irpef: income/mef-irpef-2024.data.json",
    *(
        f"local_businesses: economy/istat_frame_territoriale_province_{year}_verbatim.xlsx"
        for year in range(2015, 2020)
    ),
    "opencivitas: governance/opencivitas-2022.json",
    "population: territory/situas_dimensioni_comuni.csv",
    "population: territory/aree_interne_2020_classificazione_comuni_verbatim.xlsx",
    "population: territory/istat_Classificazioni_statistiche_2023-01-01.xlsx",
    "provincial_road_accidents: mobility/aci_incidenti_strade_provinciali_comuni_{year}_verbatim.csv",
    "referendums: governance/referendum_2020-09-20_affluenza_comuni_verbatim.csv",
    "small_municipalities: territory/aree_interne_2020_classificazione_comuni_verbatim.xlsx",
    "territory_area: territory/situas_dimensioni_comuni.csv",
    "urban_index: multi/DB_DIPE_urbanindex_verbatim.csv",
    "waste: waste/sose_file.json",
    "waste: multi/DB_DIPE_urbanindex_verbatim.csv",
    "waste_cost: waste/sose_file.json",
    "work_commuting: commuting/pendolari_2021_in_out_self_sum.csv",
)
OF_MILANO = {"015": PROVINCE, "015146": CAPITAL, "Milano": "Torino"}
OF_MILANO |= {"cm-milano": METRO, "lombardia": REGION}
FRAGILITY_FILE = "multi/istat_indice_fragilita_comunale_2018_2019_2021_2022.xlsx"
FRAGILITY = {
    "Municipal Fragility Index (MFI)  - (Decile)": "decile",
    "Employment rate (20-64 years)": "employment",
    "Population aged 25-64 with an educational qualification no higher than lower secondary "
    "education": "low_education",
    "Motorisation rate with high emissions": "older_cars",
}


def torino(folder: Path, shared_data: Path) -> Path:
    """Write the deployment into `folder` and return its `config.yaml`."""
    catalog = folder / "catalog"
    for part in ("indicators", "cycles", "territory", "datasets"):
        (catalog / part).mkdir(parents=True)
    shutil.copytree(CATALOG / "indicators", catalog / "indicators", dirs_exist_ok=True)
    shutil.copy(CATALOG / "units.yaml", catalog)
    _write(catalog / "corrections.yaml", {})
    _write(catalog / "plan.yaml", _plan())
    _write(catalog / "cycles" / "2024-2026.yaml", _cycle())
    _territory(catalog / "territory", shared_data / LIST)
    for path in (CATALOG / "datasets").glob("*.yaml"):
        if path.stem not in NOT_OF_A_CITY:
            _write(catalog / "datasets" / path.name, _dataset(path))
    config = folder / "config.yaml"
    _write(config, {"catalog": "catalog", "data": "data", "language": "it"})
    return config


def national_files(folder: Path, shared_data: Path) -> Path:
    """Link the files that Torino reads into `folder`, and return it."""
    for entry in (*NATIONAL, f"fragility: {FRAGILITY_FILE}"):
        pattern = entry.split(": ")[1].replace("{year}", "*")
        for source in shared_data.glob(pattern):
            path = folder / source.relative_to(shared_data)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.symlink_to(source)
    return folder


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def _plan() -> dict[str, Any]:
    title = {"it": "Piano strategico di Torino", "en": "Strategic plan of Turin"}
    return {"title": title, "body": {"it": "Città metropolitana di Torino", "en": "Turin"}}


def _cycle() -> dict[str, Any]:
    """Return a cycle with the areas of the declared indicators."""
    nodes = _read(CATALOG / "cycles" / "2019-2021.yaml")["framework"]
    areas = [node for node in nodes if node["type"] == "policy_area"]
    title = {"it": "Torino metropoli", "en": "Metropolitan Turin"}
    return {"title": title, "start": 2024, "end": 2026, "current": True, "framework": areas}


def _territory(folder: Path, file: Path) -> None:
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = [row for row in csv.DictReader(text, delimiter=";") if row[COLUMN] == PROVINCE]
    rows.sort(key=lambda row: row["Codice Comune (numerico)"].zfill(6))
    places = [*_upper(), *(_municipality(row, index) for index, row in enumerate(rows))]
    zones = {place["territory"]: place["parent"] for place in places}
    for code, (name, successor) in MERGED.items():
        places.append(_place(code, name, "municipality", zones[successor], valid_to=LAST_DAY))
    _table(folder / "territories.csv", places)
    members = [(p["territory"], p["parent"]) for p in places if p["level"] == "municipality"]
    _table(
        folder / "zone_membership.csv",
        [
            {"municipality": code, "zone": zone, "valid_from": "2015-01-01", "valid_to": ""}
            for code, zone in members
        ],
    )
    _table(
        folder / "successions.csv",
        [
            {"predecessor": code, "successor": successor, "date": "2019-01-01"}
            for code, (_, successor) in MERGED.items()
        ],
    )


def _upper() -> Iterator[Row]:
    """Yield the metropolitan city, its zones, the region and the country."""
    metro = "Città metropolitana di Torino"
    yield _place(METRO, metro, "metro", REGION, provinces=SIGN)
    yield _place("torino", "Torino", "zone", METRO)
    for block in range(1, ZONES + 1):
        yield _place(f"blocco-{block}", f"Blocco {block}", "zone", METRO)
    yield _place(REGION, "Piemonte", "region", "italia", aliases="ITC1", provinces=PROVINCES)
    yield _place("italia", "Italia", "country", "", aliases="IT")


def _municipality(row: Row, index: int) -> Row:
    code = row["Codice Comune (numerico)"].zfill(6)
    zone = "torino" if code == CAPITAL else f"blocco-{index * ZONES // 312 + 1}"
    return _place(
        code,
        row["Comune (dizione italiana)"],
        "municipality",
        zone,
        cadastral=row["Codice catasto"],
    )


def _place(territory: str, name: str, level: str, parent: str, **more: str) -> Row:
    row = {"territory": territory, "name": name, "short": name, "level": level, "parent": parent}
    names = ("cadastral", "area_km2", "valid_from", "valid_to", "aliases", "provinces")
    return row | {key: more.get(key, "") for key in names}


def _table(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _dataset(path: Path) -> dict[str, Any]:
    """Return a declaration with the national files, and those to fetch, of Torino."""
    dataset = _read(path)
    files = [
        _of_torino(file)
        for file in dataset.get("files", ())
        if "fetch" in file or f"{path.stem}: {file['path']}" in NATIONAL
    ]
    if path.stem == "fragility":
        files = [*_fragility_files(), *files]
    return dataset | {"files": files}


def _of_torino(value: Any) -> Any:  # noqa: ANN401  # any YAML value
    """Replace Milano by Torino in the options of a file."""
    if isinstance(value, dict):
        return {OF_MILANO.get(key, key): _of_torino(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_of_torino(inner) for inner in value]
    return OF_MILANO.get(value, value)


def _fragility_files() -> Iterator[dict[str, Any]]:
    for year in ("2018", "2019", "2021", "2022"):
        columns = {name: {"variable": variable} for name, variable in FRAGILITY.items()}
        yield {
            "path": FRAGILITY_FILE,
            "layout": "wide_csv",
            "period": year,
            "options": {"sheet": year, "code": "...1", "province": PROVINCE, "columns": columns},
        }
