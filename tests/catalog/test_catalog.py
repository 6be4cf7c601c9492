"""What the catalogue declares is what the plan and the territory are, and a slip is explained."""

from __future__ import annotations

import re
import shutil
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.support.deployment import PROJECT
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.declarations.sources import SourceFile
from warehouse.errors import CatalogError

FOLDER = Path(__file__).parents[2] / "warehouse" / "catalog"
TODAY = date(2026, 1, 1)
INDICATOR = """
title: {it: Uno, en: One}
short: {it: Uno, en: One}
description: {it: Uno., en: One.}
unit: percent
decimals: 1
better: higher
aggregate: ratio
numerator: anpr.entered
denominator: anpr.municipalities
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of one dataset, to be spoilt."""
    for name in ("plan.yaml", "units.yaml", "corrections.yaml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    for name in ("territory", "cycles"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    (tmp_path / "datasets").mkdir()
    shutil.copy(FOLDER / "datasets" / "anpr.yaml", tmp_path / "datasets" / "anpr.yaml")
    (tmp_path / "indicators" / "digital").mkdir(parents=True)
    _indicator(tmp_path).write_text(INDICATOR, encoding="utf-8")
    return tmp_path


def test_the_133_municipalities_belong_to_eight_territories(catalog: Catalog) -> None:
    today = [m for m in catalog.memberships if m.valid_from <= TODAY <= (m.valid_to or date.max)]
    assert Counter(m.zone for m in today) == {
        "milano": 1,
        "nord-milano": 6,
        "nord-ovest": 16,
        "alto-milanese": 22,
        "magentino-abbiatense": 28,
        "sud-ovest": 16,
        "sud-est": 15,
        "adda-martesana": 29,
    }
    assert all(catalog.territories[m.municipality].parent == m.zone for m in today)
    assert catalog.zones[0].name == "Milano"
    assert {z.territory for z in catalog.zones} == {m.zone for m in today}


def test_areas_of_the_municipalities_add_up_to_istat_s(catalog: Catalog) -> None:
    # the surface of the metropolitan city is 1,576.75 km²: Milano 181.82, Nord Milano 49.52
    areas: defaultdict[str, float] = defaultdict(float)
    for t in catalog.territories.values():
        if t.level == "municipality" and t.parent:
            areas[t.parent] += t.area_km2 or 0
    assert round(sum(areas.values()), 2) == 1576.75 == catalog.metro.area_km2
    assert round(areas["nord-milano"], 2) == 49.52
    assert all(round(areas[z.territory], 2) == z.area_km2 for z in catalog.zones)


def test_every_current_municipality_has_its_cadastral_code(catalog: Catalog) -> None:
    codes = [t.cadastral or "" for t in catalog.territories.values() if t.level == "municipality"]
    assert all(re.fullmatch(r"[A-Z]\d{3}", code) for code in codes)
    assert len(set(codes)) == 135


def test_cologno_moved_from_nord_milano_to_adda_martesana_in_2017(catalog: Catalog) -> None:
    moves = [(m.zone, m.valid_from, m.valid_to) for m in catalog.memberships
             if m.municipality == "015081"]  # fmt: skip
    assert sorted(moves) == [
        ("adda-martesana", date(2017, 2, 23), None),
        ("nord-milano", date(2015, 9, 17), date(2017, 2, 22)),
    ]


def test_vermezzo_and_zelo_surrigone_became_one_in_2019(catalog: Catalog) -> None:
    gone = {t.territory: t.valid_to for t in catalog.territories.values() if t.valid_to}
    assert gone == {"015235": date(2019, 2, 7), "015246": date(2019, 2, 7)}
    assert {(s.predecessor, s.successor, s.date) for s in catalog.successions} == {
        (code, "015251", date(2019, 2, 8)) for code in gone
    }


def test_a_crosswalk_to_a_node_that_is_not_there_is_named(folder: Path) -> None:
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("to: digital", "to: analog"), "utf-8")
    with pytest.raises(CatalogError, match="crosswalk: 2019-2021 has no node 'analog'"):
        read_catalog(folder)


def test_exactly_one_cycle_is_the_current_one(folder: Path) -> None:
    cycle = folder / "cycles" / "2019-2021.yaml"
    cycle.write_text(cycle.read_text(encoding="utf-8").replace("current: true", ""), "utf-8")
    with pytest.raises(CatalogError, match="exactly one must have `current: true`"):
        read_catalog(folder)


def test_what_is_remembered_or_invented_of_the_plan_says_so(catalog: Catalog) -> None:
    cycle = catalog.plan.current
    assert [a.id for a in cycle.acts if a.certainty == "to_verify"] == ["approval"]
    invented = {e.id for e in cycle.process if e.demonstration}
    assert invented == {f"zone-{z.territory}" for z in catalog.zones if z.territory != "milano"}
    public = {n.territory for n in cycle.framework for o in n.objectives if not o.demonstration}
    assert public == {"adda-martesana"}


def test_the_current_cycle_has_six_areas_and_eight_agendas(catalog: Catalog) -> None:
    assert [(n.id, n.short.it if n.short else "") for n in catalog.areas] == [
        ("digital", "Semplificazione e digitalizzazione"),
        ("cooperation", "Intercomunalità e politiche europee"),
        ("economy", "Sviluppo, formazione e lavoro"),
        ("welfare", "Pianificazione, welfare e rigenerazione"),
        ("environment", "Sostenibilità ambientale e Parchi"),
        ("mobility", "Infrastrutture e mobilità"),
    ]
    agendas = [n.territory for n in catalog.plan.current.framework if n.type == "zone_agenda"]
    assert agendas == [z.territory for z in catalog.zones]


def test_every_area_has_at_least_three_indicators(catalog: Catalog) -> None:
    assert all(len(catalog.in_area(area.id)) >= 3 for area in catalog.areas)


def test_a_small_catalogue_is_read(folder: Path) -> None:
    assert list(read_catalog(folder).indicators) == ["one"]


@pytest.mark.parametrize(
    ("old", "new", "fault", "italian"),
    [
        ("title:", "titel:", "titel: Extra inputs are not permitted", "titel: un campo di questo"),
        ("title:", "titel:", "title: Field required", "title: manca"),
        ("decimals: 1", "decimals: many", "decimals: .*valid integer", "decimals: .*numero intero"),
        ("decimals: 1", "decimals: 9", "decimals: .*or equal to 4", "decimals: .*al più 4"),
        ("better: higher", "better: best", "better: .*'higher'", "better: .*'lower' o 'neither'"),
        ("better: higher", "better: [higher]", "better: .*'higher'", "better: .*queste parole"),
        ("aggregate: ratio", "aggregate: sum", ".*denominator: required", "denominator: serve con"),
        ("unit: percent", "unit: percents", "unit: 'percents' is not in", "unit: «percents» non è"),
        ("anpr.entered", "anpr.enter", "anpr.enter: no dataset declares", "anpr.enter: nessun"),
        ("anpr.entered", "ANPR", "numerator: String should match", "numerator: .*la forma"),
        ("unit:", "range: [-1, 1]\nunit:", "range: .* anpr.entered does", "range: scende"),
        ("unit:", "range: [9, 1]\nunit:", "range: the lower bound", "range: prima il minimo"),
        ("unit:", "plausible: [9, 1]\nunit:", "plausible: the lower", "plausible: prima il minimo"),
        ("unit:", "better: lower\nunit:", "line 8: better is repeated", "riga 8: better è già"),
        ("unit:", "range: [1]\nunit:", "range.1: Field required", "range.1: manca"),
        ("unit:", "range: [a, b]\nunit:", "range.0: .*valid number", "range.0: .*un numero"),
        ("title: {", "title: {{", "not readable as YAML", "non è YAML leggibile"),
        ("title: {", "unit: 2026-13-45 #", "not readable as YAML", "non è YAML leggibile"),
        ("title: {", "title: 5 #", "title: .*valid dictionary", "title: .*campo: valore"),
    ],
)
def test_a_slip_in_an_indicator_names_file_field_and_reason(
    folder: Path, old: str, new: str, fault: str, italian: str
) -> None:
    path = _indicator(folder)
    path.write_text(INDICATOR.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        read_catalog(folder)
    for language, words in {"en": fault, "it": italian}.items():
        faults = error.value.in_(language)
        assert any(re.search(f"digital/one.yaml: .*{words}", fault) for fault in faults), faults


def test_an_indicator_outside_the_plan_s_areas_is_refused(folder: Path) -> None:
    (folder / "indicators" / "digital").rename(folder / "indicators" / "sport")
    with pytest.raises(CatalogError, match="'sport' is not a node of the current cycle's spine"):
        read_catalog(folder)


def test_a_slip_in_a_table_names_its_line(folder: Path) -> None:
    path = folder / "territory" / "zone_membership.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2015-09-17", "17/9/2015", 1), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"zone_membership.csv:2: valid_from: Input should be"):
        read_catalog(folder)


def test_an_unknown_zone_and_an_unknown_parent_are_named(folder: Path) -> None:
    for name in ("zone_membership.csv", "territories.csv"):
        path = folder / "territory" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(",nord-ovest,", ",nord-west,", 1), encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        read_catalog(folder)
    assert error.value.faults == (
        "territory/zone_membership.csv: 'nord-west' is not in territories.csv",
        "territory/territories.csv: 015009: parent 'nord-west' is unknown",
    )


def test_all_faults_come_at_once(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    (folder / "territory" / "successions.csv").unlink()
    _indicator(folder).write_text(INDICATOR.replace("title:", "titel:"), encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        read_catalog(folder)
    files = [fault.split(": ")[0].rsplit("/", 1)[-1] for fault in error.value.faults]
    assert files == ["units.yaml", "one.yaml", "one.yaml", "successions.csv"]


def _indicator(folder: Path) -> Path:
    return folder / "indicators" / "digital" / "one.yaml"


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.csv", "a/../../b.csv", "shipped:/a", ""])
def test_a_file_is_looked_for_below_its_folder_only(path: str) -> None:
    with pytest.raises(ValidationError, match="a path stays inside its folder"):
        SourceFile(path=path, layout="wide_csv")
    with pytest.raises(ValidationError, match="a path stays inside its folder"):
        SourceFile(path="a.csv", layout="wide_csv", companions={"bodies": path})


def test_a_table_that_is_not_text_is_named_with_the_byte(folder: Path) -> None:
    path = folder / "territory" / "zone_membership.csv"
    path.write_bytes(path.read_bytes() + b"citt\xe0")
    with pytest.raises(CatalogError, match=r"zone_membership.csv: byte \d+ is not UTF-8 text"):
        read_catalog(folder)


@pytest.mark.parametrize("fields", [{"path": "a_{year}.csv"}, {"path": "a.csv", "years": [2020]}])
def test_years_and_their_place_in_the_path_go_together(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="years"):
        SourceFile.model_validate({**fields, "layout": "wide_csv"})


def test_a_weight_that_cannot_be_summed_is_named(folder: Path) -> None:
    (folder / "datasets").mkdir(exist_ok=True)
    shipped = PROJECT / "warehouse" / "catalog" / "datasets" / "waste.yaml"
    text = shipped.read_text(encoding="utf-8").replace("weight: total_tonnes", "weight: nobody")
    (folder / "datasets" / "waste.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match="separate_rate: weight: 'nobody' is not one of its"):
        read_catalog(folder)


def test_a_national_file_of_every_municipality_says_how_many_it_has(catalog: Catalog) -> None:
    # these have rows only where something happened, or as many places as the provider asked
    some_places = {
        "census_dwellings", "census_work_education", "demographic_balance",
        "digital_transition_offices", "foreign_population", "local_units", "municipal_payments",
        "nurseries", "pnrr_digital", "pnrr_payments", "pnrr_targets", "pnrr_validated",
        "provincial_road_accidents", "road_accidents", "social_spending", "tourist_beds",
        "university_students", "vehicles", "water_network",
    }  # fmt: skip
    files = [(d.id, f) for d in catalog.datasets.values() for f in d.files if f.nationwide]
    assert {name for name, file in files if not file.at_least} == some_places
    whole = {name for name, file in files if file.at_least >= 6000}
    assert {"ages", "population", "small_municipalities", "consumed_soil"} <= whole


def test_an_indicator_declared_twice_is_an_error(folder: Path) -> None:
    another = folder / "indicators" / "welfare" / _indicator(folder).name
    another.parent.mkdir()
    another.write_text(INDICATOR, encoding="utf-8")
    with pytest.raises(CatalogError, match="declares an indicator of the same name"):
        read_catalog(folder)
