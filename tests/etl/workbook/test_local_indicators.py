"""Local indicators in a workbook: declared, refreshed, changed, taken back; never half of it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from etl.pipeline.lock import data_lock
from etl.workbook.choices import lists
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from tests.support.deployment import PROJECT, second_city
from warehouse.config import CONFIG_FILE, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import CatalogError
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from typer.testing import Result

    from warehouse.declarations.loader import Catalog

Row = dict[str, Any]
BASE = read_catalog(PROJECT / "tests" / "second_city" / "catalog")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment with a catalogue folder of its own, which local indicators are added to."""
    monkeypatch.setenv(CONFIG_FILE, str(second_city(tmp_path / "city")))
    return tmp_path / "city"


def catalog() -> Catalog:
    return read_catalog(read_config().catalog)


def benches(**changed: object) -> Row:
    """An indicator as its row: what `changed` says, and else a sum."""
    return {
        "indicator": "benches", "area": BASE.areas[0].id, "title_it": "Panchine",
        "title_en": "Benches", "description_it": "Panchine nei parchi.",
        "description_en": "Benches in parks.", "unit": next(iter(BASE.units)), "decimals": 0,
        "better": "higher", "aggregate": "sum", "provider": "Settore verde",
        "licence": "CC BY 4.0", "low": 0, "high": 10000, **changed,
    }  # fmt: skip


def values(*, indicator: str = "benches", first: float = 30) -> list[Row]:
    """Figures of the two first municipalities: `first`, and ten more."""
    places = [t.territory for t in BASE.territories.values() if t.level == "municipality"]
    return [
        {"indicator": indicator, "territory": place, "period": "2025", "numerator": first + 10 * i}
        for i, place in enumerate(places[:2])
    ]


def load(folder: Path, rows: Mapping[str, list[Row]], name: str = "indicators.xlsx") -> Result:
    """Fill a workbook and load it."""
    book = template(workbook("indicators"), lists(BASE), "it", rows)
    (folder / name).write_bytes(book)
    return CliRunner().invoke(app, ["load", str(folder / name)])


def changed(
    folder: Path, rows: Mapping[str, list[Row]], *, cells: Row | None = None, columns: int = 0
) -> Result:
    """Load a workbook with other cells among its indicators, or with columns before its values."""
    book = openpyxl.load_workbook(
        BytesIO(template(workbook("indicators"), lists(BASE), "it", rows))
    )
    for cell, value in (cells or {}).items():
        book["Indicatori"][cell] = value
    if columns:
        book["Valori"].insert_cols(1, columns)
    book.save(folder / "indicators.xlsx")
    return CliRunner().invoke(app, ["load", str(folder / "indicators.xlsx")])


def declaration_files() -> dict[str, bytes]:
    folder = read_config().catalog
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.yaml")}


def published_values(city: Path) -> list[float]:
    """Refresh and publish; return the values of the benches by municipality."""
    CliRunner().invoke(app, ["refresh", "--from", str(city / "files"), "--publish"])
    store = Releases(read_config()).open()
    frame = store.frame("indicator_levels", indicators=["benches"], levels=["municipality"])
    return list(frame["value"].dropna())


@pytest.mark.parametrize(("low", "first"), [(0, 30), (-20, -5)], ids=["counts", "balances"])
def test_a_local_indicator_goes_from_its_workbook_to_the_release(
    city: Path, low: float, first: float
) -> None:
    assert CliRunner().invoke(app, ["template", str(city / "indicators.xlsx")]).exit_code == 0
    done = load(city, {"indicators": [benches(low=low)], "values": values(first=first)})
    assert done.exit_code == Exit.DONE, done.output
    done = CliRunner().invoke(app, ["refresh", "--from", str(city / "files"), "--publish"])
    assert done.exit_code == Exit.DONE, done.output
    store = Releases(read_config()).open()
    frame = store.frame("indicator_levels", indicators=["benches"], levels=["municipality"])
    assert sorted(frame["value"]) == [first, first + 10]
    assert catalog().indicators["benches"].area == catalog().areas[0].id


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"decimals": -3}, "Decimal"),
        ({"decimals": 9}, "Decimal"),
        ({"unit": "parsec"}, "Uni"),
        ({"area": "astronomy"}, "Ambit"),
        ({"indicator": "Benches!"}, "Codice"),
    ],
)
def test_an_unreadable_declaration_is_rejected_by_cell_and_locks_nothing(
    city: Path, changed: Row, place: str
) -> None:
    before = declaration_files()
    second = benches(indicator="trees", title_it="Alberi")
    rows = {"indicators": [benches(**changed), second], "values": values(indicator="trees")}
    done = load(city, rows)
    assert done.exit_code == Exit.DONE, done.output
    assert place in done.output
    assert set(declaration_files()) - set(before) == {
        "datasets/local.yaml",
        f"indicators/{second['area']}/trees.yaml",
    }
    assert set(catalog().indicators) - set(BASE.indicators) == {"trees"}


def test_of_bounds_that_contradict_each_other_the_upper_one_is_dropped(city: Path) -> None:
    done = load(city, {"indicators": [benches(low=9, high=1)], "values": values()})
    assert "Massimo possibile" in done.output
    assert catalog().indicators["benches"].range == (9, float("inf"))


@pytest.mark.parametrize(
    ("cell", "value", "title"),
    [("K3", 0, "Moltiplicatore"), ("N3", "poco", "Minimo"), ("O3", "9 o 10", "Massimo")],
)
def test_a_rejected_cell_rejects_its_indicator_and_is_never_another_number(
    city: Path, cell: str, value: object, title: str
) -> None:
    rows = {"indicators": [benches(), benches(indicator="trees", title_it="Alberi")]}
    done = changed(city, rows | {"values": values(indicator="trees")}, cells={cell: value})
    assert done.exit_code == Exit.DONE, done.output
    output = " ".join(done.output.split())
    assert f"Indicatori!{cell} ({title}" in output
    assert "La riga resta fuori." in output
    assert "Rilievi: 1." in output
    assert set(catalog().indicators) - set(BASE.indicators) == {"trees"}


def test_a_figure_whose_status_is_rejected_is_not_published_as_final(city: Path) -> None:
    first, second = values()
    rows = {"indicators": [benches()], "values": [{**first, "obs_status": "forse"}, second]}
    done = load(city, rows)
    assert "Valori!F3 (Stato del dato)" in done.output
    assert published_values(city) == [second["numerator"]]


def test_every_reason_is_reported_where_no_indicator_remains(city: Path) -> None:
    existing = benches(indicator=next(iter(BASE.indicators)))
    done = load(city, {"indicators": [existing, benches(decimals=-3)], "values": values()})
    assert done.exit_code == Exit.FAULTS
    output = " ".join(done.output.split())
    assert "è già un indicatore del catalogo" in output
    assert "-3 è fuori dai limiti" in output


def test_a_figure_that_is_rejected_later_has_its_sheet_and_column_letter(
    city: Path,
) -> None:
    rows = {"indicators": [benches()], "values": values(first=-5)}
    assert changed(city, rows, columns=2).exit_code == Exit.DONE
    CliRunner().invoke(app, ["refresh", "--from", str(city / "files"), "--publish"])
    (rejection,) = (
        r for r in Releases(read_config()).open().rows("quarantine") if r["dataset"] == "local"
    )
    assert (rejection["sheet"], rejection["column"]) == ("Valori", "F (Valore o numeratore)")


def test_an_indicator_that_the_catalogue_has_is_rejected_at_its_cell(city: Path) -> None:
    existing = next(iter(BASE.indicators.values()))
    another = next(n.id for n in BASE.areas if n.id != existing.area)
    before = declaration_files()
    for area in (existing.area, another):
        rows = [benches(indicator=existing.id, area=area), benches()]
        done = load(city, {"indicators": rows, "values": values()})
        assert f"{existing.id} è già un indicatore del catalogo" in done.output
        assert {n: declaration_files()[n] for n in before} == before
    assert catalog().indicators[existing.id] == existing


def test_a_workbook_without_a_valid_row_changes_nothing(city: Path) -> None:
    load(city, {"indicators": [benches()], "values": values()})
    before = declaration_files()
    existing = next(iter(BASE.indicators))
    for row in (benches(indicator=existing), benches(decimals=-3, multiplier=0)):
        done = load(city, {"indicators": [row], "values": values()})
        assert done.exit_code == Exit.FAULTS
        assert "non è caricato" in done.output
        assert "Indicatori!" in done.output
        assert declaration_files() == before


def test_two_workbooks_are_declared_together_and_one_may_drop_an_indicator(
    city: Path,
) -> None:
    trees = benches(indicator="trees", title_it="Alberi")
    load(city, {"indicators": [benches(), trees], "values": values()})
    lamps = benches(indicator="lamps", title_it="Lampioni")
    done = load(
        city, {"indicators": [lamps], "values": values(indicator="lamps")}, "indicators-b.xlsx"
    )
    assert {"benches", "trees", "lamps"} <= catalog().indicators.keys()
    done = load(city, {"indicators": [benches()], "values": values()})
    assert "trees.yaml" in done.output
    assert {"benches", "lamps"} <= catalog().indicators.keys()
    assert "trees" not in catalog().indicators
    done = CliRunner().invoke(app, ["refresh", "--from", str(city / "files"), "--publish"])
    assert done.exit_code == Exit.DONE, done.output
    frame = (
        Releases(read_config())
        .open()
        .frame("indicator_levels", indicators=["lamps"], levels=["municipality"])
    )
    assert sorted(frame["value"]) == [30, 40]


def test_two_workbooks_that_describe_an_indicator_differently_are_reported(city: Path) -> None:
    load(city, {"indicators": [benches()], "values": values()})
    another = benches(title_it="Sedie")
    done = load(city, {"indicators": [another], "values": values()}, "indicators-b.xlsx")
    assert "benches è anche in indicators.xlsx" in done.output
    assert catalog().indicators["benches"].title.it == "Panchine"


def test_a_catalogue_that_a_workbook_broke_is_repaired_by_loading_it_again(city: Path) -> None:
    load(city, {"indicators": [benches()], "values": values()})
    path = next(read_config().catalog.rglob("benches.yaml"))
    path.write_text(path.read_text("utf-8").replace("decimals: 0", "decimals: -3"), "utf-8")
    with pytest.raises(CatalogError):
        catalog()
    done = load(city, {"indicators": [benches()], "values": values()})
    assert done.exit_code == Exit.DONE, done.output
    assert catalog().indicators["benches"].decimals == 0


def test_a_loaded_workbook_that_is_damaged_is_named_and_nothing_changes(city: Path) -> None:
    load(city, {"indicators": [benches()], "values": values()})
    (read_config().data / "office" / "indicators.xlsx").write_bytes(b"PK broken")
    before = declaration_files()
    lamps = benches(indicator="lamps", title_it="Lampioni")
    done = load(
        city, {"indicators": [lamps], "values": values(indicator="lamps")}, "indicators-b.xlsx"
    )
    assert done.exit_code == Exit.FAULTS
    assert "indicators.xlsx,caricatoprima,nonsilegge" in "".join(done.output.split())
    assert declaration_files() == before
    assert not (read_config().data / "office" / "indicators-b.xlsx").exists()


def test_nothing_is_loaded_during_a_refresh(city: Path) -> None:
    before = declaration_files()
    with data_lock(read_config().data):
        done = load(city, {"indicators": [benches()], "values": values()})
    assert done.exit_code == Exit.LOCKED
    assert declaration_files() == before


def test_a_ratio_without_its_denominator_is_missing_and_reported(city: Path) -> None:
    ratio = benches(aggregate="ratio", multiplier=100)
    rows = values()
    rows[0]["denominator"] = 60
    done = load(city, {"indicators": [ratio], "values": rows})
    assert "Manca il denominatore di benches" in done.output
    assert published_values(city) == [50]


def test_the_name_of_a_file_selects_the_workbook(city: Path) -> None:
    done = CliRunner().invoke(app, ["template", str(city / "budget.xlsx")])
    assert done.exit_code == Exit.USAGE
    assert "budget.xlsx" in done.output
    assert "projects….xlsx" in done.output
